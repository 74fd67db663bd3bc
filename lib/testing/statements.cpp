#include "testing/statements.h"

namespace graddiv::testing {

Instance parabola() {
  return read_instance(JsonReader::from_text(
      witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
              R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 1)"),
      "parabola"));
}

Statement claiming(Truth applies, const std::function<Comparison()>& comparison) {
  return Statement().claims([=](const Case&) {
    return std::vector<Conclusion>{{"here", applies, comparison()}};
  });
}

Enclosure around_two() { return exp(log(Enclosure(2))); }

Comparison undecidable() { return around_two() <= 2; }

}  // namespace graddiv::testing
