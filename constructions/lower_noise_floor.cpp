#include "constructions/construction.h"
#include "constructions/laws.h"
#include "problem/families.h"

namespace graddiv::construction::lower_noise_floor {
namespace {

std::shared_ptr<const FiniteSum> functions(const Parameters& p) {
  std::vector<QuadraticTerm> terms;
  for (long i = 0; i < 2 * count(p, "copies"); ++i) {
    const Rational zeta = i % 2 == 0 ? p.at("zeta") : Rational(-p.at("zeta"));
    terms.push_back(
        {Matrix<Rational>::Constant(1, 1, p.at("lambda")), Vector<Rational>::Constant(1, zeta), 0});
  }
  return quadratic_sum(std::move(terms));
}

std::optional<Parameters> read_off(const FiniteSum& sum) {
  if (sum.family() != "quadratic" || sum.dimension() != 1 || sum.size() % 2 != 0)
    return std::nullopt;
  const QuadraticFunction& f = *sum.facts(0).quadratic;
  const Rational lambda = f.A(0, 0);
  if (lambda <= 0) return std::nullopt;
  return Parameters{{"copies", sum.size() / 2}, {"lambda", lambda}, {"zeta", abs(f.b(0)) / lambda}};
}

// (1−ηB)^{2k} w_0² + η²Bζ² Σ_{j<k} (1−ηB)^{2j}.
std::vector<Rational> law(const Parameters& p, const Run& run) {
  std::vector<Rational> e{run.start[0] * run.start[0]};
  if (run.iterations == 0) return e;
  const Rational eta = run.step(0) * p.at("lambda");
  const Rational B = run.batch(0);
  const Rational rho = (1 - eta * B) * (1 - eta * B);
  const Rational noise = eta * eta * B * p.at("zeta") * p.at("zeta");
  Rational power = 1;
  for (int k = 1; k <= run.iterations; ++k) {
    power *= rho;
    e.push_back(power * e[0] + noise * geometric_sum(rho, k));
  }
  return e;
}

// E w_k² falls until the noise of the gradients holds it at ηζ²/(2−ηB): a smaller step gets lower
// and takes longer.
FigureRecord draw_floors() {
  constexpr int iterations = 60;
  const Parameters p{{"lambda", 1}, {"zeta", 1}, {"copies", 1}};
  FigureRecord figure;
  figure.title = "A fixed step falls to its noise floor and stays there";
  figure.x = {"iteration $k$", false, {}};
  figure.y = {"$\\mathbb E\\,w_k^2$", true, {"0.1", "1", "10"}};
  for (const Rational& eta : {Rational(1), Rational(1, 2), Rational(1, 4), Rational(1, 8)}) {
    const Run run{Vector<Rational>::Constant(1, Rational(3)), {eta}, {1}, iterations};
    const auto moments = law(p, run);
    const Rational floor = eta / (2 - eta);
    FigureCurve stationary{
        CurveStyle::reference, "stationary value $\\eta\\zeta^2/(2-\\eta B)$", "", {}};
    stationary.points = {figure_point(0, floor), figure_point(iterations, floor)};
    FigureCurve course{
        CurveStyle::line, "$\\mathbb E\\,w_k^2$", "$\\eta=" + to_string(eta) + "$", {}};
    for (int k = 0; k <= iterations; ++k) {
      course.points.push_back(figure_point(k, moments[static_cast<std::size_t>(k)]));
    }
    if (!figure.curves.empty()) course.legend = stationary.legend = "";
    figure.curves.push_back(std::move(stationary));
    figure.curves.push_back(std::move(course));
  }
  figure.caption =
      R"(The exact law of \code{lower-noise-floor} with $\lambda=\zeta=1$, $w_0=3$, $B=1$ and four
steps
$\eta=\gamma\lambda$.)";
  return figure;
}

Run serial_run(const Rational& start, Rational step, int iterations) {
  return {Vector<Rational>::Constant(1, start), {std::move(step)}, {1}, iterations};
}

}  // namespace

// f_i(w) = (λ/2)(w − ζ_i)² on R, ζ_i = ±ζ, as many of one sign as of the other. With η = γλ:
//   E w_{k+1}² = (1−ηB)² E w_k² + η²Bζ²,   stationary value ηζ²/(2−ηB) for 0 < ηB < 2,   B_S(w) = 1
//     + ζ²/w².
// It makes rate-strongly-convex and rate-pl nearly tight.
Construction construction() {
  return {
      .id = "lower-noise-floor",
      .title = "The noise floor of a fixed step",
      .source = "re-derived; makes the strongly convex rate nearly tight",
      .latex =
          R"($f_i(w)=\frac{\lambda}{2}(w-\zeta_i)^2$ on $\mathbb{R}$ with $\zeta_i=\pm\zeta$, as
many of one sign as of the other.
Then $w^*=0$, $F^*=\frac{\lambda}{2}\zeta^2$ and $B_S(w)=1+\zeta^2/w^2$.)",
      .law_latex =
          R"(\[ \mathbb{E}\,w_{k+1}^2=(1-\eta B)^2\,\mathbb{E}\,w_k^2+\eta^2B\zeta^2,\qquad
\eta=\gamma\lambda, \]
with stationary value $\eta\zeta^2/(2-\eta B)$ for $0<\eta B<2$.)",
      .parameters = {{"lambda", "curvature λ of every function", 1, 0, true, false},
                     {"zeta", "distance ζ of the minimisers of the functions from w*", 1, 0, false,
                      false},
                     {"copies", "functions of either sign", 1, 1, false, true}},
      .functions = functions,
      .minimizer = [](const Parameters&) { return Vector<Rational>(Vector<Rational>::Zero(1)); },
      .optimum =
          [](const Parameters& p) {
            return Rational(p.at("lambda") * p.at("zeta") * p.at("zeta") / 2);
          },
      .law = law,
      .showcases = {{{}, serial_run({1, 4}, {1, 100}, 160)},
                    {{}, serial_run({1, 3}, {1, 10}, 40)},
                    {{{"copies", 2}},
                     {Vector<Rational>::Constant(1, Rational(3)), {{1, 8}}, {4}, 30}},
                    {{{"lambda", {1, 2}}, {"zeta", 3}}, serial_run(2, {1, 16}, 60)}},
      .figures = {{"noise-floor", "lower-noise-floor", draw_floors}},
      .read_off = read_off,
  };
}

}  // namespace graddiv::construction::lower_noise_floor
