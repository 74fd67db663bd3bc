#include "expectation/moment_recursion.h"

#include <algorithm>
#include <type_traits>

namespace graddiv::moments {
namespace {

// Up to this many entries of the triangle, the step is kept as a matrix on them: it is built once and has short entries, whereas the product
// of matrices is cheaper for large dimensions (d ≳ 8n).
constexpr int largest_flat_triangle = 250;

double log2_of(const Integer& x) {
  return x == 0 ? 0.0 : static_cast<double>(mpz_sizeinbase(x.backend().data(), 2));
}

template <class T>
constexpr bool is_exact = std::is_same_v<T, Integer>;

template <class T>
T zero() {
  if constexpr (is_exact<T>) {
    return 0;
  } else {
    return interval_around(0);
  }
}

Integer largest_row_sum(const std::vector<std::vector<std::pair<int, Integer>>>& rows) {
  Integer largest = 0;
  for (const auto& row : rows) {
    Integer sum = 0;
    for (const auto& [column, x] : row) sum += abs(x);
    largest = std::max(largest, sum);
  }
  return largest;
}

std::vector<std::pair<int, Integer>> sparse(const std::map<int, Integer>& row) {
  std::vector<std::pair<int, Integer>> result;
  for (const auto& [column, x] : row) {
    if (x != 0) result.emplace_back(column, x);
  }
  return result;
}

}  // namespace

void add_product(Interval& sum, const Integer& coefficient, const Interval& x) {
  Interval product = zero<Interval>();
  mpfi_mul_z(product.backend().data(), x.backend().data(), coefficient.backend().data());
  sum += product;
}

template <class T>
Moments<T>::Moments(int e)
    : e_(e), entries_(static_cast<std::size_t>(e * (e + 1) / 2), zero<T>()) {}

template <class T>
void Moments<T>::replace(std::vector<T> numerators, const Integer& divisor) {
  entries_ = std::move(numerators);
  if constexpr (is_exact<T>) {
    denominator_ *= divisor;
  } else {
    const Interval by = interval_around(Rational(divisor));
    for (Interval& x : entries_) x /= by;
  }
}

template <class T>
void Moments<T>::reduce() {
  if constexpr (is_exact<T>) {
    Integer common = denominator_;
    for (const Integer& x : entries_) {
      if (common == 1) return;
      common = gcd(common, x);
    }
    for (Integer& x : entries_) x /= common;
    denominator_ /= common;
  }
}

template <class T>
Recursion<T>::Recursion(const AffineGradients& gradients, bool track_sum)
    : gradients_(gradients),
      d_(gradients.dimension()),
      e_(track_sum ? 2 * d_ + 1 : d_ + 1),
      is_flat_(e_ * (e_ + 1) / 2 <= largest_flat_triangle) {
  if (is_flat_) build_noise_kernel();
}

template <class T>
Moments<T> Recursion<T>::start(const Vector<Rational>& w) const {
  Integer q = 1;
  for (const Rational& x : w) q = lcm(q, Integer(denominator(x)));
  std::vector<Integer> z(static_cast<std::size_t>(e_), Integer(0));  // q (w, 1, 0)
  for (int j = 0; j < d_; ++j)
    z[static_cast<std::size_t>(j)] = numerator(w[j]) * (q / denominator(w[j]));
  z[static_cast<std::size_t>(d_)] = q;
  std::vector<T> products;
  for (std::size_t a = 0; a < z.size(); ++a) {
    for (std::size_t b = a; b < z.size(); ++b) {
      if constexpr (is_exact<T>) {
        products.push_back(z[a] * z[b]);
      } else {
        products.push_back(interval_around(Rational(z[a] * z[b])));
      }
    }
  }
  Moments<T> S(e_);
  S.replace(std::move(products), q * q);
  return S;
}

template <class T>
void Recursion<T>::build_noise_kernel() {
  const Moments<T> triangle(e_);  // for its numbering of entries
  const Integer n = gradients_.size();
  std::vector<std::map<int, Integer>> rows(static_cast<std::size_t>(e_ * (e_ + 1) / 2));
  const auto add = [&](const Matrix<Integer>& C, const Integer& factor) {
    for (int r = 0; r < d_; ++r) {
      for (int s = r; s < d_; ++s) {
        auto& row = rows[triangle.index(r, s)];
        for (int a = 0; a <= d_; ++a) {
          for (int b = a; b <= d_; ++b) {
            Integer x = C(r, a) * C(s, b);
            if (a != b) x += C(r, b) * C(s, a);
            if (x != 0) row[static_cast<int>(triangle.index(a, b))] += factor * x;
          }
        }
      }
    }
  };
  for (int i = 0; i < gradients_.size(); ++i) add(gradients_.matrix(i), n);
  add(gradients_.sum(), Integer(-1));
  for (const auto& row : rows) noise_kernel_.push_back(sparse(row));
}

template <class T>
typename Recursion<T>::Step Recursion<T>::mean_step(const Rational& gamma, long B) const {
  const Integer p = numerator(gamma);
  const Integer h = denominator(gamma) * gradients_.denominator() * gradients_.size();
  Step step;
  step.divisor = h * h;
  step.noise = p * p * B;
  for (int a = 0; a < e_; ++a) {
    std::map<int, Integer> row{{a, h}};
    if (a < d_) {  // w⁺ = w − γBC̄z in the mean
      for (int b = 0; b <= d_; ++b) row[b] -= p * B * gradients_.sum()(a, b);
    } else if (a > d_) {  // u⁺ = u + w
      row[a - d_ - 1] = h;
    }
    step.rows.push_back(sparse(row));
  }
  return step;
}

template <class T>
typename Recursion<T>::Step Recursion<T>::flat_step(const Rational& gamma, long B) const {
  const Step mean = mean_step(gamma, B);
  const Moments<T> triangle(e_);
  Step step;
  step.divisor = mean.divisor;
  Integer common = step.divisor;
  for (int r = 0; r < e_; ++r) {
    for (int s = r; s < e_; ++s) {
      std::map<int, Integer> row;
      for (const auto& [a, x] : mean.rows[static_cast<std::size_t>(r)]) {
        for (const auto& [b, y] : mean.rows[static_cast<std::size_t>(s)]) {
          row[static_cast<int>(triangle.index(a, b))] += x * y;
        }
      }
      for (const auto& [column, x] : noise_kernel_[triangle.index(r, s)])
        row[column] += mean.noise * x;
      step.rows.push_back(sparse(row));
      for (const auto& [column, x] : step.rows.back()) common = gcd(common, x);
    }
  }
  step.divisor /= common;
  for (SparseRow& row : step.rows) {
    for (auto& [column, x] : row) x /= common;
  }
  return step;
}

template <class T>
const typename Recursion<T>::Step& Recursion<T>::step(const Rational& gamma, long B) {
  const auto key = std::make_pair(gamma, B);
  auto found = steps_.find(key);
  if (found == steps_.end()) {
    found = steps_.emplace(key, is_flat_ ? flat_step(gamma, B) : mean_step(gamma, B)).first;
  }
  return found->second;
}

template <class T>
double Recursion<T>::bits_per_step(const Rational& gamma, long B) const {
  if (is_flat_) {
    const Step step = flat_step(gamma, B);
    return std::max(log2_of(step.divisor), log2_of(largest_row_sum(step.rows)));
  }
  const Step step = mean_step(gamma, B);
  Integer squares = 0;  // of Ĉ_i, entry by entry, an upper bound of what the noise multiplies by
  for (int i = 0; i < gradients_.size(); ++i) {
    if (gradients_.is_rank_one()) {
      squares += gradients_.rows().row(i).squaredNorm() * gradients_.factors().row(i).squaredNorm();
    } else {
      squares += gradients_.matrices()[static_cast<std::size_t>(i)].squaredNorm();
    }
  }
  const Integer mean = largest_row_sum(step.rows);
  const Integer growth = mean * mean + step.noise * squares * gradients_.size() * (d_ + 1);
  return std::max(log2_of(step.divisor), log2_of(growth));
}

template <class T>
void Recursion<T>::advance(Moments<T>& S, const Rational& gamma, long B) {
  const Step& now = step(gamma, B);
  if (is_flat_) {
    advance_flat(S, now);
  } else {
    advance_matrix(S, now);
  }
}

template <class T>
void Recursion<T>::advance_flat(Moments<T>& S, const Step& step) const {
  std::vector<T> next(S.triangle().size(), zero<T>());
  for (std::size_t i = 0; i < next.size(); ++i) {
    for (const auto& [column, x] : step.rows[i]) {
      add_product(next[i], x, S.triangle()[static_cast<std::size_t>(column)]);
    }
  }
  S.replace(std::move(next), step.divisor);
}

template <class T>
void Recursion<T>::advance_matrix(Moments<T>& S, const Step& step) const {
  std::vector<T> next(S.triangle().size(), zero<T>());
  std::vector<T> row(static_cast<std::size_t>(e_), zero<T>());  // of M̂ S
  for (int r = 0; r < e_; ++r) {
    std::fill(row.begin(), row.end(), zero<T>());
    for (const auto& [a, x] : step.rows[static_cast<std::size_t>(r)]) {
      for (int b = 0; b < e_; ++b) add_product(row[static_cast<std::size_t>(b)], x, S.at(a, b));
    }
    for (int s = r; s < e_; ++s) {
      T& entry = next[S.index(r, s)];
      for (const auto& [b, x] : step.rows[static_cast<std::size_t>(s)])
        add_product(entry, x, row[static_cast<std::size_t>(b)]);
    }
  }
  add_noise(next, S, step);
  S.replace(std::move(next), step.divisor);
  S.reduce();
}

/// next += p²B ( n Σ Ĉ_i S Ĉ_iᵀ − Ĉ S Ĉᵀ ), on the block of w.
template <class T>
void Recursion<T>::add_noise(std::vector<T>& next, const Moments<T>& S, const Step& step) const {
  const auto add_congruence = [&](const Matrix<Integer>& C, const Integer& factor) {
    std::vector<T> row(static_cast<std::size_t>(d_ + 1), zero<T>());  // of Ĉ S
    for (int r = 0; r < d_; ++r) {
      std::fill(row.begin(), row.end(), zero<T>());
      for (int a = 0; a <= d_; ++a) {
        if (C(r, a) == 0) continue;
        for (int b = 0; b <= d_; ++b)
          add_product(row[static_cast<std::size_t>(b)], C(r, a), S.at(a, b));
      }
      for (int s = r; s < d_; ++s) {
        T entry = zero<T>();
        for (int b = 0; b <= d_; ++b) add_product(entry, C(s, b), row[static_cast<std::size_t>(b)]);
        add_product(next[S.index(r, s)], factor, entry);
      }
    }
  };
  add_congruence(gradients_.sum(), Integer(-step.noise));
  const Integer factor = step.noise * gradients_.size();
  for (int i = 0; i < gradients_.size(); ++i) {
    if (!gradients_.is_rank_one()) {
      add_congruence(gradients_.matrices()[static_cast<std::size_t>(i)], factor);
      continue;
    }
    T form = zero<T>();  // c_iᵀ S c_i
    for (int a = 0; a <= d_; ++a) {
      const Integer& ca = gradients_.factors()(i, a);
      if (ca == 0) continue;
      T row = zero<T>();
      for (int b = 0; b <= d_; ++b) add_product(row, gradients_.factors()(i, b), S.at(a, b));
      add_product(form, ca, row);
    }
    T scaled_form = zero<T>();
    add_product(scaled_form, factor, form);
    for (int r = 0; r < d_; ++r) {
      const Integer& xr = gradients_.rows()(i, r);
      if (xr == 0) continue;
      for (int s = r; s < d_; ++s) {
        const Integer xrs = xr * gradients_.rows()(i, s);
        if (xrs != 0) add_product(next[S.index(r, s)], xrs, scaled_form);
      }
    }
  }
}

template class Moments<Integer>;
template class Moments<Interval>;
template class Recursion<Integer>;
template class Recursion<Interval>;

}  // namespace graddiv::moments
