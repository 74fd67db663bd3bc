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

/// result += (S ↦ C S Cᵀ), on triangles.
template <class Int>
void add_square(Matrix<Int>& result, const Matrix<Integer>& exact) {
  const Matrix<Int> C = exact.unaryExpr([](const Integer& x) { return static_cast<Int>(x); });
  const auto d = static_cast<int>(C.rows());
  const Triangle rows{d};
  for (int r = 0; r < d; ++r) {
    for (int s = r; s < d; ++s) {
      auto row = result.col(static_cast<Eigen::Index>(rows.index(r, s)));
      Eigen::Index column = 0;
      for (int a = 0; a <= d; ++a) {
        row(column++) += C(r, a) * C(s, a);
        for (int b = a + 1; b <= d; ++b) row(column++) += C(r, a) * C(s, b) + C(s, a) * C(r, b);
      }
    }
  }
}

template <class Int>
Int as(const Integer& x) {
  return static_cast<Int>(x);
}

template <class Int>
Integer largest(const Matrix<Int>& m) {
  return m.size() == 0 ? Integer(0) : Integer(m.cwiseAbs().maxCoeff());
}

void take_common(long& common, long x) {
  if (x % common != 0) common = std::gcd(common, x);
}
void take_common(Integer& common, const Integer& x) {
  if (mpz_divisible_p(x.backend().data(), common.backend().data()) == 0) common = gcd(common, x);
}

/// Whether no sum in Squares can leave 63 bits: |x| ≤ 2 (nc)² where all entries are within c.
bool fits_in_words(const AffineGradients& gradients) {
  std::size_t bits = 0;
  for_each_matrix(gradients, [&](const Matrix<Integer>& C) { bits = std::max(bits, longest(C)); });
  const auto n_bits = mpz_sizeinbase(Integer(gradients.size()).backend().data(), 2);
  return 2 * (bits + n_bits) + 1 <= 62;
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
    squares_ = squares<long>();
  } else {
    squares_ = squares<Integer>();
  }
}

template <class Int>
FlatSteps::Squares<Int> FlatSteps::squares() const {
  const int d = gradients_.dimension();
  const Matrix<Int> none = Matrix<Int>::Zero(static_cast<Eigen::Index>(Triangle{d + 1}.size()),
                                             static_cast<Eigen::Index>(Triangle{d}.size()));
  Squares<Int> result{none, none};
  for_each_matrix(gradients_, [&](const Matrix<Integer>& C) { add_square(result.of_each, C); });
  add_square(result.of_sum, gradients_.sum());
  return result;
}

const SparseStep& FlatSteps::at(const Rational& gamma, long B) {
  const auto key = std::make_pair(gamma, B);
  auto found = steps_.find(key);
  if (found == steps_.end()) found = steps_.emplace(key, compute(gamma, B)).first;
  return found->second;
}

/// t M̂ S M̂ᵀ + factor · N(S) on the triangle, over t h² and without what is common to all.
template <class Int>
SparseStep FlatSteps::combined(const SparseStep& mean, const Integer& factor,
                               const Squares<Int>& squares, const MechanismNoise& mechanism) const {
  const int d = gradients_.dimension();
  const Int t = as<Int>(mechanism.denominator);
  const Int n = gradients_.size();
  const Int of_squares = as<Int>(mechanism.of_squares);
  const Int of_noise = as<Int>(factor);
  std::vector<std::vector<std::pair<int, Int>>> M;
  for (const SparseRow& row : mean.rows) {
    M.emplace_back();
    for (const auto& [column, x] : row) M.back().emplace_back(column, as<Int>(x));
  }
  const Int divisor = t * as<Int>(mean.divisor) * as<Int>(mean.divisor);
  Int common = divisor;
  const auto size = static_cast<Eigen::Index>(triangle_.size());
  Matrix<Int> rows = Matrix<Int>::Zero(size, size);  // one in each column
  Eigen::Index entry_of_w = 0;
  for (int r = 0; r < triangle_.e; ++r) {
    for (int s = r; s < triangle_.e; ++s) {
      auto row = rows.col(static_cast<Eigen::Index>(triangle_.index(r, s)));
      for (const auto& [a, x] : M[static_cast<std::size_t>(r)]) {
        const Int tx = t * x;
        for (const auto& [b, y] : M[static_cast<std::size_t>(s)])
          row(static_cast<Eigen::Index>(triangle_.index(a, b))) += tx * y;
      }
      if (s < d) {
        const Int of_each = n * (r == s ? Int(t + of_squares) : t);
        Eigen::Index column = 0;
        for (int a = 0; a <= d; ++a) {
          for (int b = a; b <= d; ++b, ++column) {
            const Int noise = of_each * squares.of_each(column, entry_of_w) -
                              t * squares.of_sum(column, entry_of_w);
            row(static_cast<Eigen::Index>(triangle_.index(a, b))) += of_noise * noise;
          }
        }
        ++entry_of_w;
        if (r == s) {
          row(static_cast<Eigen::Index>(triangle_.index(d, d))) +=
              of_noise * as<Int>(mechanism.constant);
        }
      }
      for (const Int& x : row) take_common(common, x);
    }
  }
  SparseStep step;
  step.divisor = divisor / common;
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

SparseStep FlatSteps::compute(const Rational& gamma, long B) const {
  const SparseStep mean = mean_step(gradients_, track_sum_, gamma, B);
  const Integer factor = noise_factor(gamma, B);
  const MechanismNoise mechanism = gradients_.mechanism_noise(B);
  if (const auto* words = std::get_if<Squares<long>>(&squares_)) {
    // Nothing on the way to an entry is larger, with m the largest row sum of M̂.
    const Integer m = largest_row_sum(mean.rows);
    const Integer& t = mechanism.denominator;
    const Integer noise =
        (t + mechanism.of_squares) * gradients_.size() * (1 + largest(words->of_each)) +
        t * largest(words->of_sum) + mechanism.constant;
    if (bits_of(2 * t * m * m + (1 + factor) * noise) <= 62)
      return combined(mean, factor, *words, mechanism);
    const Squares<Integer> exact{words->of_each.cast<Integer>(), words->of_sum.cast<Integer>()};
    return combined(mean, factor, exact, mechanism);
  }
  return combined(mean, factor, std::get<Squares<Integer>>(squares_), mechanism);
}

}  // namespace graddiv::moments
