#include "theorems/valleys.h"

namespace graddiv {

Statement fixed_step_on_valleys() {
  return Statement()
      .assumes("the functions are those of lower-fixed-step",
               [](const Case& c) { return c.valley_blocks().m >= 1; })
      .assumes("λ ≤ β",
               [](const Case& c) {
                 const ValleyBlocksCase v = c.valley_blocks();
                 return v.lambda <= v.beta;
               })
      .assumes("the smaller block starts at its minimiser",
               [](const Case& c) { return c.valley_blocks().rest_is_at_rest; })
      .assumes("W = R^d", [](const Case& c) { return c.unconstrained(); })
      .assumes("γ > 0 and B are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; });
}

Enclosure second_moment_factor(const Case& c, const Enclosure& alpha, const Enclosure& extra) {
  const Enclosure B = c.B();
  const Enclosure gamma_alpha = c.gamma() * alpha;
  return 1 - 2 * gamma_alpha * B + square(gamma_alpha) * B * (B + c.valley_blocks().m - 1 + extra);
}

Enclosure largest_stable_step(const Case& c) {
  const ValleyBlocksCase v = c.valley_blocks();
  return 2 / (v.beta * (c.B() + v.m - 1));
}

std::string valleys_witness(int m, const std::string& flat, int beta, const std::string& step,
                            int batch, int iterations) {
  const auto quoted = [](const std::string& number) { return '"' + number + '"'; };
  std::string functions;
  std::string start;
  std::string c;
  for (int j = 0; j < 2 * m; ++j) c += j > 0 ? ", 0" : "0";
  for (int block = 0; block < m; ++block) {
    const std::string comma = block > 0 ? ", " : "";
    std::string A;
    for (int i = 0; i < 2 * m; ++i) {
      std::string row;
      for (int j = 0; j < 2 * m; ++j) {
        const bool is_own = i == j && i / 2 == block;
        const std::string own = std::to_string(i % 2 == 0 ? m : m * beta);
        row += std::string(j > 0 ? ", " : "") + (is_own ? own : "0");
      }
      A += std::string(i > 0 ? ", " : "") + "[" + row + "]";
    }
    functions += comma + R"({"A": [)" + A + R"(], "c": [)" + c + "]}";
    start += comma + quoted(flat) + R"(, "1")";
  }
  return witness(R"("family": "quadratic", "dimension": )" + std::to_string(2 * m) +
                     R"(, "functions": [)" + functions + "]",
                 R"("start": [)" + start + R"(], "step": )" + quoted(step) + R"(, "batch": )" +
                     std::to_string(batch) + R"(, "iterations": )" + std::to_string(iterations));
}

}  // namespace graddiv
