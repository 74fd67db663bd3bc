#include "theorems/shared.h"

#include "constructions/catalogue.h"
#include "number/exact.h"

namespace graddiv {

std::map<std::string, Enclosure> member_of(const std::string& construction, const Case& c) {
  const auto parameters = find_construction(construction).recognise(*c.instance().problem.sum);
  if (!parameters)
    throw NotCertified("the functions are not those of " + Text::words(construction));
  std::map<std::string, Enclosure> result;
  for (const auto& [name, value] : *parameters) result.emplace(name, enclose(value));
  return result;
}

Truth reaches_horizon(const Enclosure& evaluations, const Enclosure& scale,
                      const Enclosure& ratio) {
  if ((ratio <= 1) == Truth::yes) return Truth::yes;
  return evaluations >= scale * log(max(ratio, 1));
}

Enclosure delta_at(const Case& c, const Point& w) {
  return (c.B_at(w.place()) - 1) * w.inverse_batch_size_bound();
}

Truth has_positive_sides(const Case&, const Conclusion& claimed) {
  return claimed.comparison.left > 0 && claimed.comparison.right > 0;
}

Truth makes_a_step(const Case& c, const Conclusion& claimed) {
  return c.gamma_at(claimed.place) > 0 && *claimed.second_moment > 0;
}

std::string noise_floor_witness(const std::string& start, const std::string& step, int iterations) {
  return witness(
      R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["1"]},
    {"A": [["1"]], "c": ["-1"]}])",
      R"("start": [")" + start + R"("], "step": ")" + step + R"(", "batch": 1, "iterations": )" +
          std::to_string(iterations));
}

std::string parabolas_witness(const std::string& a, const std::string& b, const std::string& step,
                              int batch) {
  return witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [[")" + a +
                     R"("]], "c": ["0"]}, {"A": [[")" + b + R"("]], "c": ["0"]}])",
                 R"("start": ["1"], "step": ")" + step + R"(", "batch": )" + std::to_string(batch) +
                     R"(, "iterations": 1)");
}

}  // namespace graddiv
