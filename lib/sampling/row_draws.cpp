#include "sampling/row_draws.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace graddiv {
namespace {

constexpr std::size_t lanes = 4;  // numbers side by side; and rows

/// Where the numbers are, of `padded` coordinates a row, and the row of zeros.
struct RowsInMemory {
  const double* rows;
  const double* targets;
  const double* squared_norms;
  std::size_t padded, zeros;

  const double* row(std::size_t i) const { return rows + i * padded; }
};

using Indices = std::span<const std::uint32_t>;

/// The rows first, …, first + 3 of those drawn; zeros beyond the last.
std::array<std::size_t, lanes> four_of(const RowsInMemory& in, Indices drawn, std::size_t first) {
  std::array<std::size_t, lanes> of{};
  for (std::size_t i = 0; i < lanes; ++i)
    of[i] = first + i < drawn.size() ? drawn[first + i] : in.zeros;
  return of;
}

// Every form does the same operations in the same order: four rows, r_i = x_iᵀw − y_i with four
// partial sums a row, then g += Σ_i r_i x_i, and the sums of r_i² and r_i² ‖x_i‖² for each place i.
using Sums = std::array<double, lanes>;

double total(const Sums& s) { return (s[0] + s[1]) + (s[2] + s[3]); }

RowDraws::Drawn portable(const RowsInMemory& in, Indices drawn, const double* w, double* g) {
  Sums squares{};
  Sums of_gradients{};
  for (std::size_t first = 0; first < drawn.size(); first += lanes) {
    const auto of = four_of(in, drawn, first);
    Sums r{};
    for (std::size_t i = 0; i < lanes; ++i) {
      Sums sum{};
      for (std::size_t j = 0; j < in.padded; j += lanes) {
        for (std::size_t l = 0; l < lanes; ++l)
          sum[l] = std::fma(in.row(of[i])[j + l], w[j + l], sum[l]);
      }
      r[i] = total(sum) - in.targets[of[i]];
      const double square = r[i] * r[i];
      squares[i] += square;
      of_gradients[i] = std::fma(square, in.squared_norms[of[i]], of_gradients[i]);
    }
    for (std::size_t j = 0; j < in.padded; ++j) {
      for (std::size_t i = 0; i < lanes; ++i) g[j] = std::fma(r[i], in.row(of[i])[j], g[j]);
    }
  }
  return {total(of_gradients), total(squares)};
}

#ifdef __x86_64__
#define GRADDIV_FMA __attribute__((target("avx2,fma"), always_inline)) inline

/// The totals of a, b, c, e.
GRADDIV_FMA __m256d totals(__m256d a, __m256d b, __m256d c, __m256d e) {
  const __m256d ab = _mm256_hadd_pd(a, b);                    // a0+a1, b0+b1, a2+a3, b2+b3
  const __m256d ce = _mm256_hadd_pd(c, e);                    // c0+c1, …
  const __m256d low = _mm256_permute2f128_pd(ab, ce, 0x20);   // a0+a1, b0+b1, c0+c1, e0+e1
  const __m256d high = _mm256_permute2f128_pd(ab, ce, 0x31);  // a2+a3, …
  return _mm256_add_pd(low, high);
}

GRADDIV_FMA double total(__m256d s) {
  alignas(32) Sums sums;
  _mm256_store_pd(sums.data(), s);
  return total(sums);
}

/// With w and g in registers where the number of their quarters is known when it is compiled.
template <std::size_t quarters>
GRADDIV_FMA RowDraws::Drawn add_draws(const RowsInMemory& in, Indices drawn, const double* w,
                                      double* g) {
  constexpr std::size_t held = std::max<std::size_t>(quarters, 1);
  const std::size_t count = quarters == 0 ? in.padded / lanes : quarters;
  __m256d point[held];
  __m256d sum[held];
  if constexpr (quarters > 0) {
#pragma GCC unroll 8
    for (std::size_t j = 0; j < quarters; ++j) {
      point[j] = _mm256_loadu_pd(w + lanes * j);
      sum[j] = _mm256_loadu_pd(g + lanes * j);
    }
  }
  __m256d squares = _mm256_setzero_pd();
  __m256d of_gradients = squares;
  for (std::size_t first = 0; first < drawn.size(); first += lanes) {
    const auto of = four_of(in, drawn, first);
    const double* const x[lanes] = {in.row(of[0]), in.row(of[1]), in.row(of[2]), in.row(of[3])};
    __m256d a = _mm256_setzero_pd();
    __m256d b = a;
    __m256d c = a;
    __m256d e = a;
#pragma GCC unroll 8
    for (std::size_t j = 0; j < count; ++j) {
      const __m256d at = quarters > 0 ? point[j % held] : _mm256_loadu_pd(w + lanes * j);
      a = _mm256_fmadd_pd(_mm256_load_pd(x[0] + lanes * j), at, a);
      b = _mm256_fmadd_pd(_mm256_load_pd(x[1] + lanes * j), at, b);
      c = _mm256_fmadd_pd(_mm256_load_pd(x[2] + lanes * j), at, c);
      e = _mm256_fmadd_pd(_mm256_load_pd(x[3] + lanes * j), at, e);
    }
    const auto gather = [&](const double* from) __attribute__((target("avx2,fma"))) {
      return _mm256_set_pd(from[of[3]], from[of[2]], from[of[1]], from[of[0]]);
    };
    const __m256d r = _mm256_sub_pd(totals(a, b, c, e), gather(in.targets));
    const __m256d square = _mm256_mul_pd(r, r);
    squares = _mm256_add_pd(squares, square);
    of_gradients = _mm256_fmadd_pd(square, gather(in.squared_norms), of_gradients);
    a = _mm256_permute4x64_pd(r, 0x00);
    b = _mm256_permute4x64_pd(r, 0x55);
    c = _mm256_permute4x64_pd(r, 0xaa);
    e = _mm256_permute4x64_pd(r, 0xff);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < count; ++j) {
      __m256d to = quarters > 0 ? sum[j % held] : _mm256_loadu_pd(g + lanes * j);
      to = _mm256_fmadd_pd(a, _mm256_load_pd(x[0] + lanes * j), to);
      to = _mm256_fmadd_pd(b, _mm256_load_pd(x[1] + lanes * j), to);
      to = _mm256_fmadd_pd(c, _mm256_load_pd(x[2] + lanes * j), to);
      to = _mm256_fmadd_pd(e, _mm256_load_pd(x[3] + lanes * j), to);
      if constexpr (quarters > 0)
        sum[j] = to;
      else
        _mm256_storeu_pd(g + lanes * j, to);
    }
  }
  if constexpr (quarters > 0) {
#pragma GCC unroll 8
    for (std::size_t j = 0; j < quarters; ++j) _mm256_storeu_pd(g + lanes * j, sum[j]);
  }
  return {total(of_gradients), total(squares)};
}

