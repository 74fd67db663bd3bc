// What the tests of this room report on: no tests here.
#include "reports/sample_report.h"

#include <fmt/format.h>

#include <cmath>

namespace graddiv::reports {

namespace {

// The noise floor: f_i(w) = ½(w − ζ_i)², ζ_i = ±1, B = 1, γ = 1/100, w_0 = 1/4.
constexpr double gamma = 0.01;

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

std::vector<VerdictRecord> rate_verdicts() {
  std::vector<VerdictRecord> all = {on_noise_floor()};
  for (int i = 1; i <= 60; ++i) {
    const double ratio = 0.86 * std::abs(std::sin(0.37 * i)) * std::exp(-0.008 * i);
    all.push_back(proved(i, i % 3 ? "random: strongly-convex" : "random: generalized-linear",
                         fmt::format("{:.12f}", ratio)));
    all.back().is_telling = i % 4 != 0;
    all.back().is_telling_at_positive_delta = i % 4 == 1;
  }
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

TheoremSummary summary_of(const std::string& id, const std::vector<VerdictRecord>& verdicts) {
  TheoremSummary s;
  s.id = id;
  s.instances = static_cast<std::int64_t>(verdicts.size());
  for (const auto& v : verdicts) {
    s.applicable += v.verdict != Verdict::not_applicable;
    s.telling += v.is_telling;
    s.telling_at_positive_delta += v.is_telling_at_positive_delta;
    s.proved += v.verdict == Verdict::proved;
    s.refuted += v.verdict == Verdict::refuted;
    s.inconclusive += v.verdict == Verdict::inconclusive;
    if (v.tightness && (!s.tightness || std::stod(*v.tightness) > std::stod(*s.tightness)))
      s.tightness = v.tightness;
  }
  return s;
}

StatementRecord rate_statement() {
  return {
      "rate-strongly-convex",
      "Mini-batch SGD on strongly convex objectives",
      "convergence rate",
      "yin2018",
      R"(If $F$ is $\lambda$-strongly convex, $\gamma = \varepsilon\lambda/M^2$, $2\gamma\lambda B
\le 1$
and
\[ T \;\ge\; \frac{M^2}{2\varepsilon\lambda^2}\,\log\frac{2D_0}{\varepsilon}, \]
then $\mathbb{E}\|w_T - w^*\|^2 \le \bigl(1+\tfrac{\delta}{2}\bigr)\,\varepsilon$.)",
      {"$F$ is $λ$-strongly convex, $λ > 0$", "$w_0 ∈ W$", "$γ$ and $B$ are constant", "$2γλB ≤ 1$",
       "$B ≤ 1 + δ B_S(w)$ and $M² ≥ M²(w)$ in expectation before iteration $k$ (H-batch, "
       "H-moment)"},
      {"$ε < ‖w_0 − w*‖²$"}};
}

StatementRecord moment_statement() {
  return {"second-moment",
          "Second moment of a mini-batch",
          "Lemma 1, first step; re-derived with explicit constants",
          "yin2018",
          R"(\mathbb{E}\Bigl\|\sum_{\ell=1}^{B}\nabla f_{s_\ell}(w)\Bigr\|^2
= B\,M^2(w)\Bigl(1+\frac{B-1}{B_S(w)}\Bigr))",
          {}};
}

StatementRecord range_statement() {
  return {"diversity-range",
          "The range of $B_S$",
          "Definition 5",
          "yin2018",
          "For every $w$, $B_S(w) ≥ 1$, with equality if and only if all $∇f_i(w)$ are equal and "
          "not zero.",
          {"$∇f_i(w) ≠ 0$ for some $i$"}};
}

std::vector<MutantRecord> mutants() {
  const std::string witness = noise_floor_instance("1/100", "1/4", 124);
  return {
      {"rate-strongly-convex", "nine-tenths",
       R"($(1+\delta/2)\,\varepsilon \to 0.9\,\varepsilon$ at $\delta = 0$)", true,
       Evidence::interval, "$k = 124$, in expectation: $0.00977854 ≤ 0.0095625$ is false",
       "1.02259190562586780", witness},
      {"rate-strongly-convex", "half-the-horizon",
       R"(horizon $T \ge \frac{M^2}{4\varepsilon\lambda^2}\log\frac{2D_0}{\varepsilon}$)", true,
       Evidence::exact, "$k = 8$, in expectation: $0.185302 ≤ 0.1$ is false", "1.853020188851841",
       noise_floor_instance("1/10", "1", 8)},
      {"second-moment", "without-diversity", R"($1+\frac{B-1}{B_S(w)} \to 1$)", true,
       Evidence::exact, "the start: $6 = 4$ is false", "1.5", witness,
       noise_floor_instance("0", "0", 0)},
      {"diversity-range", "at-most-n", R"($B_S(w) \le n$)", true, Evidence::exact,
       "the start: $10 ≤ 2$ is false", "5", witness},
  };
}

std::vector<ConstructionRecord> constructions() {
  ConstructionRecord floor{
      .id = "lower-noise-floor",
      .title = "Noise floor",
      .source = "re-derived",
      .latex = R"(f_i(w) = \frac{\lambda}{2}(w-\zeta_i)^2,\qquad \zeta_i = \pm\zeta)",
      .law =
          R"(\mathbb{E}\,w_{k+1}^2 = (1-\eta B)^2\,\mathbb{E}\,w_k^2 + \eta^2 B\zeta^2,
\qquad \eta = \gamma\lambda)",
      .parameters = "$λ = ζ = 1$, $n = 2$",
      .instance = noise_floor_instance("1/100", "1/4", 160),
      .law_holds = true,
      .series = {}};
  const auto e = noise_floor(160);
  for (int k = 0; k <= 160; k += 4) floor.series.push_back({Place::at(k), e[k], e[k]});
  ConstructionRecord step{
      .id = "lower-fixed-step",
      .title = "The largest stable step is $2/(βm(1+δ))$",
      .source = "worst case of a fixed step; re-derived",
      .latex =
          R"(f_i(w) = \frac m2\bigl(\lambda v_1^2 + \beta v_2^2\bigr)\text{ on its own block } v)",
      .law =
          R"(\rho(\gamma\alpha) = 1 - 2\gamma\alpha B + \gamma^2\alpha^2 B(B+m-1),
\qquad \alpha\in\{\lambda,\beta\})",
      .parameters = "$λ = 1$, $β = 10$, $m = 2$",
      .instance = "",
      .law_holds = true,
      .series = {}};
  for (int k = 0; k <= 30; ++k) {
    const double value = 2 * std::pow(0.6, k) + 2 * std::pow(0.9, k);
    step.series.push_back({Place::at(k), value, value});
  }
  return {floor, step};
}

