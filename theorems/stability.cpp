#include "theorems/stability.h"

namespace graddiv {

Enclosure one_plus_delta(const StabilityConstants& k, const Case& c) {
  return 1 + k.delta * c.coupled().delta();
}

Statement convex_parts(const StabilityConstants& k) {
  return Statement()
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; })
      .assumes("all $f_i$ are convex",
               [k](const Case& c) { return c.coupled().components_convex(k.region); })
      .assumes("all $f_i$ are $β$-smooth and $γ ≤ 2/(β(1+δ̄))$", [k](const Case& c) {
        return c.gamma() * c.coupled().component_beta(k.region) * one_plus_delta(k, c) <=
               2 * k.step;
      });
}

Statement strongly_convex_parts(const StabilityConstants& k) {
  return Statement()
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; })
      .assumes("all $f_i$ are $λ$-strongly convex",
               [k](const Case& c) { return c.coupled().components_strongly_convex(k.region); })
      .assumes("all $f_i$ are $β$-smooth and $γ ≤ 2/((β+λ)(1+δ̄))$", [k](const Case& c) {
        const CoupledView& both = c.coupled();
        return c.gamma() * (both.component_beta(k.region) + both.component_lambda(k.region)) *
                   one_plus_delta(k, c) <=
               2 * k.step;
      });
}

Statement claims_contraction(Statement statement, std::function<Enclosure(const Case&)> factor) {
  return std::move(statement.claims([factor = std::move(factor)](const Case& c) {
    std::vector<Conclusion> result;
    const Enclosure q = factor(c);
    for (const PointPair& p : c.coupled().pairs()) {
      result.push_back(
          {p.place(), Truth::yes,
           p.expected_squared_distance_after_step(c.gamma(), c.B()) <= q * p.squared_distance()});
      result.back().delta = c.coupled().delta();
    }
    return result;
  }));
}

Statement neighbouring(Statement statement) {
  return std::move(statement
                       .assumes("$S$ and $S'$ differ in one example",
                                [](const Case& c) { return c.coupled().has_neighbour(); })
                       .assumes("$w_0 ∈ W$", [](const Case& c) { return c.start_in_domain(); })
                       .assumes("every $f(·; z)$ is $L$-Lipschitz on $W$",
                                [](const Case& c) { return c.coupled().lipschitz() >= 0; }));
}

Place distance_at(int k) { return Place::at(k).of("$E‖w − w'‖$"); }

Statement claims_stability(Statement statement,
                           std::function<Enclosure(const Case&, int k)> bound) {
  return std::move(statement.claims([bound = std::move(bound)](const Case& c) {
    const CoupledView& both = c.coupled();
    std::vector<Conclusion> result;
    for (int k = 1; k <= c.iterations(); ++k) {
      const Enclosure claimed = bound(c, k);
      result.push_back({distance_at(k), Truth::yes, both.distance(k) <= claimed});
      for (const ValueGap& gap : both.value_gaps(k)) {
        Place place = Place::at(k).of("$|E f(w;z) − E f(w';z)|$");
        place.example = gap.example;
        result.push_back({std::move(place), Truth::yes, gap.value <= both.lipschitz() * claimed});
      }
    }
    for (Conclusion& conclusion : result) conclusion.delta = both.delta();
    return result;
  }));
}

std::string neighbour_witness(const std::string& problem, const std::string& run,
                              const std::string& neighbour) {
  return R"({"format": "graddiv-instance/1", "problem": {)" + problem + R"(}, "run": {)" + run +
         R"(}, "neighbour": {)" + neighbour + "}}";
}

std::string hubers_witness(int n, const std::string& y, const std::string& y_prime,
                           const std::string& step, int batch, int iterations) {
  std::string rows;
  std::string targets;
  for (int i = 0; i < n; ++i) {
    const std::string comma = i > 0 ? ", " : "";
    rows += comma + "[1]";
    targets += comma + "\"" + y + "\"";
  }
  const auto hubers = [](const std::string& all_rows, const std::string& all_targets) {
    return R"("family": "glm", "dimension": 1, "loss": "huber", "tau": 1, "rows": [)" + all_rows +
           R"(], "targets": [)" + all_targets + "]";
  };
  return neighbour_witness(
      hubers(rows, targets),
      R"("start": [0], "step": ")" + step + R"(", "batch": )" + std::to_string(batch) +
          R"(, "iterations": )" + std::to_string(iterations),
      R"("index": 0, "replacement": {)" + hubers("[1]", "\"" + y_prime + "\"") + "}");
}

}  // namespace graddiv
