#include "expectation/interval_recursion.h"

#include <algorithm>

namespace graddiv::moments {
namespace {

// Up to this many entries of the triangle, the step is kept as a matrix on them.
constexpr std::size_t largest_flat_triangle = 250;

Interval no_interval() { return interval_around(0); }

Interval product(const Integer& coefficient, const Interval& x) {
  Interval result = no_interval();
  mpfi_mul_z(result.backend().data(), x.backend().data(), coefficient.backend().data());
  return result;
}

}  // namespace

void add_product(Interval& sum, const Integer& coefficient, const Interval& x) {
  sum += product(coefficient, x);
}

IntervalRecursion::IntervalRecursion(const AffineGradients& gradients, bool track_sum,
                                     const Vector<Rational>& start)
    : gradients_(gradients),
      d_(gradients.dimension()),
      track_sum_(track_sum),
      triangle_{track_sum ? 2 * d_ + 1 : d_ + 1},
      S_(triangle_.size(), no_interval()) {
  std::vector<Rational> z(start.begin(), start.end());
  z.emplace_back(Rational(1, gradients.constant_scale()));
  for (int a = 0; a <= d_; ++a) {
    for (int b = a; b <= d_; ++b) {
      S_[triangle_.index(a, b)] = interval_around(
          Rational(z[static_cast<std::size_t>(a)] * z[static_cast<std::size_t>(b)]));
    }
  }
  if (triangle_.size() <= largest_flat_triangle) flat_.emplace(gradients, track_sum);
}

void IntervalRecursion::advance(const Rational& gamma, long B) {
  std::vector<Interval> next;
  Interval divisor;
  if (flat_) {
    const SparseStep& step = flat_->at(gamma, B);
    next.assign(S_.size(), no_interval());
    for (std::size_t i = 0; i < next.size(); ++i) {
      for (const auto& [column, x] : step.rows[i])
        add_product(next[i], x, S_[static_cast<std::size_t>(column)]);
    }
    divisor = interval_around(Rational(step.divisor));
  } else {
    const SparseStep mean = mean_step(gradients_, track_sum_, gamma, B);
    const MechanismNoise mechanism = gradients_.mechanism_noise(B);
    next = mean_square(mean);
    for (Interval& x : next) x = product(mechanism.denominator, x);
    add_noise(next, noise_factor(gamma, B), mechanism);
    divisor = interval_around(Rational(mechanism.denominator * mean.divisor * mean.divisor));
  }
  for (Interval& x : next) x /= divisor;
  S_ = std::move(next);
}

/// M̂ S M̂ᵀ.
std::vector<Interval> IntervalRecursion::mean_square(const SparseStep& mean) const {
  const int e = triangle_.e;
  std::vector<Interval> next(S_.size(), no_interval());
  std::vector<Interval> row(static_cast<std::size_t>(e), no_interval());  // of M̂ S
  for (int r = 0; r < e; ++r) {
    std::fill(row.begin(), row.end(), no_interval());
    for (const auto& [a, x] : mean.rows[static_cast<std::size_t>(r)]) {
      for (int b = 0; b < e; ++b) add_product(row[static_cast<std::size_t>(b)], x, at(a, b));
    }
    for (int s = r; s < e; ++s) {
      Interval& entry = next[triangle_.index(r, s)];
      for (const auto& [b, x] : mean.rows[static_cast<std::size_t>(s)])
        add_product(entry, x, row[static_cast<std::size_t>(b)]);
    }
  }
  return next;
}

/// next += factor · N(S), on the block of w.
void IntervalRecursion::add_noise(std::vector<Interval>& next, const Integer& factor,
                                  const MechanismNoise& mechanism) const {
  const Integer& t = mechanism.denominator;
  add_congruence(next, gradients_.sum(), {-factor * t, -factor * t});
  const Integer of_each = factor * gradients_.size();
  const Factors factors{of_each * t, of_each * (t + mechanism.of_squares)};
  for (int i = 0; i < gradients_.size(); ++i) {
    if (gradients_.is_rank_one()) {
      add_rank_one(next, i, factors);
    } else {
      add_congruence(next, gradients_.matrices()[static_cast<std::size_t>(i)], factors);
    }
  }
  const Integer of_constant = factor * mechanism.constant;
  for (int r = 0; r < d_ && of_constant != 0; ++r)
    add_product(next[triangle_.index(r, r)], of_constant, at(d_, d_));
}

/// next += C S Cᵀ, times the factors.
void IntervalRecursion::add_congruence(std::vector<Interval>& next, const Matrix<Integer>& C,
                                       const Factors& factors) const {
  std::vector<Interval> row(static_cast<std::size_t>(d_ + 1), no_interval());  // of C S
  for (int r = 0; r < d_; ++r) {
    std::fill(row.begin(), row.end(), no_interval());
    for (int a = 0; a <= d_; ++a) {
      if (C(r, a) == 0) continue;
      for (int b = 0; b <= d_; ++b)
        add_product(row[static_cast<std::size_t>(b)], C(r, a), at(a, b));
    }
    for (int s = r; s < d_; ++s) {
      Interval entry = no_interval();
      for (int b = 0; b <= d_; ++b) add_product(entry, C(s, b), row[static_cast<std::size_t>(b)]);
      add_product(next[triangle_.index(r, s)], factors.at(r, s), entry);
    }
  }
}

/// next += (c_iᵀ S c_i) x_i x_iᵀ, times the factors.
void IntervalRecursion::add_rank_one(std::vector<Interval>& next, int i,
                                     const Factors& factors) const {
  Interval form = no_interval();
  for (int a = 0; a <= d_; ++a) {
    const Integer& ca = gradients_.factors()(i, a);
    if (ca == 0) continue;
    Interval row = no_interval();
    for (int b = 0; b <= d_; ++b) add_product(row, gradients_.factors()(i, b), at(a, b));
    add_product(form, ca, row);
  }
  for (int r = 0; r < d_; ++r) {
    const Integer& xr = gradients_.rows()(i, r);
    if (xr == 0) continue;
    for (int s = r; s < d_; ++s) {
      const Integer xrs = xr * gradients_.rows()(i, s);
      if (xrs != 0) add_product(next[triangle_.index(r, s)], xrs * factors.at(r, s), form);
    }
  }
}

}  // namespace graddiv::moments
