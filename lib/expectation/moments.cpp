#include "expectation/moments.h"

#include <algorithm>
#include <map>
#include <utility>

#include "expectation/affine_gradients.h"
#include "expectation/moment_recursion.h"
#include "number/exact.h"

namespace graddiv::moments {
namespace {

/// A linear functional of the second moments: Σ_{a≤b} coefficient · S_ab, with coefficients over one denominator.
class Functional {
 public:
  /// zᵀQz for a symmetric Q over the given coordinates of z.
  Functional(const Matrix<Rational>& Q, const std::vector<int>& coordinates) {
    for (Eigen::Index a = 0; a < Q.rows(); ++a) {
      for (Eigen::Index b = a; b < Q.cols(); ++b) {
        if (Q(a, b) == 0) continue;
        denominator_ = lcm(denominator_, denominator(Q(a, b)));
      }
    }
    for (Eigen::Index a = 0; a < Q.rows(); ++a) {
      for (Eigen::Index b = a; b < Q.cols(); ++b) {
        if (Q(a, b) == 0) continue;
        const Integer scaled = numerator(Q(a, b)) * (denominator_ / denominator(Q(a, b)));
        terms_.push_back({coordinates[static_cast<std::size_t>(a)],
                          coordinates[static_cast<std::size_t>(b)],
                          a == b ? scaled : Integer(2 * scaled)});
      }
    }
  }

  Enclosure of(const Moments<Integer>& S) const {
    Integer sum = 0;
    for (const Term& t : terms_) add_product(sum, t.coefficient, S.at(t.row, t.column));
    return enclose(Rational(sum, denominator_ * S.denominator()));
  }
  Enclosure of(const Moments<Interval>& S) const {
    Interval sum = interval_around(0);
    for (const Term& t : terms_) add_product(sum, t.coefficient, S.at(t.row, t.column));
    return enclose(Interval(sum / interval_around(denominator_)));
  }

 private:
  struct Term {
    int row;
    int column;
    Integer coefficient;
  };
  std::vector<Term> terms_;
  Integer denominator_ = 1;
};

/// The five quantities as functions of the second moments of z = (w, 1) or (w, 1, u).
class Quantities {
 public:
  Quantities(const Problem& problem, const AffineGradients& gradients, const Reference& reference)
      : d_(problem.dimension()),
        reference_(reference),
        gradient_norm_(gradients.square_of_mean(), state()),
        second_moment_(gradients.mean_of_squares(), state()),
        objective_(objective_form(problem), state()),
        averaged_quadratic_(quadratic_part(problem), running_sum()),
        norm_(Matrix<Rational>::Identity(d_, d_), state()) {
    const QuadraticFunction F = *quadratic_objective(problem);
    constant_ = enclose(F.c);
    averaged_linear_.emplace(mixed_form(F.b), sum_and_one());
    if (!reference.minimizer) return;
    bool exact = true;
    for (const Enclosure& x : *reference.minimizer) exact = exact && x.is_exact();
    if (exact) {
      Vector<Rational> minimizer(d_);
      for (Eigen::Index j = 0; j < d_; ++j) minimizer[j] = exact_value((*reference.minimizer)[j]);
      distance_.emplace(distance_form(minimizer), state());
      return;
    }
    for (int j = 0; j < d_; ++j) {
      Matrix<Rational> Q = Matrix<Rational>::Zero(2, 2);
      Q(0, 1) = Q(1, 0) = Rational(1, 2);
      coordinates_.emplace_back(Q, std::vector<int>{j, d_});
    }
  }

  template <class T>
  Enclosure value(Quantity q, int k, const Moments<T>& S) const {
    switch (q) {
      case Quantity::distance:
        return distance(S);
      case Quantity::suboptimality:
        return objective_.of(S) - *reference_.optimum;
      case Quantity::average_suboptimality: {
        const Enclosure K = k;
        return averaged_quadratic_.of(S) / (K * K) + averaged_linear_->of(S) / K + constant_ -
               *reference_.optimum;
      }
      case Quantity::gradient_norm:
        return gradient_norm_.of(S);
      case Quantity::second_moment:
        return second_moment_.of(S);
      case Quantity::mechanism_variance:
        return 0;
    }
    throw std::logic_error("unknown quantity");
  }

 private:
  template <class T>
  Enclosure distance(const Moments<T>& S) const {
    if (distance_) return distance_->of(S);
    Enclosure sum = norm_.of(S);  // E‖w‖² − 2⟨w*, E w⟩ + ‖w*‖²
    for (int j = 0; j < d_; ++j) {
      const Enclosure& x = (*reference_.minimizer)[j];
      sum += square(x) - 2 * x * coordinates_[static_cast<std::size_t>(j)].of(S);
    }
    return sum;
  }

