#include "expectation/moment_step.h"

#include <algorithm>

namespace graddiv::moments {
namespace {

int state_size(const AffineGradients& gradients, bool track_sum) {
  return track_sum ? 2 * gradients.dimension() + 1 : gradients.dimension() + 1;
}

std::size_t longest(const Matrix<Integer>& m) {
  std::size_t bits = 0;
  for (const Integer& x : m.reshaped())
    bits = std::max(bits, mpz_sizeinbase(x.backend().data(), 2));
  return bits;
}

/// n Σ Ĉ_i S Ĉ_iᵀ − Ĉ S Ĉᵀ on triangles: row (r, s) of the block of w, column (a, b) of the block
/// of (w, 1).
template <class Int>
Matrix<Int> noise_matrix(const AffineGradients& gradients) {
  const int d = gradients.dimension();
  const int n = gradients.size();
  const Triangle rows{d};
  const Triangle columns{d + 1};
  Matrix<Int> result = Matrix<Int>::Zero(static_cast<Eigen::Index>(columns.size()),
                                         static_cast<Eigen::Index>(rows.size()));
  const auto add = [&](const Matrix<Integer>& exact, const Int& factor) {
    const Matrix<Int> C = exact.unaryExpr([](const Integer& x) { return static_cast<Int>(x); });
    for (int r = 0; r < d; ++r) {
      for (int s = r; s < d; ++s) {
        auto row = result.col(static_cast<Eigen::Index>(rows.index(r, s)));
        Eigen::Index column = 0;
        for (int a = 0; a <= d; ++a) {
          const Int ra = factor * C(r, a);
          const Int sa = factor * C(s, a);
          row(column++) += ra * C(s, a);
          for (int b = a + 1; b <= d; ++b) row(column++) += ra * C(s, b) + sa * C(r, b);
        }
      }
    }
  };
  for (int i = 0; i < n; ++i) add(gradients.matrix(i), Int(n));
  add(gradients.sum(), Int(-1));
  return result;
}

template <class Int>
std::vector<SparseRow> noise_rows(const AffineGradients& gradients, const Triangle& triangle) {
  const Matrix<Int> dense = noise_matrix<Int>(gradients);
  const int d = gradients.dimension();
  std::vector<SparseRow> result;
  Eigen::Index index = 0;
  for (int r = 0; r < d; ++r) {
    for (int s = r; s < d; ++s, ++index) {
      SparseRow row;
      Eigen::Index column = 0;
      for (int a = 0; a <= d; ++a) {
        for (int b = a; b <= d; ++b, ++column) {
          const Int& x = dense(column, index);
          if (x != 0) row.emplace_back(static_cast<int>(triangle.index(a, b)), Integer(x));
        }
      }
      result.push_back(std::move(row));
    }
  }
  return result;
}

/// Whether no sum in noise_matrix can leave 63 bits: |x| ≤ 2 n² c² + 2 (Σ|ĉ_i|)² with |ĉ_i| ≤ c.
bool fits_in_words(const AffineGradients& gradients) {
  std::size_t bits = 0;
  for (int i = 0; i < gradients.size(); ++i) bits = std::max(bits, longest(gradients.matrix(i)));
  const auto n_bits = mpz_sizeinbase(Integer(gradients.size()).backend().data(), 2);
  return 2 * (bits + n_bits) + 2 <= 62;
}

}  // namespace

Integer noise_factor(const Rational& gamma, long B) {
  const Integer p = numerator(gamma);
  return p * p * B;
}

SparseStep mean_step(const AffineGradients& gradients, bool track_sum, const Rational& gamma,
                     long B) {
  const int d = gradients.dimension();
  const Integer pB = numerator(gamma) * B;
  SparseStep step;
  step.divisor = denominator(gamma) * gradients.denominator() * gradients.size();
  const Integer& h = step.divisor;
  for (int a = 0; a < d; ++a) {  // w⁺ = w − γBC̄z in the mean
    SparseRow row;
    for (int b = 0; b <= d; ++b) {
      Integer x = -pB * gradients.sum()(a, b);
      if (a == b) x += h;
      if (x != 0) row.emplace_back(b, x);
    }
    step.rows.push_back(std::move(row));
  }
  step.rows.push_back({{d, h}});
  for (int a = 0; track_sum && a < d; ++a)
    step.rows.push_back({{a, h}, {d + 1 + a, h}});  // u⁺ = u + w
  return step;
}

Integer largest_row_sum(const std::vector<SparseRow>& rows) {
  Integer largest = 0;
  for (const auto& row : rows) {
    Integer sum = 0;
    for (const auto& [column, x] : row) sum += abs(x);
    largest = std::max(largest, sum);
  }
  return largest;
}

FlatSteps::FlatSteps(const AffineGradients& gradients, bool track_sum)
    : gradients_(gradients),
      track_sum_(track_sum),
      triangle_{state_size(gradients, track_sum)},
      noise_(fits_in_words(gradients) ? noise_rows<long>(gradients, triangle_)
                                      : noise_rows<Integer>(gradients, triangle_)) {}

const SparseStep& FlatSteps::at(const Rational& gamma, long B) {
  const auto key = std::make_pair(gamma, B);
  auto found = steps_.find(key);
  if (found == steps_.end()) found = steps_.emplace(key, compute(gamma, B)).first;
  return found->second;
}

SparseStep FlatSteps::compute(const Rational& gamma, long B) const {
  const int d = gradients_.dimension();
  const SparseStep mean = mean_step(gradients_, track_sum_, gamma, B);
  const Integer noise = noise_factor(gamma, B);
  SparseStep step;
  step.divisor = mean.divisor * mean.divisor;
  Integer common = step.divisor;
  std::vector<Integer> dense(triangle_.size(), Integer(0));
  auto noise_row = noise_.begin();
  for (int r = 0; r < triangle_.e; ++r) {
    for (int s = r; s < triangle_.e; ++s) {
      for (const auto& [a, x] : mean.rows[static_cast<std::size_t>(r)]) {
        for (const auto& [b, y] : mean.rows[static_cast<std::size_t>(s)]) {
          Integer& entry = dense[triangle_.index(a, b)];
          mpz_addmul(entry.backend().data(), x.backend().data(), y.backend().data());
        }
      }
      if (s < d) {
        for (const auto& [column, x] : *noise_row++) {
          Integer& entry = dense[static_cast<std::size_t>(column)];
          mpz_addmul(entry.backend().data(), noise.backend().data(), x.backend().data());
        }
      }
      SparseRow row;
      for (std::size_t column = 0; column < dense.size(); ++column) {
        if (dense[column] == 0) continue;
        if (common != 1) common = gcd(common, dense[column]);
        row.emplace_back(static_cast<int>(column), dense[column]);
        dense[column] = 0;
      }
      step.rows.push_back(std::move(row));
    }
  }
  if (common == 1) return step;
  step.divisor /= common;
  for (SparseRow& row : step.rows) {
    for (auto& [column, x] : row) x /= common;
  }
  return step;
}

}  // namespace graddiv::moments
