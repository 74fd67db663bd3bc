#include "theorems/rates.h"

namespace graddiv {
namespace {

std::string run_of(const std::string& start, const std::string& step, int batch, int iterations) {
  return R"("start": [)" + start + R"(], "step": ")" + step + R"(", "batch": )" +
         std::to_string(batch) + R"(, "iterations": )" + std::to_string(iterations);
}

}  // namespace

Enclosure rate_bound(const RateConstants& k, const Enclosure& delta, const Enclosure& epsilon) {
  return k.bound * (1 + k.delta * delta) * epsilon;
}

Statement serial(Statement statement) {
  return std::move(statement.assumes("$B = 1$", [](const Case& c) { return c.B() == 1; }));
}

std::string huber_witness(const std::string& tau, const std::string& start, const std::string& step,
                          int batch, int iterations) {
  return witness(
      R"("family": "glm", "dimension": 1, "rows": [["1"]], "targets": ["0"], "loss": "huber", "tau":
    ")" + tau +
          R"(")",
      run_of("\"" + start + "\"", step, batch, iterations));
}

std::string valley_witness(const std::string& beta, const std::string& step, int batch,
                           int iterations) {
  return witness(
      R"("family": "quadratic", "dimension": 2, "functions": [{"A": [["1", "0"], ["0", ")" + beta +
          R"("]], "c": ["0", "0"]}])",
      run_of(R"("0", "1")", step, batch, iterations));
}

std::string slope_witness(const std::string& start, int iterations) {
  return witness(
      R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}],
         "domain": {"kind": "box", "lower": ["0"], "upper": ["100"]})",
      run_of("\"" + start + "\"", "1", 1, iterations));
}

std::string reflected_walk_witness(const std::string& start, int iterations) {
  return witness(
      R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["-1/2"]}],
         "domain": {"kind": "box", "lower": ["0"], "upper": ["100"]})",
      run_of("\"" + start + "\"", "1", 1, iterations));
}

std::string parabola_witness(const std::string& start, const std::string& step, int iterations,
                             int batch) {
  return witness(
      R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
      run_of("\"" + start + "\"", step, batch, iterations));
}

}  // namespace graddiv