  std::vector<int> range(int from, int to) const {
    std::vector<int> result;
    for (int j = from; j < to; ++j) result.push_back(j);
    return result;
  }
  std::vector<int> state() const { return range(0, d_ + 1); }
  std::vector<int> running_sum() const { return range(d_ + 1, 2 * d_ + 1); }
  std::vector<int> sum_and_one() const { return range(d_, 2 * d_ + 1); }

  /// ½ (A b; bᵀ 2c): F(w) = zᵀQz.
  static Matrix<Rational> objective_form(const Problem& problem) {
    const QuadraticFunction F = *quadratic_objective(problem);
    const Eigen::Index d = F.b.size();
    Matrix<Rational> Q(d + 1, d + 1);
    Q.topLeftCorner(d, d) = F.A.dense() / Rational(2);
    Q.topRightCorner(d, 1) = F.b / Rational(2);
    Q.bottomLeftCorner(1, d) = F.b.transpose() / Rational(2);
    Q(d, d) = F.c;
    return Q;
  }
  static Matrix<Rational> quadratic_part(const Problem& problem) {
    return quadratic_objective(problem)->A.dense() / Rational(2);
  }
  /// ½ (0 bᵀ; b 0): bᵀu as a form in (1, u).
  static Matrix<Rational> mixed_form(const Vector<Rational>& b) {
    const Eigen::Index d = b.size();
    Matrix<Rational> Q = Matrix<Rational>::Zero(d + 1, d + 1);
    Q.bottomLeftCorner(d, 1) = b / Rational(2);
    Q.topRightCorner(1, d) = b.transpose() / Rational(2);
    return Q;
  }
  static Matrix<Rational> distance_form(const Vector<Rational>& minimizer) {
    const Eigen::Index d = minimizer.size();
    Matrix<Rational> Q = Matrix<Rational>::Identity(d + 1, d + 1);
    Q.topRightCorner(d, 1) = -minimizer;
    Q.bottomLeftCorner(1, d) = -minimizer.transpose();
    Q(d, d) = minimizer.squaredNorm();
    return Q;
  }

  int d_;
  const Reference& reference_;
  Functional gradient_norm_;
  Functional second_moment_;
  Functional objective_;
  Functional averaged_quadratic_;
  Functional norm_;
  std::optional<Functional> averaged_linear_;
  std::optional<Functional> distance_;
  std::vector<Functional> coordinates_;
  Enclosure constant_;
};

template <class T>
void follow(const Problem& problem, const AffineGradients& gradients, const Run& run,
            const Reference& reference, Trajectory& result) {
  const bool track_sum = result.has(Quantity::average_suboptimality);
  const Quantities quantities(problem, gradients, reference);
  Recursion<T> recursion(gradients, track_sum);
  Moments<T> S = recursion.start(run.start);
  for (int k = 0;; ++k) {
    for (auto& [q, values] : result.values) {
      if (k >= first_iteration(q)) values.push_back(quantities.value(q, k, S));
    }
    if (k == run.iterations) return;
    recursion.advance(S, run.step(k), run.batch(k));
  }
}

}  // namespace

std::optional<std::string> refusal(const Problem& problem) {
  if (problem.domain.is_bounded()) {
    return "the domain is a " + std::string(to_string(problem.domain.kind())) +
           ", and the recursion holds only without projection; use enumeration";
  }
  if (!problem.sum->facts().is_quadratic()) {
    return "the gradients of family '" + problem.sum->family() +
           "' are not affine; use enumeration";
  }
  return std::nullopt;
}

std::size_t predicted_bits(const Problem& problem, const Run& run) {
  const AffineGradients gradients(problem);
  const Recursion<Integer> recursion(gradients, true);
  double bits = 0;
  std::map<std::pair<Rational, long>, double> known;  // bits a step, by step size and batch
  for (int k = 0; k < run.iterations; ++k) {
    const auto [entry, is_new] = known.try_emplace({run.step(k), run.batch(k)}, 0.0);
    if (is_new) entry->second = recursion.bits_per_step(run.step(k), run.batch(k));
    bits += entry->second;
  }
  for (const Rational& x : run.start) bits += 2.0 * static_cast<double>(bit_size(x));
  return static_cast<std::size_t>(bits);
}

Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, Arithmetic arithmetic) {
  if (const auto reason = refusal(problem)) throw ExpectationError("moments: " + *reason);
  if (!run.mechanism.is_none()) throw ExpectationError("moments: the run has a mechanism");
  Trajectory result;
  result.engine = Engine::moments;
  result.arithmetic = arithmetic;
  result.iterations = run.iterations;
  for (const Quantity q : quantities) result.values[q];
  const AffineGradients gradients(problem);
  if (arithmetic == Arithmetic::rational) {
    follow<Integer>(problem, gradients, run, reference, result);
  } else {
    follow<Interval>(problem, gradients, run, reference, result);
  }
  return result;
}

}  // namespace graddiv::moments
