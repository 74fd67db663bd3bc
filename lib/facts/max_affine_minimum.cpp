#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "facts/minimizer.h"
#include "facts/shown_minimum.h"
#include "linear/solve.h"
#include "number/exact.h"

// The minimum of Σ_i [max_l (⟨a_il, w⟩ + offset_il) + ½ Σ_j q_ij w_j²], at a kink or not. On R^d, w
// is a minimiser iff the pieces that are largest at w have weights μ_il ≥ 0 with Σ_l μ_il = 1 for
// every i and
//   Σ_i Σ_l μ_il a_il + Σ_i q_i ∘ w = 0.
// Which pieces these are is guessed in floating point; w and μ then solve linear equations exactly,
// and are checked.
namespace graddiv {

namespace {

// Beyond these the exact equations would take longer than a fact is worth.
constexpr Eigen::Index most_coordinates = 64;
constexpr Eigen::Index most_functions = 1000;
constexpr Eigen::Index most_unknowns = 128;

using Functions = std::vector<MaxAffineFunction>;

Eigen::Index count(const std::vector<AffinePiece>& pieces) {
  return static_cast<Eigen::Index>(pieces.size());
}

/// max(0, M(w_j − upper_j), M(lower_j − w_j)) for every side of a box: zero in W, so that a
/// minimiser of the sum with them is one over W where it lies in W; and steep enough that it does.
void add_sides(const Domain& box, Functions& functions) {
  Rational M = 1;
  for (const MaxAffineFunction& f : functions) {
    Rational steepest = 0;
    for (const AffinePiece& piece : f.pieces)
      steepest = std::max<Rational>(steepest, piece.a.cwiseAbs().maxCoeff());
    M += steepest;
    for (Eigen::Index j = 0; j < f.curvature.size(); ++j)
      M += f.curvature(j) * std::max<Rational>(abs(box.lower()(j)), abs(box.upper()(j)));
  }
  const Eigen::Index d = box.dimension();
  for (Eigen::Index j = 0; j < d; ++j) {
    const Vector<Rational> normal = Vector<Rational>::Unit(d, j) * M;
    functions.push_back({{{Vector<Rational>::Zero(d), 0},
                          {normal, Rational(-M * box.upper()(j))},
                          {-normal, Rational(M * box.lower()(j))}},
                         Vector<Rational>::Zero(d)});
  }
}

/// A point near a minimiser, and the weights of all pieces there.
struct Guess {
  Vector<double> w;
  std::vector<Vector<double>> weights;
};

bool is_usable(const Guess& guess) {
  constexpr double farthest = 1e12;
  return guess.w.allFinite() && guess.w.norm() < farthest &&
         std::ranges::all_of(guess.weights, [](const auto& p) { return p.allFinite(); });
}

/// The sum with softened maxima τ log Σ_l exp(v_l/τ): their gradients are Σ_l p_l a_l with weights
/// p_l ∝ exp(v_l/τ).
class Softened {
 public:
  explicit Softened(const Functions& functions)
      : q_(Vector<double>::Zero(functions.front().curvature.size())) {
    for (const MaxAffineFunction& f : functions) {
      maxima_.push_back(
          {Matrix<double>(count(f.pieces), q_.size()), Vector<double>(count(f.pieces))});
      for (Eigen::Index l = 0; l < count(f.pieces); ++l) {
        const AffinePiece& piece = f.pieces[static_cast<std::size_t>(l)];
        maxima_.back().slopes.row(l) = to_double(piece.a).transpose();
        // A constant added to all pieces moves no minimiser.
        const Rational above_first = piece.offset - f.pieces.front().offset;
        maxima_.back().offsets(l) = static_cast<double>(above_first);
      }
      q_ += to_double(f.curvature);
    }
  }

  /// Keeps it inside a ball, by a barrier: −τ log(R² − ‖w − c‖²).
  void keep_inside(const Domain& ball) {
    center_ = to_double(ball.center());
    const auto R = static_cast<double>(ball.radius());
    radius2_ = R * R;
  }

  /// How large the numbers of the maxima are: what τ is to be compared with. Infinite for numbers
  /// beyond floating point.
  double scale() const {
    double largest = 0;
    for (const Maximum& m : maxima_) {
      if (m.offsets.size() > 1)
        largest =
            std::max({largest, m.slopes.cwiseAbs().maxCoeff(), m.offsets.cwiseAbs().maxCoeff()});
      if (!m.slopes.allFinite() || !m.offsets.allFinite())
        return std::numeric_limits<double>::infinity();
    }
    return largest > smallest_scale ? largest : 1;
  }

  /// Where it is least, by Newton's method.
  Guess guess(Vector<double> w, double tau) const {
    for (int k = 0; k < 40; ++k) {
      const auto next = improved(w, tau);
      if (!next) break;
      w = *next;
    }
    Guess found{w, {}};
    for (const Maximum& m : maxima_) found.weights.push_back(weights(m, w, tau));
    return found;
  }

 private:
  static constexpr double smallest_scale = 1e-200;  // below, the pieces are as good as one
  struct Maximum {
    Matrix<double> slopes;  // one piece a row
    Vector<double> offsets;
  };

