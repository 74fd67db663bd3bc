#include "theorems/mechanisms.h"

namespace graddiv {

Comparison mechanism_diversity_is(const MechanismPoint& p, const Enclosure& numerator,
                                  const Enclosure& denominator) {
  return p.expected_sum_of_squares() * denominator == p.expected_square_of_sum() * numerator;
}

Statement about_mechanism(const std::string& name) {
  return Statement()
      .assumes(name.empty() ? Text("the gradients pass through a mechanism")
                            : "the mechanism is " + Text::words(name),
               [name](const Case& c) {
                 return name.empty() ? c.has_mechanism() : c.has_mechanism(name);
               })
      .tells_where("$V > 0$");
}

Truth has_several_functions(const Case& c, const Conclusion&) { return c.n() >= 2; }

std::string with_mechanism(std::string witness, const std::string& mechanism) {
  const std::size_t end_of_run = witness.size() - 2;  // before the last }}
  return witness.insert(end_of_run, R"(, "mechanism": )" + mechanism);
}

std::string mechanism_witness(const std::string& gradients, int dimension,
                              const std::string& mechanism, int batch) {
  std::string functions;
  std::size_t begin = 1;  // of a row within "[[…], [….]]"
  for (std::size_t end; (end = gradients.find(']', begin)) != std::string::npos; begin = end + 1) {
    const std::size_t row = gradients.find('[', begin);
    if (row == std::string::npos) break;
    functions += (functions.empty() ? R"({"a": )" : R"(, {"a": )") +
                 gradients.substr(row, end - row + 1) + "}";
  }
  std::string origin;
  for (int j = 0; j < dimension; ++j) origin += j == 0 ? "0" : ", 0";
  return witness(R"("family": "linear", "dimension": )" + std::to_string(dimension) +
                     R"(, "functions": [)" + functions + "]",
                 R"("start": [)" + origin + R"(], "step": "1/2", "batch": )" +
                     std::to_string(batch) + R"(, "iterations": 1, "mechanism": )" + mechanism);
}

}  // namespace graddiv
