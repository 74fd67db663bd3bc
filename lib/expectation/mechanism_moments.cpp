#include "expectation/mechanism_moments.h"

#include "expectation/moments.h"
#include "number/exact.h"

namespace graddiv::mechanism_moments {
namespace {

using Index = Eigen::Index;

/// The second moments S of z = (w, 1, u) with u = w_0 + … + w_{k−1}.
class Recursion {
 public:
  Recursion(const Problem& problem, const Mechanism& mechanism)
      : d_(problem.dimension()), n_(problem.size()), sharing_(mechanism.sharing()) {
    const auto variance = mechanism.coordinate_variance().value();
    of_square_ = enclose(variance.of_square);
    constant_ = enclose(variance.constant);
    mean_ = Matrix<Enclosure>::Zero(d_, d_ + 1);
    for (int i = 0; i < problem.size(); ++i) {
      const QuadraticFunction& f = *problem.sum->facts(i).quadratic;
      Matrix<Enclosure> C(d_, d_ + 1);
      C.leftCols(d_) = enclose(f.A.dense());
      C.col(d_) = enclose(f.b);
      mean_ += C / Enclosure(n_);
      gradients_.push_back(std::move(C));
    }
  }

  void start(const Vector<Enclosure>& w) {
    Vector<Enclosure> z = Vector<Enclosure>::Zero(2 * d_ + 1);
    z.head(d_) = w;
    z(d_) = 1;
    S_ = z * z.transpose();
  }

  void advance(const Enclosure& gamma, long B) {
    Matrix<Enclosure> M = Matrix<Enclosure>::Identity(2 * d_ + 1, 2 * d_ + 1);
    M.topLeftCorner(d_, d_ + 1) -= gamma * Enclosure(B) * mean_;
    M.bottomLeftCorner(d_, d_).diagonal().setConstant(Enclosure(1));
    const Matrix<Enclosure> G = mean_square();
    Matrix<Enclosure> noise = G - square_of_mean();
    const Enclosure repeated =
        sharing_ == Mechanism::Sharing::fresh ? Enclosure(1) : 1 + Enclosure(B - 1) / n_;
    for (Index j = 0; j < d_; ++j) noise(j, j) += repeated * (of_square_ * G(j, j) + constant_);
    const Matrix<Enclosure> MS = M * S_;
    S_ = MS * M.transpose();
    S_.topLeftCorner(d_, d_) += square(gamma) * Enclosure(B) * noise;
  }

  Enclosure gradient_norm2() const { return square_of_mean().trace(); }
  Enclosure second_moment() const { return mean_square().trace(); }
  Enclosure mechanism_variance() const { return of_square_ * second_moment() + d_ * constant_; }
  Enclosure distance(const Vector<Enclosure>& x) const {
    Enclosure sum = 0;
    for (Index j = 0; j < d_; ++j) sum += S_(j, j) - 2 * x(j) * S_(j, d_) + square(x(j));
    return sum;
  }
  /// E F(w), or E F(u/k).
  Enclosure objective(const QuadraticFunction& F) const { return value(F, 0, 1); }
  Enclosure averaged_objective(const QuadraticFunction& F, int k) const {
    return value(F, d_ + 1, k);
  }

 private:
  Matrix<Enclosure> between(const Matrix<Enclosure>& C) const {
    const Matrix<Enclosure> CS = C * S_.topLeftCorner(d_ + 1, d_ + 1);
    return CS * C.transpose();
  }
  Matrix<Enclosure> square_of_mean() const { return between(mean_); }
  Matrix<Enclosure> mean_square() const {
    Matrix<Enclosure> sum = Matrix<Enclosure>::Zero(d_, d_);
    for (const Matrix<Enclosure>& C : gradients_) sum += between(C) / Enclosure(n_);
    return sum;
  }
  Enclosure value(const QuadraticFunction& F, Index from, int k) const {
    Enclosure sum = enclose(F.c);
    for (Index a = 0; a < d_; ++a) {
      sum += enclose(F.b(a)) * S_(from + a, d_) / k;
      for (Index b = 0; b < d_; ++b) {
        sum += enclose(F.A(a, b)) / 2 * S_(from + a, from + b) / square(k);
      }
    }
    return sum;
  }

  Index d_;
  long n_;
  Mechanism::Sharing sharing_;
  Enclosure of_square_;
  Enclosure constant_;
  std::vector<Matrix<Enclosure>> gradients_;  // C_i
  Matrix<Enclosure> mean_;                    // C̄
  Matrix<Enclosure> S_;
};

}  // namespace

std::optional<std::string> refusal(const Problem& problem, const Run& run) {
  if (const auto reason = moments::refusal(problem)) return reason;
  if (run.mechanism.coordinate_variance()) return std::nullopt;
  return "the covariance of the mechanism '" + run.mechanism.name() +
         "' is not a function of second moments; use enumeration";
}

Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, bool as_intervals) {
  if (const auto reason = refusal(problem, run)) throw ExpectationError("moments: " + *reason);
  const QuadraticFunction F = *quadratic_objective(problem);
  const auto value = [&](const Recursion& recursion, Quantity q, int k) -> Enclosure {
    switch (q) {
      case Quantity::distance:
        return recursion.distance(*reference.minimizer);
      case Quantity::suboptimality:
        return recursion.objective(F) - *reference.optimum;
      case Quantity::average_suboptimality:
        return recursion.averaged_objective(F, k) - *reference.optimum;
      case Quantity::gradient_norm:
        return recursion.gradient_norm2();
      case Quantity::second_moment:
        return recursion.second_moment();
      case Quantity::mechanism_variance:
        return recursion.mechanism_variance();
    }
    throw std::logic_error("unknown quantity");
  };

  Trajectory result;
  result.engine = Engine::moments;
  result.iterations = run.iterations;
  for (const Quantity q : quantities) result.values[q];
  Recursion recursion(problem, run.mechanism);
  Vector<Enclosure> start = enclose(run.start);
  if (as_intervals) {
    for (Enclosure& x : start) x = x.as_interval();
  }
  recursion.start(start);
  for (int k = 0;; ++k) {
    for (auto& [q, values] : result.values) {
      if (k >= first_iteration(q)) values.push_back(value(recursion, q, k));
    }
    if (k == run.iterations) return result;
    recursion.advance(enclose(run.step(k)), run.batch(k));
  }
}

}  // namespace graddiv::mechanism_moments
