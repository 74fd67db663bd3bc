#include "theorems/random_rows.h"

#include "problem/random_rows.h"
#include "sgd/instance.h"

namespace graddiv {

Truth has_random_rows(const Case& c, const std::string& law) {
  const RowLaw* known = c.instance().problem.sum->row_law();
  return truth(known != nullptr && to_string(known->kind) == law);
}

FailureProbability failure_probability(const Case& c, const Enclosure& bound,
                                       const Enclosure& stated) {
  if (c.has_mechanism() == Truth::yes)
    throw NotCertified("the run has a mechanism, of which this says nothing");
  const RowLaw* law = c.instance().problem.sum->row_law();
  if (law == nullptr) throw NotCertified("the rows are not drawn from a law");
  return failure_probability(*law, bound, stated, c.error_level());
}

Statement with_high_probability(const std::string& law, OfCase bound, OfCase failure) {
  return Statement()
      .assumes("the rows of $X$ are drawn from the law " + Text::words(law),
               [law](const Case& c) { return has_random_rows(c, law); })
      .assumes("the bound is not trivial: it exceeds 1",
               [bound](const Case& c) { return bound(c) > 1; })
      .assumes("the stated probability is positive",
               [failure](const Case& c) { return failure(c) < 1; })
      .tells_where("the bound exceeds 1, and the stated probability is positive")
      .claims([bound, failure](const Case& c) {
        // P(B_S(w) < bound for some w and some losses) ≤ failure
        const Enclosure stated = failure(c);
        const FailureProbability p = failure_probability(c, bound(c), stated);
        return std::vector<Conclusion>{
            {"all $w$ and all losses", Truth::yes, p.value <= stated, false, p.sample}};
      });
}

std::string random_rows_witness(const std::string& law, int n, int d) {
  std::string origin = "0";
  for (int j = 1; j < d; ++j) origin += ", 0";
  return witness(R"("family": "random-rows", "law": ")" + law + R"(", "functions": )" +
                     std::to_string(n) + R"(, "dimension": )" + std::to_string(d) +
                     R"(, "seed": 1)",
                 R"("start": [)" + origin + R"(], "step": "1", "batch": 1, "iterations": 0)");
}

}  // namespace graddiv
