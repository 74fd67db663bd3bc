#include "expectation/moment_step.h"

#include <algorithm>
#include <numeric>

#include "expectation/moment_growth.h"

namespace graddiv::moments {
namespace {

int state_size(const AffineGradients& gradients, bool track_sum) {
  return track_sum ? 2 * gradients.dimension() + 1 : gradients.dimension() + 1;
}

/// Visits q C_1, …, q C_n, without a copy where they are kept.
void for_each_matrix(const AffineGradients& gradients, const auto& visit) {
  for (const auto& C : gradients.matrices()) visit(C);
  for (int i = 0; gradients.is_rank_one() && i < gradients.size(); ++i) visit(gradients.matrix(i));
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
  for_each_matrix(gradients, [&](const Matrix<Integer>& C) { add(C, Int(n)); });
  add(gradients.sum(), Int(-1));
  return result;
}

long as_word(const Integer& x) { return static_cast<long>(x); }
const Integer& as_integer(const Integer& x) { return x; }

void take_common(long& common, long x) {
  if (x % common != 0) common = std::gcd(common, x);
}
void take_common(Integer& common, const Integer& x) {
  if (mpz_divisible_p(x.backend().data(), common.backend().data()) == 0) common = gcd(common, x);
}

/// The whole step from that of the mean and of the noise, over the least divisor. `as_int` makes
/// an Int of an Integer.
template <class Int, class AsInt>
SparseStep combined(const SparseStep& mean, const Integer& noise_factor, const Matrix<Int>& noise,
                    const Triangle& triangle, int d, const AsInt& as_int) {
  std::vector<std::vector<std::pair<int, Int>>> M;
  for (const SparseRow& row : mean.rows) {
    M.emplace_back();
    for (const auto& [column, x] : row) M.back().emplace_back(column, as_int(x));
  }
  const Int h = as_int(mean.divisor);
  const Int factor = as_int(noise_factor);
  Int common = h * h;
  const auto size = static_cast<Eigen::Index>(triangle.size());
  Matrix<Int> rows = Matrix<Int>::Zero(size, size);  // one in each column
  Eigen::Index of_noise = 0;
  for (int r = 0; r < triangle.e; ++r) {
    for (int s = r; s < triangle.e; ++s) {
      auto row = rows.col(static_cast<Eigen::Index>(triangle.index(r, s)));
      for (const auto& [a, x] : M[static_cast<std::size_t>(r)]) {
        for (const auto& [b, y] : M[static_cast<std::size_t>(s)])
          row(static_cast<Eigen::Index>(triangle.index(a, b))) += x * y;
      }
      if (s < d) {
        Eigen::Index entry = 0;
        for (int a = 0; a <= d; ++a) {
          for (int b = a; b <= d; ++b, ++entry)
            row(static_cast<Eigen::Index>(triangle.index(a, b))) += factor * noise(entry, of_noise);
        }
        ++of_noise;
      }
      for (const Int& x : row) take_common(common, x);
    }
  }
  SparseStep step;
  step.divisor = h * h / common;
  step.rows.reserve(static_cast<std::size_t>(size));
  for (auto row : rows.colwise()) {
    step.rows.emplace_back();
    step.rows.back().reserve(static_cast<std::size_t>(size));
    for (Eigen::Index column = 0; column < size; ++column) {
      if (row(column) != 0)
        step.rows.back().emplace_back(static_cast<int>(column), row(column) / common);
    }
  }
  return step;
}

/// Whether no sum in noise_matrix can leave 63 bits: |x| ≤ 2 n² c² + 2 (Σ|ĉ_i|)² with |ĉ_i| ≤ c.
bool fits_in_words(const AffineGradients& gradients) {
  std::size_t bits = 0;
  for_each_matrix(gradients, [&](const Matrix<Integer>& C) { bits = std::max(bits, longest(C)); });
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
    for (const auto& [column, x] : row) x < 0 ? sum -= x : sum += x;
    if (sum > largest) largest = sum;
  }
  return largest;
}

FlatSteps::FlatSteps(const AffineGradients& gradients, bool track_sum)
    : gradients_(gradients), track_sum_(track_sum), triangle_{state_size(gradients, track_sum)} {
  if (fits_in_words(gradients)) {
    noise_ = noise_matrix<long>(gradients);
  } else {
    noise_ = noise_matrix<Integer>(gradients);
  }
}

const SparseStep& FlatSteps::at(const Rational& gamma, long B) {
  const auto key = std::make_pair(gamma, B);
  auto found = steps_.find(key);
  if (found == steps_.end()) found = steps_.emplace(key, compute(gamma, B)).first;
  return found->second;
}

SparseStep FlatSteps::compute(const Rational& gamma, long B) const {
  const int d = gradients_.dimension();
  const SparseStep mean = mean_step(gradients_, track_sum_, gamma, B);
  const Integer factor = noise_factor(gamma, B);
  if (const auto* words = std::get_if<Matrix<long>>(&noise_)) {
    // |x| ≤ 2m² + factor · noise, with m the largest entry of M̂.
    const Integer m = largest_row_sum(mean.rows);
    const Integer noise = words->size() == 0 ? 0 : words->cwiseAbs().maxCoeff();
    if (bits_of(2 * m * m + factor * noise) <= 62)
      return combined(mean, factor, *words, triangle_, d, as_word);
    const Matrix<Integer> exact = words->cast<Integer>();
    return combined(mean, factor, exact, triangle_, d, as_integer);
  }
  return combined(mean, factor, std::get<Matrix<Integer>>(noise_), triangle_, d, as_integer);
}

}  // namespace graddiv::moments