FigureRecord saturation() {
  return {.id = "saturation",
          .theorem = "rate-strongly-convex",
          .title = "Up to $B_S$ a larger batch costs little",
          .caption = "Evaluations with the best step, $\\kappa=100$.",
          .x = {"batch size $B$", true, {"1", "4", "16"}},
          .y = {"evaluations needed", true, {}},
          .curves = {{CurveStyle::reference, "$1+\\delta$", "", {{"1", "1"}, {"16", "4.75"}}},
                     {CurveStyle::line,
                      "",
                      "$m=4$",
                      {{"1", "1"},
                       {"2", "1.24"},
                       {"3", "1.49"},
                       {"4", "1.74"},
                       {"6", "2.23"},
                       {"8", "2.73"},
                       {"16", "4.72"}}},
                     {CurveStyle::dots, "found", "", {{"1", "1"}, {"16", "4.7"}}},
                     {CurveStyle::rings, "$B=B_S$", "", {{"4", "1.74"}}}}};
}

FigureRecord straight_figure() {
  return {.id = "noise-floor",
          .theorem = "no-such-section",
          .title = "A fixed step stays at its floor",
          .caption = "The exact law.",
          .x = {"iteration $k$", false, {}},
          .y = {"$\\mathbb E\\,w_k^2$", false, {"0", "0.5"}},
          .curves = {{CurveStyle::line, "law", "", {{"0", "0.5"}, {"20", "1e-7"}}}}};
}

Provenance provenance() {
  return {.version = "0.1.0",
          .commit = "0123456789abcdef0123456789abcdef01234567",
          .seed = 20251121,
          .date = "2025-11-21T20:15:00Z",
          .cpu = "Example(R) Processor @ 2.60GHz, 2 cores",
          .packages = {{"GMP", "6.2.1"},
                       {"MPFR", "4.2.0"},
                       {"MPFI", "1.5.3"},
                       {"Boost", "1.81.0"},
                       {"Eigen", "3.4.0"},
                       {"SQLite", "3.40.1"},
                       {"g++", "12.2.0"}},
          .inputs = ""};
}

/// The rate in both regimes, one of which certifies nothing any more.
std::vector<SharpestRecord> gallery() {
  return {{.theorem = "rate-strongly-convex",
           .regime = Regime::delta_zero,
           .ratio = "0.976425",
           .stored = "0.976425",
           .as_stored = true,
           .where = in_form(2412, BatchForm::in_expectation),
           .delta = "0",
           .evidence = Evidence::interval,
           .shows = "The noise floor: $λ = ζ = 1$ and a small step.",
           .instance = noise_floor_instance("1/1000", "1/5", 2412)},
          {.theorem = "rate-strongly-convex",
           .regime = Regime::delta_positive,
           .ratio = std::nullopt,
           .stored = "0.99",
           .as_stored = false,
           .where = {},
           .delta = "",
           .evidence = Evidence::none,
           .shows = "A valley with a batch as large as it bears.",
           .instance = noise_floor_instance("1/10", "1", 3)}};
}

}  // namespace

ReportData sample_report() {
  ReportData data;
  data.store = "results.sqlite";
  data.provenance = provenance();
  const auto add = [&](const StatementRecord& s, const std::vector<VerdictRecord>& verdicts) {
    data.theorems.push_back(theorem_data(s, summary_of(s.id, verdicts), verdicts));
  };
  add(moment_statement(), equality_verdicts());
  add(range_statement(), range_verdicts());
  add(rate_statement(), rate_verdicts());
  data.mutants = mutants();
  data.constructions = constructions();
  data.figures = {saturation(), straight_figure()};
  data.gallery = gallery();
  return data;
}

VerdictRecord sample_refutation() {
  VerdictRecord v = proved(41, "random: strongly-convex", "1.8530201888518410");
  v.verdict = Verdict::refuted;
  v.reason = "$k = 8$, in expectation: $0.185302 ≤ 0.1$ is false";
  return v;
}

}  // namespace graddiv::reports
