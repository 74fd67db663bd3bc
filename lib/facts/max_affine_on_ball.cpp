#include <algorithm>
#include <cmath>

#include "facts/minimizer.h"
#include "facts/softened_maxima.h"
#include "number/exact.h"

// The minimum over a ball of a sum of maxima of affine functions with diagonal quadratics.
namespace graddiv {

namespace {

/// Weights of pieces, simple numbers ≥ 0 near the guess with the sum 1.
Vector<Rational> simple_weights(const Vector<double>& guess, double tolerance) {
  Vector<Rational> weights = Vector<Rational>::Zero(guess.size());
  Eigen::Index heaviest = 0;
  guess.maxCoeff(&heaviest);
  Rational others = 0;
  for (Eigen::Index l = 0; l < guess.size(); ++l) {
    if (l == heaviest || guess(l) < 1e-5) continue;
    weights(l) = std::max(simplest_near(guess(l), tolerance), Rational(0));
    others += weights(l);
  }
  weights(heaviest) = std::max(Rational(1 - others), Rational(0));
  return others > 1 ? Vector<Rational>(weights / Rational(weights.sum())) : weights;
}

}  // namespace

// For weights μ_il ≥ 0 with Σ_l μ_il = 1, the quadratic
//   q(w) = (1/n) Σ_i Σ_l μ_il (⟨a_il, w⟩ + offset_il) + (1/2n) Σ_i Σ_j q_ij w_j²
// is nowhere above F, and its minimum on the ball a lower bound of F*; the value of F where it is
// taken, at w_μ, is an upper one. With the multiplier ν of the sphere, q(w) ≥ q(w_μ) + (m/2)‖w −
// w_μ‖² on the ball, m = ν + λ_min(∇²q), so that
//   ‖w* − w_μ‖² ≤ 2 (F(w_μ) − q(w_μ))/m.
std::optional<Minimum> max_affine_minimum_on_ball(const Problem& problem) {
  const Domain& W = problem.domain;
  const FiniteSum& sum = *problem.sum;
  if (W.kind() != Domain::Kind::ball || W.radius() == 0 || !sum.facts().is_max_affine() ||
      !are_few_pieces(problem))
    return std::nullopt;
  std::vector<MaxAffineFunction> functions;
  Vector<Rational> curvature = Vector<Rational>::Zero(problem.dimension());
  for (int i = 0; i < problem.size(); ++i) {
    functions.push_back(*sum.facts(i).max_affine);
    curvature += functions.back().curvature / Rational(problem.size());
  }
  SoftenedMaxima softened(functions);
  softened.keep_inside(W);
  const double scale = softened.scale();
  if (!std::isfinite(scale)) return std::nullopt;

  struct Found {
    Minimum below;  // of q
    Enclosure value;
    Rational gap, m;
  };
  std::optional<Found> best;
  WeightedGuess guess{to_double(W.center()), {}};
  for (int level = 1; level < 20; ++level) {
    const double part = std::ldexp(1.0, -2 * level);
    guess = softened.guess(guess.w, part * scale);
    if (!guess.is_usable()) break;
    for (const double tolerance : {1e-2, part}) {
      QuadraticFunction q{SymmetricMatrix::diagonal(curvature),
                          Vector<Rational>::Zero(problem.dimension()), 0};
      for (std::size_t i = 0; i < functions.size(); ++i) {
        const Vector<Rational> weights = simple_weights(guess.weights[i], tolerance);
        for (Eigen::Index l = 0; l < weights.size(); ++l) {
          const AffinePiece& piece = functions[i].pieces[static_cast<std::size_t>(l)];
          q.b += piece.a * Rational(weights(l) / problem.size());
          q.c += piece.offset * weights(l) / problem.size();
        }
      }
      const Minimum below = minimize_quadratic(q, W);
      if (!below.minimizer.value) continue;
      const Enclosure value = objective(problem, W.project(*below.minimizer.value));
      if (!value.is_bounded()) continue;
      const Rational gap =
          std::max(Rational(upper_end(value) - lower_end(*below.optimum.value)), Rational(0));
      if (best && best->gap <= gap) continue;
      Rational m = curvature.minCoeff();
      if (const auto* bracket = std::get_if<proof::Bracket>(&below.optimum.proof)) {
        m += bracket->lower;
      } else if (curvature.isZero()) {
        m += lower_end(sqrt(enclose(Rational(q.b.squaredNorm()))) / enclose(W.radius()));
      }
      best = Found{below, value, gap, m};
    }
    if (best && best->gap <= rational_from(std::ldexp(scale, -120))) break;
  }
  if (!best) return std::nullopt;

  const Vector<Enclosure>& near = *best->below.minimizer.value;
  const proof::Point w = proof::point(
      near.unaryExpr([](const Enclosure& x) { return round_to_bits(lower_end(x), 256); }));
  const Enclosure optimum =
      Enclosure::hull(best->below.optimum.value->lower(), best->value.upper());
  Minimum result{
      {std::nullopt, false, proof::Unknown{proof::Unknown::Reason::no_minimizer}},
      {optimum, best->gap == 0, proof::DualityGap{proof::DualityGap::Rule::weights_of_pieces, w}}};
  if (best->m > 0) {
    const Rational distance = upper_end(sqrt(enclose(Rational(2 * best->gap / best->m))));
    result.minimizer = {
        near.unaryExpr([&](const Enclosure& x) {
          return Enclosure(x + enclose(Rational(-distance), distance));
        }),
        false, proof::Nearness{proof::Nearness::Rule::weights_of_pieces, w, distance, 0, best->m}};
  }
  return result;
}

}  // namespace graddiv
