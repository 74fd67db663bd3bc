// The verdicts of the sample report: no tests here.
#include "reports/sample_verdicts_test.h"

#include <fmt/format.h>

#include <cmath>

namespace graddiv::reports::sample {

std::vector<double> noise_floor(int iterations) {
  std::vector<double> e = {0.0625};
  for (int k = 0; k < iterations; ++k)
    e.push_back((1 - gamma) * (1 - gamma) * e.back() + gamma * gamma);
  return e;
}

Place in_form(int k, BatchForm form) {
  Place place = Place::at(k);
  place.form = form;
  return place;
}

std::string noise_floor_instance(const std::string& step, const std::string& start,
                                 int iterations) {
  return fmt::format(R"({{"format": "graddiv-instance/1",
    "problem": {{"family": "quadratic", "dimension": 1, "functions": [
      {{"A": [["1"]], "c": ["1"], "offset": "0"}}, {{"A": [["1"]], "c": ["-1"], "offset": "0"}}],
      "domain": {{"kind": "all"}}}},
    "run": {{"start": ["{}"], "step": "{}", "batch": 1, "iterations": {}}}}})",
                     start, step, iterations);
}

namespace {

std::string large_instance() {
  std::string rows;
  std::string targets;
  for (int i = 0; i < 40; ++i) {
    rows += fmt::format("{}[{}, {}, \"{}/7\", 0, {}, 255, 3, \"-1/3\"]", i ? ", " : "", i,
                        2 * i % 7, i + 1, i % 4);
    targets += fmt::format("{}{}", i ? ", " : "", i % 2 ? 1 : -1);
  }
  return fmt::format(
      R"({{"format": "graddiv-instance/1", "problem": {{"family": "least-squares", "dimension": 8,
    "rows": [{}], "targets": [{}]}},
    "run": {{"start": [0, 0, 0, 0, 0, 0, 0, 0],
      "step": "1/1000000", "batch": [1, 2, 4], "iterations": 3}}}})",
      rows, targets);
}

VerdictRecord proved(std::int64_t number, const std::string& origin, const std::string& tightness) {
  VerdictRecord v;
  v.theorem = "rate-strongly-convex";
  v.number = number;
  v.origin = origin;
  v.verdict = Verdict::proved;
  v.evidence = Evidence::exact;
  v.provenance = "moments, rational";
  v.precision = 128;
  v.conclusions = 2;
  v.tightness = tightness;
  v.instance = noise_floor_instance("1/64", "1/3", 20);
  return v;
}

VerdictRecord on_noise_floor() {
  VerdictRecord v = proved(0, "construction: lower-noise-floor", "0.92033271506328104");
  v.sharpest = in_form(124, BatchForm::in_expectation);
  v.instance = noise_floor_instance("1/100", "1/4", 160);
  v.conclusions = 74;
  v.evidence = Evidence::interval;  // the horizon holds a logarithm
  const auto e = noise_floor(160);
  for (int k = 124; k <= 160; ++k) {
    const double epsilon = gamma * (1 + e[0]);
    v.series.push_back({in_form(k, BatchForm::in_expectation), e[k], epsilon});
    v.series.push_back({in_form(k, BatchForm::on_the_reachable_set), e[k], epsilon * 2});
  }
  return v;
}

}  // namespace

std::vector<VerdictRecord> rate_verdicts() {
  std::vector<VerdictRecord> all = {on_noise_floor()};
  for (int i = 1; i <= 60; ++i) {
    const double ratio = 0.86 * std::abs(std::sin(0.37 * i)) * std::exp(-0.008 * i);
    all.push_back(proved(i, i % 3 ? "random: strongly-convex" : "random: generalized-linear",
                         fmt::format("{:.12f}", ratio)));
    all.back().is_telling = i % 4 != 0;
    all.back().is_telling_at_positive_delta = i % 4 == 1;
  }
  all.back().origin = "search";
  all.back().search_checks = 25;
  for (int i = 61; i <= 84; ++i) {
    VerdictRecord v = proved(i, "random: strongly-convex", "0");
    v.verdict = Verdict::not_applicable;
    v.evidence = Evidence::none;
    v.provenance.clear();
    v.conclusions = 0;
    v.tightness.reset();
    v.reason = "$2γλB ≤ 1$: does not hold";
    if (i % 3 == 0)
      v.reason =
          "nothing is claimed of this instance (no iteration reaches the horizon, or there are "
          "none)";
    all.push_back(v);
  }
  VerdictRecord open = proved(85, "example: fashion-mnist", "0");
  open.verdict = Verdict::inconclusive;
  open.evidence = Evidence::none;
  open.tightness.reset();
  open.reason = "$k = 3$, in expectation: $[0.1853, 0.1854] ≤ 0.18535$ could not be decided";
  all.push_back(open);
  return all;
}

std::vector<VerdictRecord> equality_verdicts() {
  std::vector<VerdictRecord> all;
  for (int i = 0; i < 125; ++i) {
    VerdictRecord v = proved(i, i < 2 ? "example: fashion-mnist" : "random: convex", "1");
    v.theorem = "second-moment";
    v.sharpest = Place::visited(0, 0);
    v.provenance = "";
    v.is_telling = i % 2 == 0;
    v.instance = i == 0 ? large_instance() : v.instance;
    for (int p = 0; p < (i == 0 ? 5 : 0); ++p)
      v.series.push_back({Place::visited(p, 0), 3.5 + p * p, 3.5 + p * p});
    all.push_back(v);
  }
  return all;
}

std::vector<VerdictRecord> range_verdicts() {
  std::vector<VerdictRecord> all;
  for (int i = 0; i < 40; ++i) {
    VerdictRecord v =
        proved(i, "random: convex", i == 17 ? "1" : fmt::format("{:.4f}", 1.0 / (1 + i % 9)));
    v.theorem = "diversity-range";
    v.sharpest = Place::visited(2, 0);
    for (int p = 0; p < 12; ++p)
      v.series.push_back({Place::visited(p, 0), 1, 1 + 0.8 * p * (11 - p)});
    all.push_back(v);
  }
  return all;
}

VerdictRecord refutation() {
  VerdictRecord v = proved(41, "random: strongly-convex", "1.8530201888518410");
  v.verdict = Verdict::refuted;
  v.reason = "$k = 8$, in expectation: $0.185302 ≤ 0.1$ is false";
  return v;
}

}  // namespace graddiv::reports::sample
