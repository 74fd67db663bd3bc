// What the tests of this room report on: no tests here.
#include "reports/sample_report.h"

#include <fmt/format.h>

#include <cmath>

#include "reports/sample_verdicts_test.h"

namespace graddiv::reports {

namespace {

using namespace sample;

TheoremSummary summary_of(const std::string& id, const std::vector<VerdictRecord>& verdicts) {
  TheoremSummary s;
  s.id = id;
  s.instances = static_cast<std::int64_t>(verdicts.size());
  for (const auto& v : verdicts) {
    s.applicable += v.verdict != Verdict::not_applicable;
    s.telling += v.is_telling;
    s.searches += v.search_checks > 0;
    s.search_checks += v.search_checks;
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
          .inputs = "",
          .ledger = "everything holds but for $1e-6$"};
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
  data.search_share_of_time = 0.217;
  data.spent_error_level = "3.1e-9";
  return data;
}

VerdictRecord sample_refutation() { return sample::refutation(); }

}  // namespace graddiv::reports
