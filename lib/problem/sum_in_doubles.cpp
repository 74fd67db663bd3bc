#include "problem/sum_in_doubles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include "number/exact.h"
#include "number/precision.h"
#include "problem/families/loss_facts.h"
#include "problem/families/row_kernel.h"
#include "problem/kernel.h"

namespace graddiv {
namespace {

using Eigen::Index;

constexpr Index rows_at_once = 256;
constexpr double epsilon = std::numeric_limits<double>::epsilon();  // 2u
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr unsigned bits = 64;  // of what is enclosed: rounding of doubles is the larger error

/// Few operations on positive numbers in doubles, made larger than they can be.
double above(double x) { return x * (1 + 1e-10); }

UpperBound norm(const Vector<Enclosure>& x) { return graddiv::above(sqrt(x.squaredNorm())); }

Enclosure near(double x, UpperBound error) {
  if (!error.is_finite()) return Enclosure::anything();
  const Enclosure e(error.value());
  return Enclosure::hull(Enclosure(x) - e, Enclosure(x) + e);
}

/// c where the curvature of a function is c x xᵀ.
double factor_of(const std::optional<SymmetricMatrix>& curvature) {
  const auto* f = curvature ? std::get_if<SymmetricMatrix::RankOne>(&curvature->form()) : nullptr;
  if (f == nullptr) throw std::invalid_argument("the functions are not those of rows");
  return static_cast<double>(f->c);
}

KernelRounding rounding_of(const FiniteSum& sum) {
  auto rounding = KernelRounding::of(sum);
  if (!rounding || !sum.facts().rows) throw std::invalid_argument("no rounding of it is known");
  return *rounding;
}

}  // namespace

SumInDoubles::SumInDoubles(const FiniteSum& sum, Loss loss, Rational tau,
                           const Vector<Rational>& targets)
    : loss_(loss),
      tau_(std::move(tau)),
      exact_targets_(targets),
      targets_(to_double(targets)),
      rounding_(rounding_of(sum)) {
  X_ = std::make_shared<const RowMajor>(to_double(*sum.facts().rows));
  squared_norms_ = X_->rowwise().squaredNorm();
  const Index n = X_->rows();
  lower_.resize(n);
  upper_.resize(n);
  bound_.resize(n);
  for (Index i = 0; i < n; ++i) {
    const FunctionFacts& f = sum.facts(static_cast<int>(i));
    lower_(i) = factor_of(f.curvature.lower);
    upper_(i) = factor_of(f.curvature.upper);
    // Products with shorter rows may vanish in doubles.
    constexpr double shortest = 1e-250;
    const bool is_zero = std::ranges::none_of(f.support, std::identity{});
    if (!std::isfinite(squared_norms_(i)) || (squared_norms_(i) < shortest && !is_zero))
      throw std::invalid_argument("a row is too short or too long for doubles");
    bound_(i) =
        f.squared_gradient_bound ? static_cast<double>(*f.squared_gradient_bound) : infinity;
  }
}

/// Sums over all functions in doubles: blocks of rows, then the sums of blocks.
struct SumInDoubles::Pass {
  Vector<double> gradient;
  double value = 0, squares = 0;
  double largest_square = 0, largest_value = 0;

