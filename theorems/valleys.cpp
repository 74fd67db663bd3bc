#include "theorems/valleys.h"

#include "number/exact.h"
#include "sgd/instance.h"

namespace graddiv {

Valleys valleys_of(const Case& c) {
  const auto f = member_of("lower-fixed-step", c);
  const Enclosure& m = f.at("blocks");
  const Vector<Rational>& start = c.instance().run.start;
  Valleys v{.m = m,
            .lambda = f.at("lambda"),
            .beta = f.at("beta"),
            .blocks_are_equal = 2 * m == start.size(),  // d = 2⌈m⌉
            .rest_is_at_rest = Truth::yes,
            .flat_start = 0,
            .steep_start = 0};
  for (int j = 0; j < start.size(); ++j) {
    const Enclosure w = enclose(start(j));
    (j % 2 == 0 ? v.flat_start : v.steep_start) += square(w);
    const Truth is_in_an_equal_block = j / 2 + 1 <= m;
    v.rest_is_at_rest = v.rest_is_at_rest && (is_in_an_equal_block || w == 0);
  }
  return v;
}

Statement fixed_step_on_valleys() {
  return Statement()
      .assumes("the functions are those of lower-fixed-step",
               [](const Case& c) { return valleys_of(c).m >= 1; })
      .assumes("$λ ≤ β$",
               [](const Case& c) {
                 const Valleys v = valleys_of(c);
                 return v.lambda <= v.beta;
               })
      .assumes("the smaller block starts at its minimiser",
               [](const Case& c) { return valleys_of(c).rest_is_at_rest; })
      .assumes("$W = R^d$", [](const Case& c) { return c.unconstrained(); })
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; });
}

Enclosure second_moment_factor(const Case& c, const Valleys& v, const Enclosure& alpha,
                               const Enclosure& extra) {
  const Enclosure B = c.B();
  const Enclosure gamma_alpha = c.gamma() * alpha;
  return 1 - 2 * gamma_alpha * B + square(gamma_alpha) * B * (B + v.m - 1 + extra);
}

Enclosure largest_stable_step(const Case& c, const Valleys& v) {
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
