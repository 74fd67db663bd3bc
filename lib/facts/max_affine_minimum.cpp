#include <algorithm>
#include <cmath>
#include <cstddef>

#include "facts/minimizer.h"
#include "facts/shown_minimum.h"
#include "facts/softened_maxima.h"
#include "linear/solve.h"
#include "number/exact.h"

// The minimum of Σ_i [max_l (⟨a_il, w⟩ + offset_il) + ½ Σ_j q_ij w_j²], at a kink or not, and of
// ½wᵀAw + bᵀw beside it where other functions are quadratic and the sum is convex. On R^d, w is a
// minimiser iff the pieces that are largest at w have weights μ_il ≥ 0 with Σ_l μ_il = 1 for every
// i and
//   Σ_i Σ_l μ_il a_il + Σ_i q_i ∘ w + Aw + b = 0:
// that is a subgradient of the maxima, and the slopes of F at w in all directions are ≥ 0.
// Which pieces these are is guessed in floating point; w and μ then solve linear equations exactly,
// and are checked.
namespace graddiv {

namespace {

using Functions = std::vector<MaxAffineFunction>;

constexpr Eigen::Index most_unknowns = 128;  // of equations that are solved exactly

Eigen::Index count(const std::vector<AffinePiece>& pieces) {
  return static_cast<Eigen::Index>(pieces.size());
}

bool is_on_top(const MaxAffineFunction& f, const std::vector<std::size_t>& chosen,
               const Vector<Rational>& w) {
  const auto value = [&](const AffinePiece& piece) {
    return Rational(piece.a.dot(w) + piece.offset);
  };
  const Rational top = value(f.pieces[chosen.front()]);
  return std::ranges::all_of(f.pieces, [&](const auto& piece) { return value(piece) <= top; }) &&
         std::ranges::all_of(chosen, [&](std::size_t l) { return value(f.pieces[l]) == top; });
}

/// The exact solution nearest to the guess of
///   ⟨a_il, w⟩ + offset_il equal for all chosen l,   Σ_l μ_il = 1,
///   Σ_i Σ_l μ_il a_il + Σ_i q_i ∘ w + Aw + b = 0,
/// if it is a minimiser. Chosen are the pieces whose weight is not much below the largest
/// one.
std::optional<proof::Subgradients> certified(const Functions& functions,
                                             const QuadraticFunction& beside,
                                             const WeightedGuess& guess, double least_weight,
                                             double tolerance) {
  const Eigen::Index d = guess.w.size();
  std::vector<std::vector<std::size_t>> chosen(functions.size());
  Eigen::Index unknowns = d;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const Vector<double>& weights = guess.weights[i];
    for (std::size_t l = 0; l < functions[i].pieces.size(); ++l) {
      if (weights(static_cast<Eigen::Index>(l)) >= least_weight * weights.maxCoeff())
        chosen[i].push_back(l);
    }
    if (chosen[i].size() > 1) unknowns += static_cast<Eigen::Index>(chosen[i].size());
  }
  if (unknowns > most_unknowns) return std::nullopt;

  Matrix<Rational> K = Matrix<Rational>::Zero(unknowns, unknowns);
  Vector<Rational> right = Vector<Rational>::Zero(unknowns);
  K.topLeftCorner(d, d) = beside.A.dense();
  right.head(d) = -beside.b;
  Vector<Rational> near_guess(unknowns);
  for (Eigen::Index j = 0; j < d; ++j) near_guess(j) = simplest_near(guess.w(j), tolerance);
  // The next weight, and its equation: one for the sum of the weights of a maximum, the others for
  // ties.
  Eigen::Index at = d;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const MaxAffineFunction& f = functions[i];
    K.topLeftCorner(d, d).diagonal() += f.curvature;
    const AffinePiece& first = f.pieces[chosen[i].front()];
    if (chosen[i].size() == 1) {  // with the weight 1
      right.head(d) -= first.a;
      continue;
    }
    const Eigen::Index sum = at;
    right(sum) = 1;
    for (const std::size_t l : chosen[i]) {
      const AffinePiece& piece = f.pieces[l];
      K.col(at).head(d) = piece.a;
      K(sum, at) = 1;
      if (at != sum) {
        K.row(at).head(d) = (piece.a - first.a).transpose();
        right(at) = first.offset - piece.offset;
      }
      near_guess(at) = simplest_near(guess.weights[i](static_cast<Eigen::Index>(l)), tolerance);
      ++at;
    }
  }
  const Vector<Rational> residual = right - K.lazyProduct(near_guess);
  const auto change = least_norm_solve<Rational>(K, residual);
  if (!change) return std::nullopt;
  const Vector<Rational> solution = near_guess + *change;
  const Vector<Rational> w = solution.head(d);
  if (unknowns > d && solution.tail(unknowns - d).minCoeff() < 0) return std::nullopt;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    if (!is_on_top(functions[i], chosen[i], w)) return std::nullopt;
  }
  std::vector<Vector<Rational>> weights;
  at = d;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    weights.emplace_back(Vector<Rational>::Zero(count(functions[i].pieces)));
    for (const std::size_t l : chosen[i])
      weights.back()(static_cast<Eigen::Index>(l)) =
          chosen[i].size() == 1 ? Rational(1) : solution(at++);
  }
  return proof::Subgradients{
      proof::point(w), std::make_shared<const std::vector<Vector<Rational>>>(std::move(weights))};
}