__attribute__((target("avx2,fma"))) RowDraws::Drawn fused(const RowsInMemory& in, Indices drawn,
                                                          const double* w, double* g) {
  switch (in.padded / lanes) {
    case 1:
      return add_draws<1>(in, drawn, w, g);
    case 2:
      return add_draws<2>(in, drawn, w, g);
    case 3:
      return add_draws<3>(in, drawn, w, g);
    case 4:
      return add_draws<4>(in, drawn, w, g);
    case 5:
      return add_draws<5>(in, drawn, w, g);
    default:
      return add_draws<0>(in, drawn, w, g);
  }
}
#undef GRADDIV_FMA
#endif

/// y of ½ (xᵀw − y)² = ½ wᵀxxᵀw − y xᵀw + …; nothing where x = 0.
std::optional<Rational> target_of(const QuadraticFunction& f, const Vector<Rational>& x) {
  for (Eigen::Index j = 0; j < x.size(); ++j) {
    if (x(j) != 0) return -f.b(j) / x(j);
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<const RowDraws> RowDraws::of(const FiniteSum& sum, Instructions instructions) {
  const FamilyFacts& facts = sum.facts();
  if (!facts.rows || !facts.is_quadratic()) return nullptr;
  for (const FunctionFacts& f : facts.functions) {
    const auto* square = std::get_if<SymmetricMatrix::RankOne>(&f.quadratic->A.form());
    const bool is_half_square = square != nullptr && square->c == 1;
    if (!is_half_square || !target_of(*f.quadratic, *square->x)) return nullptr;
  }
  return std::unique_ptr<const RowDraws>(new RowDraws(*facts.rows, facts, instructions));
}

RowDraws::RowDraws(const Matrix<Rational>& rows, const FamilyFacts& facts,
                   Instructions instructions)
    : padded_((static_cast<std::size_t>(rows.cols()) + lanes - 1) / lanes * lanes),
      rows_((static_cast<std::size_t>(rows.rows()) + 1) * padded_) {
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    const Vector<Rational> x = rows.row(i).transpose();
    const Vector<double> rounded = to_double(x);
    std::ranges::copy(rounded, rows_.begin() + i * static_cast<std::ptrdiff_t>(padded_));
    squared_norms_.push_back(rounded.squaredNorm());
    const auto& f = *facts.functions[static_cast<std::size_t>(i)].quadratic;
    targets_.push_back(static_cast<double>(*target_of(f, x)));
  }
  targets_.push_back(0);
  squared_norms_.push_back(0);
#ifdef __x86_64__
  is_fused_ = instructions == Instructions::best && __builtin_cpu_supports("avx2") &&
              __builtin_cpu_supports("fma");
#else
  static_cast<void>(instructions);
#endif
}

RowDraws::Drawn RowDraws::add_gradients(std::span<const std::uint32_t> indices, const double* w,
                                        double* gradient) const {
  const RowsInMemory in{rows_.data(), targets_.data(), squared_norms_.data(), padded_,
                        targets_.size() - 1};
#ifdef __x86_64__
  if (is_fused_) return fused(in, indices, w, gradient);
#endif
  return portable(in, indices, w, gradient);
}

}  // namespace graddiv
