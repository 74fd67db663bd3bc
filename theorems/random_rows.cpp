#include "theorems/random_rows.h"

namespace graddiv {

Statement with_high_probability(const std::string& law, Formula bound, Formula failure) {
  return Statement()
      .assumes("the rows of X are drawn from the law " + law,
               [law](const Case& c) { return c.has_random_rows(law); })
      .assumes("the bound is not trivial: it exceeds 1",
               [bound](const Case& c) { return bound(c) > 1; })
      .assumes("the stated probability is positive",
               [failure](const Case& c) { return failure(c) < 1; })
      .claims([bound, failure](const Case& c) {
        // P(B_S(w) < bound for some w and some losses) ≤ failure
        const Enclosure stated = failure(c);
        const FailureProbability p = c.failure_probability(bound(c), stated);
        return std::vector<Conclusion>{
            {"all w and all losses", Truth::yes, p.value <= stated, false, p.sample}};
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