bool all_are_on_top(const MaxAffineFunction& f, const Vector<Rational>& w) {
  const auto value = [&](const AffinePiece& piece) {
    return Rational(piece.a.dot(w) + piece.offset);
  };
  const Rational first = value(f.pieces.front());
  return std::ranges::all_of(f.pieces, [&](const auto& piece) { return value(piece) == first; });
}

}  // namespace

// With equal weights the mean over l of the subgradients a_il + q_i ∘ w vanishes in the sum over i
// where
//   w_j Σ_i q_ij = −Σ_i mean_l a_ilj   for every j,
// and it is a subgradient of F at this w if all pieces of every maximum are equal there. F is
// convex: then w is a minimiser on R^d, and on every W that holds it.
std::optional<proof::Subgradients> balanced_max_affine_minimizer(const Problem& problem) {
  const FiniteSum& sum = *problem.sum;
  if (!sum.facts().is_max_affine()) return std::nullopt;
  const Eigen::Index d = problem.dimension();
  Vector<Rational> slope = Vector<Rational>::Zero(d);
  Vector<Rational> curvature = Vector<Rational>::Zero(d);
  for (int i = 0; i < sum.size(); ++i) {
    const MaxAffineFunction& f = *sum.facts(i).max_affine;
    Vector<Rational> pieces = Vector<Rational>::Zero(d);
    for (const AffinePiece& piece : f.pieces) pieces += piece.a;
    slope += pieces / Rational(static_cast<long>(f.pieces.size()));
    curvature += f.curvature;
  }
  Vector<Rational> w = Vector<Rational>::Zero(d);
  for (Eigen::Index j = 0; j < d; ++j) {
    if (slope(j) == 0) continue;
    if (curvature(j) == 0) return std::nullopt;
    w(j) = -slope(j) / curvature(j);
  }
  if (problem.domain.contains(enclose(w)) != Truth::yes) return std::nullopt;
  for (int i = 0; i < sum.size(); ++i) {
    if (!all_are_on_top(*sum.facts(i).max_affine, w)) return std::nullopt;
  }
  return proof::Subgradients{proof::point(w), nullptr};
}

std::optional<proof::Subgradients> max_affine_minimizer(const Problem& problem) {
  if (!are_few_pieces(problem)) return std::nullopt;
  const Functions functions = max_affine_functions(problem, true);
  if (functions.empty()) return std::nullopt;
  const QuadraticFunction beside = *beside_maxima(problem);
  SoftenedMaxima softened(functions);
  softened.add(beside);
  const double scale = softened.scale();
  if (!std::isfinite(scale)) return std::nullopt;
  WeightedGuess guess{Vector<double>::Zero(problem.dimension()), {}};
  for (int level = 1; level < 15; ++level) {
    const double part = std::ldexp(1.0, -2 * level);
    guess = softened.guess(guess.w, part * scale);
    if (!guess.is_usable()) break;
    for (const double tolerance : {1e-2, part}) {
      for (const double least_weight : {1e-2, 1e-5}) {
        auto proof = certified(functions, beside, guess, least_weight, tolerance);
        if (proof && problem.domain.contains(enclose(*proof->w)) == Truth::yes) return proof;
      }
    }
  }
  return std::nullopt;
}

}  // namespace graddiv