  static Vector<double> weights(const Maximum& m, const Vector<double>& w, double tau) {
    const Vector<double> v = m.slopes * w + m.offsets;
    const Vector<double> p = ((v.array() - v.maxCoeff()) / tau).exp();
    return p / p.sum();
  }

  double value(const Vector<double>& w, double tau) const {
    double sum = w.cwiseAbs2().dot(q_) / 2;
    if (radius2_ > 0) {
      const double room = radius2_ - (w - center_).squaredNorm();
      if (!(room > 0)) return std::numeric_limits<double>::infinity();
      sum -= tau * std::log(room);
    }
    for (const Maximum& m : maxima_) {
      const Vector<double> v = m.slopes * w + m.offsets;
      sum += v.maxCoeff() + tau * std::log(((v.array() - v.maxCoeff()) / tau).exp().sum());
    }
    return sum;
  }

  /// Along the Newton direction, as far as the value falls; nothing where it does not.
  std::optional<Vector<double>> improved(const Vector<double>& w, double tau) const {
    Vector<double> gradient = q_.cwiseProduct(w);
    Matrix<double> hessian = q_.asDiagonal();
    for (const Maximum& m : maxima_) {
      const Vector<double> p = weights(m, w, tau);
      const Vector<double> mean = m.slopes.transpose() * p;
      gradient += mean;
      hessian += (m.slopes.transpose() * p.asDiagonal() * m.slopes - mean * mean.transpose()) / tau;
    }
    if (radius2_ > 0) {
      const Vector<double> u = w - center_;
      const double room = radius2_ - u.squaredNorm();
      gradient += 2 * tau / room * u;
      hessian += 4 * tau / (room * room) * u * u.transpose();
      hessian.diagonal().array() += 2 * tau / room;
    }
    // A little is added to the curvature of flat directions, more where that leads too far.
    const double before = value(w, tau);
    const double steepest = std::max(hessian.diagonal().maxCoeff(), gradient.norm() / tau);
    for (const double part : {1e-14, 1e-10, 1e-6, 1e-3}) {
      Matrix<double> curved = hessian;
      curved.diagonal().array() += part * steepest;
      const auto direction = solve<double>(curved, gradient);
      for (double t = 1; direction && t > 1e-4; t /= 2) {
        const Vector<double> next = w - t * *direction;
        if (value(next, tau) < before) return next;
      }
    }
    return std::nullopt;
  }

  std::vector<Maximum> maxima_;
  Vector<double> q_;
  Vector<double> center_;
  double radius2_ = 0;  // 0: no ball
};

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
///   Σ_i Σ_l μ_il a_il + Σ_i q_i ∘ w = 0,
/// if it is a minimiser. Chosen are the pieces whose weight is not much below the largest
/// one.
std::optional<proof::Subgradients> certified(const Functions& functions, const Guess& guess,
                                             double least_weight, double tolerance) {
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

std::vector<MaxAffineFunction> max_affine_functions(const Problem& problem, bool with_sides) {
  Functions functions;
  if (!problem.sum->facts().is_max_affine()) return functions;
  for (int i = 0; i < problem.size(); ++i) functions.push_back(*problem.sum->facts(i).max_affine);
  if (with_sides && problem.domain.kind() == Domain::Kind::box)
    add_sides(problem.domain, functions);
  return functions;
}

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
      problem.dimension() > most_coordinates || problem.size() > most_functions)
    return std::nullopt;
  Functions functions;
  Vector<Rational> curvature = Vector<Rational>::Zero(problem.dimension());
  for (int i = 0; i < problem.size(); ++i) {
    functions.push_back(*sum.facts(i).max_affine);
    curvature += functions.back().curvature / Rational(problem.size());
  }
  Softened softened(functions);
  softened.keep_inside(W);
  const double scale = softened.scale();
  if (!std::isfinite(scale)) return std::nullopt;

  struct Found {
    Minimum below;  // of q
    Enclosure value;
    Rational gap, m;
  };
  std::optional<Found> best;
  Guess guess{to_double(W.center()), {}};
  for (int level = 1; level < 20; ++level) {
    const double part = std::ldexp(1.0, -2 * level);
    guess = softened.guess(guess.w, part * scale);
    if (!is_usable(guess)) break;
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

std::optional<proof::Subgradients> max_affine_minimizer(const Problem& problem) {
  if (problem.dimension() > most_coordinates || problem.size() > most_functions)
    return std::nullopt;
  if (!problem.sum->facts().is_max_affine()) return std::nullopt;
  const Functions functions = max_affine_functions(problem, true);
  const Softened softened(functions);
  const double scale = softened.scale();
  if (!std::isfinite(scale)) return std::nullopt;
  Guess guess{Vector<double>::Zero(problem.dimension()), {}};
  for (int level = 1; level < 15; ++level) {
    const double part = std::ldexp(1.0, -2 * level);
    guess = softened.guess(guess.w, part * scale);
    if (!is_usable(guess)) break;
    for (const double tolerance : {1e-2, part}) {
      for (const double least_weight : {1e-2, 1e-5}) {
        auto proof = certified(functions, guess, least_weight, tolerance);
        if (proof && problem.domain.contains(enclose(*proof->w)) == Truth::yes) return proof;
      }
    }
  }
  return std::nullopt;
}

}  // namespace graddiv
