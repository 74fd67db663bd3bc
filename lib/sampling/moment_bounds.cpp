#include "sampling/moment_bounds.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linear/near_matrix.h"
#include "linear/symmetric_matrix.h"
#include "number/exact.h"
#include "problem/kernel_rounding.h"

namespace graddiv {
namespace {

/// The mean of t_i x_i x_iᵀ in doubles.
class MeanOfRows {
 public:
  explicit MeanOfRows(Eigen::Index d) : sum_(Matrix<double>::Zero(d, d)) {}

  void add(double t, const Vector<double>& x) {
    sum_.noalias() += t * x * x.transpose();
    sizes_ = sizes_ + UpperBound(std::abs(t)) * squared_norm(x);
    ++n_;
  }
  bool is_finite() const { return sizes_.is_finite(); }

  // An entry takes n additions, a division and, of each term, three roundings of numbers and two of
  // products, each below u Σ |t_i| |x_ij| |x_ik|, a matrix of norm at most Σ |t_i| ‖x_i‖². There is
  // room for all of second order; what underflows is below 10^−290.
  NearMatrix mean() const {
    const auto n = static_cast<double>(n_);
    const UpperBound off = 2 * (n + 16) * KernelRounding::u * sizes_;
    return {sum_ / n, (off * graddiv::above(Rational(1, n_)) + 1e-290).value()};
  }

  static UpperBound squared_norm(const Vector<double>& x) {
    UpperBound sum;
    for (const double entry : x) sum = sum + square(UpperBound(std::abs(entry)));
    return sum;
  }

 private:
  Matrix<double> sum_;
  UpperBound sizes_;  // Σ |t_i| ‖x_i‖²
  long n_ = 0;
};

/// Bounds of all Hessians.
struct Hessians {
  double least, most;      // λ and β
  UpperBound mean_square;  // a
  UpperBound mean_fourth;  // α⁴
};

/// Of sums whose Hessians are multiples of x_i x_iᵀ, where it takes no longer than the runs.
std::optional<Hessians> hessians_of(const FiniteSum& sum) {
  constexpr double most_products = 1e8;
  if (1.0 * sum.size() * sum.dimension() * sum.dimension() > most_products) return std::nullopt;
  MeanOfRows lower(sum.dimension());
  MeanOfRows upper(sum.dimension());
  MeanOfRows squares(sum.dimension());
  UpperBound fourth;
  const UpperBound share = graddiv::above(Rational(1, sum.size()));
  for (const FunctionFacts& f : sum.facts().functions) {
    if (!f.curvature.lower || !f.curvature.upper) return std::nullopt;
    const auto* low = std::get_if<SymmetricMatrix::RankOne>(&f.curvature.lower->form());
    const auto* high = std::get_if<SymmetricMatrix::RankOne>(&f.curvature.upper->form());
    if (low == nullptr || high == nullptr || *low->x != *high->x) return std::nullopt;
    const Vector<double> x = to_double(*low->x);
    const double c =
        std::max(std::abs(static_cast<double>(low->c)), std::abs(static_cast<double>(high->c)));
    const UpperBound norm2 = MeanOfRows::squared_norm(x) * (1 + 0x1p-48);  // of x, and of c² below
    lower.add(static_cast<double>(low->c), x);
    upper.add(static_cast<double>(high->c), x);
    squares.add(c * c * norm2.value(), x);
    fourth = fourth +
             share * square(square(max(graddiv::above(low->c), graddiv::above(high->c)) * norm2));
  }
  if (!lower.is_finite() || !upper.is_finite() || !squares.is_finite()) return std::nullopt;
  return Hessians{eigenvalue_below(lower.mean()), eigenvalue_above(upper.mean()),
                  std::max(0.0, eigenvalue_above(squares.mean())), fourth};
}

}  // namespace

std::vector<UpperBound> fourth_moments(const Problem& problem, const Run& run,
                                       const MomentStart& start) {
  const auto hessians = run.mechanism.is_none() ? hessians_of(*problem.sum) : std::nullopt;
  UpperBound mean_square;
  UpperBound mean_fourth;
  const UpperBound share = graddiv::above(Rational(1, problem.size()));
  for (const UpperBound g : start.gradients) {
    mean_square = mean_square + share * square(g);
    mean_fourth = mean_fourth + share * square(square(g));
  }
  UpperBound V = square(square(start.distance));
  std::vector<UpperBound> result{V};
  UpperBound gamma;
  UpperBound draws;  // γB
  UpperBound rho;
  for (int k = 0; k < run.iterations; ++k) {
    if (!hessians || !std::isfinite(hessians->least) || !std::isfinite(hessians->most)) {
      result.push_back(std::numeric_limits<double>::infinity());
      continue;
    }
    if (k == 0 || !run.goes_on(k)) {
      const Enclosure drawn = run.gamma(k) * run.batch(k);
      gamma = graddiv::above(run.gamma(k));
      draws = graddiv::above(drawn);
      rho = max(graddiv::above(1 - drawn * Enclosure(hessians->least)),
                graddiv::above(1 - drawn * Enclosure(hessians->most)));
    }
    const auto B = static_cast<double>(run.batch(k));
    const UpperBound D = fourth_root(V);
    const UpperBound u = rho * D + draws * start.mean_gradient;
    const UpperBound s = square(sqrt(hessians->mean_square) * D + sqrt(mean_square));
    const UpperBound q =
        square(square(fourth_root(hessians->mean_fourth) * D + fourth_root(mean_fourth)));
    const UpperBound noise2 = square(gamma) * B * s;
    const UpperBound noise4 = square(square(gamma)) * (16 * B * q + 3 * B * (B - 1) * square(s));
    V = square(square(u)) + 8 * square(u) * noise2 + 3 * noise4;
    result.push_back(V);
  }
  return result;
}

}  // namespace graddiv