  /// How many additions a term goes through at most.
  static double additions(Index n) {
    return static_cast<double>(rows_at_once + n / rows_at_once + 2);
  }
};

SumInDoubles::Pass SumInDoubles::pass(const Vector<double>& w,
                                      Vector<double>* squared_norms) const {
  const Index n = X_->rows();
  const Index d = X_->cols();
  Pass all{Vector<double>::Zero(d)};
  Vector<double> gradient(d);
  Vector<double> values(rows_at_once);
  Vector<double> squares(rows_at_once);
  for (Index first = 0; first < n; first += rows_at_once) {
    const auto count = static_cast<std::size_t>(std::min(rows_at_once, n - first));
    const LabelledRows<double> block = {
        {X_->data() + first * d, count * static_cast<std::size_t>(d)},
        {targets_.data() + first, count},
        {squared_norms_.data() + first, count}};
    gradient.setZero();
    const BlockResult<double> result{{values.data(), count},
                                     {squares.data(), count},
                                     {gradient.data(), static_cast<std::size_t>(d)}};
    value_and_gradient(loss_, static_cast<double>(tau_), block,
                       {w.data(), static_cast<std::size_t>(d)}, result);
    all.gradient += gradient;
    all.value += values.head(static_cast<Index>(count)).sum();
    all.squares += squares.head(static_cast<Index>(count)).sum();
    all.largest_value =
        std::max(all.largest_value, values.head(static_cast<Index>(count)).maxCoeff());
    all.largest_square =
        std::max(all.largest_square, squares.head(static_cast<Index>(count)).maxCoeff());
    if (squared_norms != nullptr)
      squared_norms->segment(first, static_cast<Index>(count)) =
          squares.head(static_cast<Index>(count));
  }
  return all;
}

double SumInDoubles::value(const Vector<double>& w) const {
  return pass(w).value / static_cast<double>(X_->rows()) +
         static_cast<double>(ridge_) * w.squaredNorm() / 2;
}

Vector<double> SumInDoubles::gradient(const Vector<double>& w) const {
  return pass(w).gradient / static_cast<double>(X_->rows()) + static_cast<double>(ridge_) * w;
}

// At the doubles ŵ next to w, ‖w − ŵ‖ ≤ ρ, with ĝ_i for ∇f_i(ŵ), ‖ĝ_i − ∇f_i(ŵ)‖ ≤ e, and β for
// all f_i: ‖∇f_i(w) − ĝ_i‖ ≤ e + βρ, ‖∇f_i(w)‖ ≤ G = max ‖ĝ_i‖ + e + βρ, also between w and ŵ, and
// |f_i(w) − f_i(ŵ)| ≤ Gρ. A sum of terms that go through m additions at most is off by 2mu times
// the sum of their absolute values.
SumInDoubles::At SumInDoubles::plain_at(const Vector<Enclosure>& w) const {
  const PrecisionScope scope(bits);
  const Vector<double> at =
      w.unaryExpr([](const Enclosure& x) { return x.is_bounded() ? x.approximate() : infinity; });
  const At unknown{Enclosure::anything(),
                   Vector<Enclosure>::Constant(w.size(), Enclosure::anything()),
                   Enclosure::anything(), infinity, infinity};
  if (!at.allFinite()) return unknown;
  const Pass all = pass(at);
  if (!all.gradient.allFinite() || !std::isfinite(all.value) || !std::isfinite(all.squares))
    return unknown;

  const auto n = static_cast<double>(X_->rows());
  const auto d = static_cast<double>(X_->cols());
  const Vector<Enclosure> exact_at = enclose(exact_rational(at));
  const UpperBound off = norm(w - exact_at);
  const UpperBound M = norm(exact_at);
  const double u = KernelRounding::u;
  const UpperBound m = Pass::additions(X_->rows()) + 4;
  const UpperBound e = rounding_.gradient_error(M) + rounding_.smoothness() * off;
  const UpperBound longest = sqrt(UpperBound(all.largest_square)) * (1 + (d + 8) * u);
  const UpperBound G = longest + e;
  const UpperBound of_value = rounding_.value_error(M) + G * off;
  // Losses are not negative.
  const double mean = all.value / n;
  const UpperBound of_mean = of_value + 2 * m * u * (mean + of_value);
  const UpperBound of_gradient = e + 2 * m * u * G;
  const UpperBound of_squares = e * (2 * G + e) + 4 * (m + d + 8) * u * square(G);
  At result{max(near(mean, of_mean), 0), Vector<Enclosure>(w.size()),
            max(near(all.squares / n, of_squares), 0), G, all.largest_value + of_value};
  for (Index j = 0; j < w.size(); ++j)
    result.gradient(j) = near(all.gradient(j) / n, of_gradient + 2 * u * G);
  return result;
}

// (1/n) Σ ‖∇f_i + ρw‖² = M² + 2ρ⟨∇F, w⟩ + ρ²‖w‖².
SumInDoubles::At SumInDoubles::at(const Vector<Enclosure>& w) const {
  At result = plain_at(w);
  if (ridge_ == 0 || !result.value.is_bounded()) return result;
  const PrecisionScope scope(bits);
  const Enclosure rho = enclose(ridge_);
  const Enclosure squares = w.squaredNorm();
  result.second_moment =
      max(result.second_moment + 2 * rho * result.gradient.dot(w) + square(rho) * squares, 0);
  result.value += rho * squares / 2;
  result.gradient += w * rho;
  result.largest_gradient = result.largest_gradient + graddiv::above(rho) * norm(w);
  result.largest_value = result.largest_value + graddiv::above(rho * squares / 2);
  return result;
}

SumInDoubles SumInDoubles::regularized(const Rational& rho) const {
  SumInDoubles result = *this;
  result.ridge_ += rho;
  return result;
}

std::optional<SumInDoubles::Ball> SumInDoubles::Ball::around(const Domain& W) {
  const auto sides = W.coordinate_ranges();
  if (!sides) return std::nullopt;
  if (W.kind() == Domain::Kind::ball) return Ball{enclose(W.center()), enclose(W.radius())};
  const Vector<Enclosure> center = sides->unaryExpr(
      [](const Enclosure& x) { return enclose(Rational((lower_end(x) + upper_end(x)) / 2)); });
  Enclosure squares = 0;
  for (Index j = 0; j < center.size(); ++j)
    squares += square(((*sides)(j).upper() - (*sides)(j).lower()) / 2);
  return Ball{center, sqrt(squares)};
}

// Each entry of the sum goes through n additions; a weight, two coordinates and their products are
// rounded, the first three by 2u (they may be cut off). What that does is below so many u times the
// matrix Σ |w_i| |x_i| |x_i|ᵀ, whose spectral norm is Σ |w_i| ‖x_i‖² at most.
NearMatrix SumInDoubles::weighted_gram(const Vector<double>& weights) const {
  const auto n = static_cast<double>(X_->rows());
  const RowMajor scaled = weights.asDiagonal() * *X_;
  NearMatrix result{X_->transpose() * scaled / n};
  const double total = weights.cwiseAbs().dot(squared_norms_) / n;
  result.radius = above((n + 16) * epsilon * total);
  return result;
}

// ρ and the sums on the diagonal are rounded by u each, which is a diagonal matrix.
NearMatrix SumInDoubles::with_ridge(NearMatrix curvature) const {
  if (ridge_ == 0) return curvature;
  const auto rho = static_cast<double>(ridge_);
  curvature.middle.diagonal().array() += rho;
  const double largest = curvature.middle.diagonal().cwiseAbs().maxCoeff() + rho;
  curvature.radius = above(curvature.radius + 4 * epsilon * largest);
  return curvature;
}

// That of logistic losses falls with |z|, and intervals are wider than that.
Enclosure SumInDoubles::second_derivative(Index i, const Enclosure& z) const {
  const Enclosure farthest = max(abs(z.lower()), abs(z.upper())).as_interval();
  return detail::loss_second_derivative(loss_, loss_ == Loss::logistic ? farthest : z,
                                        enclose(exact_targets_(i)), enclose(tau_));
}

// x_iᵀw for ‖w − c‖ ≤ R: x̂ᵀĉ, off by (d + 4) u ‖x_i‖ ‖c‖, ± R ‖x_i‖.
NearMatrix SumInDoubles::least_curvature(const std::optional<Ball>& ball) const {
  if (!ball) return with_ridge(weighted_gram(lower_));
  const PrecisionScope scope(bits);
  const Vector<double> center =
      ball->center.unaryExpr([](const Enclosure& x) { return x.approximate(); });
  const double size = norm(ball->center).value();
  const double radius =
      (above(ball->radius) + norm(ball->center - enclose(exact_rational(center)))).value();
  const auto d = static_cast<double>(X_->cols());
  const Vector<double> middle = *X_ * center;
  Vector<double> weights = lower_;
  for (Index i = 0; i < X_->rows(); ++i) {
    if (lower_(i) == upper_(i)) continue;
    const double length = std::sqrt(squared_norms_(i));
    const double half = above(length * (radius + (d + 8) * epsilon * size));
    if (!std::isfinite(half) || !std::isfinite(middle(i))) continue;
    const Enclosure second = second_derivative(i, near(middle(i), half));
    if (!second.is_bounded()) continue;
    weights(i) = std::max(weights(i), second.lower().approximate());
  }
  return with_ridge(weighted_gram(weights));
}

NearMatrix SumInDoubles::most_curvature() const { return with_ridge(weighted_gram(upper_)); }

std::optional<SumInDoubles::Lengths> SumInDoubles::gradients(
    const std::optional<Ball>& ball) const {
  const PrecisionScope scope(bits);
  const auto n = static_cast<double>(X_->rows());
  const auto d = static_cast<double>(X_->cols());
  Vector<double> at_center;
  double error = 0;
  double radius = infinity;
  double of_ridge = 0;  // ρ‖w‖
  if (!ball && ridge_ != 0) return std::nullopt;
  if (ball) {
    const Vector<double> center =
        ball->center.unaryExpr([](const Enclosure& x) { return x.approximate(); });
    const Vector<Enclosure> exact_center = enclose(exact_rational(center));
    at_center.resize(X_->rows());
    pass(center, &at_center);
    error = rounding_.gradient_error(norm(exact_center)).value();
    radius = (above(ball->radius) + norm(ball->center - exact_center)).value();
    of_ridge =
        (graddiv::above(enclose(ridge_)) * (above(ball->radius) + norm(ball->center))).value();
  }
  double largest = 0;
  double squares = 0;
  for (Index i = 0; i < X_->rows(); ++i) {
    double squared = bound_(i);
    if (ball) {
      const double beta = std::max(std::abs(lower_(i)), std::abs(upper_(i))) * squared_norms_(i);
      const double length = std::sqrt(at_center(i)) + error + beta * radius;
      if (length * length < squared) squared = length * length;
    }
    if (of_ridge > 0) squared = (std::sqrt(squared) + of_ridge) * (std::sqrt(squared) + of_ridge);
    largest = std::max(largest, squared);
    squares += squared;
  }
  const double slack = 1 + 1e-10 + 8 * (n + d + 32) * epsilon;
  if (!std::isfinite(squares)) return std::nullopt;
  return Lengths{std::sqrt(largest) * slack, squares / n * slack};
}

// As weighted_gram, with rows scaled by s_i, which is off by (d + 8) u for unit length; sums of n
// or of d terms.
NearMatrix SumInDoubles::smaller_gram(Rows rows) const {
  Vector<double> scales = Vector<double>::Ones(X_->rows());
  if (rows == Rows::unit) {
    scales = squared_norms_.unaryExpr([](double x) { return x > 0 ? 1 / std::sqrt(x) : 0.0; });
  }
  const RowMajor Z = scales.asDiagonal() * *X_;
  NearMatrix result;
  if (Z.cols() <= Z.rows()) {
    result.middle = Z.transpose() * Z;
  } else {
    result.middle = Z * Z.transpose();
  }
  const auto additions = static_cast<double>(Z.rows() + Z.cols());
  result.radius = above((2 * additions + 64) * epsilon * Z.squaredNorm());
  return result;
}

}  // namespace graddiv
