#include "expectation/exact_recursion.h"

#include <algorithm>

#include "expectation/moment_growth.h"

namespace graddiv::moments {
namespace {

/// The entries as words where 2xy is one for every two of them.
std::optional<Matrix<long>> short_entries(const Matrix<Integer>& m) {
  const Integer most = Integer(1) << 30;
  for (const Integer& x : m.reshaped()) {
    if (abs(x) >= most) return std::nullopt;
  }
  return Matrix<long>(m.unaryExpr([](const Integer& x) { return static_cast<long>(x); }));
}

/// Products of a coefficient and a long number in a step, for either form.
struct Work {
  double flat;
  double large;
};

Work work_of_step(const AffineGradients& gradients, const Triangle& triangle) {
  const double d = gradients.dimension();
  const double n = gradients.size();
  const double e = triangle.e;
  const double of_w = d * (d + 1) / 2;
  const double of_z = (d + 1) * (d + 2) / 2;
  // A coefficient of the flat step is as long as h², one of the other as Ĉ_i or Ĉ.
  const double length = 1.0 + static_cast<double>(bits_of(gradients.denominator())) / 32.0;
  Work work{};
  work.flat = length * (of_w * of_z + d * (d + 1) + (e - d - 1) * 4 * e);
  const double of_square =
      gradients.is_rank_one() ? of_w + of_z : d * (d + 1) * (d + 1) + of_w * (d + 1);
  work.large = n * of_square + d * (d + 1) * e + of_w * (d + 1) + 2 * length * e * e;
  return work;
}

Triangle triangle_of(const AffineGradients& gradients, bool track_sum) {
  const int d = gradients.dimension();
  return {track_sum ? 2 * d + 1 : d + 1};
}

}  // namespace

double products_per_step(const AffineGradients& gradients, bool track_sum) {
  const Work work = work_of_step(gradients, triangle_of(gradients, track_sum));
  return std::min(work.flat, work.large);
}

ExactRecursion::ExactRecursion(const AffineGradients& gradients, bool track_sum,
                               const Vector<Rational>& start)
    : gradients_(gradients),
      d_(gradients.dimension()),
      triangle_(triangle_of(gradients, track_sum)),
      S_(triangle_.size()),
      next_(triangle_.size()) {
  Integer q = gradients.constant_scale();
  for (const Rational& x : start) q = lcm(q, Integer(boost::multiprecision::denominator(x)));
  std::vector<Integer> z;  // q (w, 1/s)
  for (const Rational& x : start)
    z.emplace_back(numerator(x) * (q / boost::multiprecision::denominator(x)));
  z.emplace_back(q / gradients.constant_scale());
  for (int a = 0; a <= d_; ++a) {
    for (int b = a; b <= d_; ++b)
      S_.set(triangle_.index(a, b),
             z[static_cast<std::size_t>(a)] * z[static_cast<std::size_t>(b)]);
  }
  denominator_ = Factored(Integer(q * q));
  bits_ = S_.bits();
  const Work work = work_of_step(gradients, triangle_);
  if (work.flat <= work.large) {
    flat_.emplace(gradients, track_sum);
  } else if (gradients.is_rank_one()) {
    short_rows_ = short_entries(gradients.rows());
    short_factors_ = short_entries(gradients.factors());
    if (!short_rows_ || !short_factors_) short_rows_.reset();
  }
}

void ExactRecursion::advance(const Rational& gamma, long B) {
  if (flat_) {
    advance_flat(flat_step(gamma, B));
  } else {
    advance_large(large_step(gamma, B));
  }
  bits_ = S_.bits();
}

const FlatStep& ExactRecursion::flat_step(const Rational& gamma, long B) {
  auto& of_batch = flat_steps_[B];
  auto found = of_batch.find(gamma);
  if (found == of_batch.end()) {
    const SparseStep& step = flat_->at(gamma, B);
    FlatStep flat{{}, Factored(step.divisor), bits_of(largest_row_sum(step.rows))};
    for (const SparseRow& row : step.rows) flat.rows.emplace_back(row);
    found = of_batch.emplace(gamma, std::move(flat)).first;
  }
  return found->second;
}

void ExactRecursion::advance_flat(const FlatStep& step) {
  next_.set_combinations(step.rows, S_, bits_ + step.growth);
  swap(S_, next_);
  denominator_ *= step.divisor;
}

const LargeStep& ExactRecursion::large_step(const Rational& gamma, long B) {
  const auto key = std::make_pair(gamma, B);
  auto found = large_steps_.find(key);
  if (found != large_steps_.end()) return found->second;
  const Integer n = gradients_.size();
  const Integer h = boost::multiprecision::denominator(gamma) * gradients_.denominator() * n;
  const Integer pB = numerator(gamma) * B;
  const Integer noise = noise_factor(gamma, B);
  const MechanismNoise mechanism = gradients_.mechanism_noise(B);
  const Integer& t = mechanism.denominator;
  LargeStep step{.of_S = t * h * h,
                 .of_G = t * h * pB,
                 .of_mean = t * noise * (B - 1),
                 .of_squares = t * noise * n,
                 .of_diagonal_squares = (t + mechanism.of_squares) * noise * n,
                 .of_constant = noise * mechanism.constant,
                 .divisor = {},
                 .growth = 0};
  const auto coefficients = {
      &step.of_S,       &step.of_G, &step.of_mean, &step.of_squares, &step.of_diagonal_squares,
      &step.of_constant};
  Integer common = 0;
  for (const Integer* x : coefficients) common = gcd(common, *x);
  for (Integer* x : coefficients) *x /= common;
  step.divisor = Factored(step.of_S);
  // For |S_ab| ≤ 1: u⁺ = u + w gives up to 4, the block of w the sum of its four terms.
  const Integer of_C = largest_row_sum(gradients_.sum());
  const Integer largest = 4 * step.of_S + 4 * abs(step.of_G) * of_C +
                          abs(step.of_mean) * of_C * of_C +
                          step.of_diagonal_squares * largest_squares(gradients_) + step.of_constant;
  step.growth = bits_of(largest);
  return large_steps_.emplace(key, std::move(step)).first->second;
}

void ExactRecursion::advance_large(const LargeStep& step) {
  const int e = triangle_.e;
  const std::size_t bits = bits_ + step.growth;
  next_.clear(bits);
  const Integer minus_of_G = -step.of_G;
  WideIntegers G(static_cast<std::size_t>(e));  // a row of Ĉ S
  WideIntegers product(1);
  Combination terms;
  const auto G_row = [&](int r) {
    G.clear(bits);
    for (int b = 0; b < e; ++b) {
      terms.clear();
      for (int a = 0; a <= d_; ++a) {
        const Integer& x = gradients_.sum()(r, a);
        if (x != 0) terms.add(triangle_.index(a, b), x);
      }
      G.add_combination(static_cast<std::size_t>(b), terms, S_);
    }
  };
  for (int r = 0; r < d_; ++r) {
    G_row(r);
    for (int s = 0; s < d_; ++s) {  // −hpB (G + Gᵀ), twice on the diagonal
      const std::size_t rs = triangle_.index(r, s);
      next_.add_product(rs, minus_of_G, G, static_cast<std::size_t>(s));
      if (r == s) next_.add_product(rs, minus_of_G, G, static_cast<std::size_t>(s));
    }
    if (step.of_mean != 0) {
      for (int s = r; s < d_; ++s) {
        terms.clear();
        for (int b = 0; b <= d_; ++b) {
          const Integer& x = gradients_.sum()(s, b);
          if (x != 0) terms.add(static_cast<std::size_t>(b), x);
        }
        product.clear(bits);
        product.add_combination(0, terms, G);
        next_.add_product(triangle_.index(r, s), step.of_mean, product, 0);
      }
    }
    // E w⁺ and, with the sum, E w⁺u⁺ᵀ for u⁺ = u + w.
    next_.add_product(triangle_.index(r, d_), minus_of_G, G, static_cast<std::size_t>(d_));
    for (int b = d_ + 1; b < e; ++b) {
      const std::size_t rb = triangle_.index(r, b);
      next_.add_product(rb, minus_of_G, G, static_cast<std::size_t>(b));
      next_.add_product(rb, minus_of_G, G, static_cast<std::size_t>(b - d_ - 1));
    }
  }
  if (short_rows_) {
    add_rank_one_squares(step, bits, *short_rows_, *short_factors_);
  } else if (gradients_.is_rank_one()) {
    add_rank_one_squares(step, bits, gradients_.rows(), gradients_.factors());
  } else {
    add_squares(step, bits);
  }
  for (int r = 0; r < d_ && step.of_constant != 0; ++r)
    next_.add_product(triangle_.index(r, r), step.of_constant, S_, triangle_.index(d_, d_));
  // h² times what stays: S, with u + w in the place of u.
  for (int a = 0; a < e; ++a) {
    for (int b = a; b < e; ++b) {
      const std::size_t ab = triangle_.index(a, b);
      const auto add = [&](int i, int j) {
        next_.add_product(ab, step.of_S, S_, triangle_.index(i, j));
      };
      add(a, b);
      if (b > d_) add(a, b - d_ - 1);
      if (a > d_) {
        add(a - d_ - 1, b);
        add(a - d_ - 1, b - d_ - 1);
      }
    }
  }
  swap(S_, next_);
  denominator_ *= step.divisor;
  reduce();
}

/// next += p²Bn Σ (t Ĉ_i S Ĉ_iᵀ + a diag(Ĉ_i S Ĉ_iᵀ)).
void ExactRecursion::add_squares(const LargeStep& step, std::size_t bits) {
  WideIntegers row(static_cast<std::size_t>(d_ + 1));  // of Ĉ_i S
  WideIntegers product(1);
  Combination terms;
  for (const Matrix<Integer>& C : gradients_.matrices()) {
    for (int r = 0; r < d_; ++r) {
      row.clear(bits);
      for (int b = 0; b <= d_; ++b) {
        terms.clear();
        for (int a = 0; a <= d_; ++a) {
          if (C(r, a) != 0) terms.add(triangle_.index(a, b), C(r, a));
        }
        row.add_combination(static_cast<std::size_t>(b), terms, S_);
      }
      for (int s = r; s < d_; ++s) {
        terms.clear();
        for (int b = 0; b <= d_; ++b) {
          if (C(s, b) != 0) terms.add(static_cast<std::size_t>(b), C(s, b));
        }
        product.clear(bits);
        product.add_combination(0, terms, row);
        next_.add_product(triangle_.index(r, s), step.of_square(r, s), product, 0);
      }
    }
  }
}

/// next += p²Bn Σ (c_iᵀ S c_i) (t x_i x_iᵀ + a diag(x_i x_iᵀ)).
template <class Int>
void ExactRecursion::add_rank_one_squares(const LargeStep& step, std::size_t bits,
                                          const Matrix<Int>& rows, const Matrix<Int>& factors) {
  const Eigen::Index n = rows.rows();
  WideIntegers squares(static_cast<std::size_t>(n));  // c_iᵀ S c_i
  WideIntegers entry(1);
  squares.clear(bits);
  Combination terms;
  for (Eigen::Index i = 0; i < n; ++i) {
    terms.clear();
    for (int a = 0; a <= d_; ++a) {
      if (factors(i, a) == 0) continue;
      terms.add(triangle_.index(a, a), Int(factors(i, a) * factors(i, a)));
      const Int twice = 2 * factors(i, a);
      for (int b = a + 1; b <= d_; ++b) {
        if (factors(i, b) != 0) terms.add(triangle_.index(a, b), Int(twice * factors(i, b)));
      }
    }
    squares.add_combination(static_cast<std::size_t>(i), terms, S_);
  }
  for (int r = 0; r < d_; ++r) {
    for (int s = r; s < d_; ++s) {
      terms.clear();
      for (Eigen::Index i = 0; i < n; ++i) {
        const Int x = rows(i, r) * rows(i, s);
        if (x != 0) terms.add(static_cast<std::size_t>(i), x);
      }
      entry.clear(bits);
      entry.add_combination(0, terms, squares);
      next_.add_product(triangle_.index(r, s), step.of_square(r, s), entry, 0);
    }
  }
}

/// Takes the factor common to the denominator and all numerators out of them.
void ExactRecursion::reduce() {
  Integer common = denominator_.value();
  for (std::size_t i = 0; i < S_.size(); ++i) {
    if (common == 1) return;
    common = i == 0 ? denominator_.common_divisor(S_.at(0)) : gcd(common, S_.at(i));
  }
  if (common == 1) return;
  WideIntegers reduced(S_.size());
  for (std::size_t i = 0; i < S_.size(); ++i) {
    Integer x = S_.at(i);
    mpz_divexact(x.backend().data(), x.backend().data(), common.backend().data());
    reduced.set(i, x);
  }
  swap(S_, reduced);
  denominator_.divide_by(common);
}

}  // namespace graddiv::moments
