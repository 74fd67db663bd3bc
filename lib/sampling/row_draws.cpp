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

/// The last rows drawn, with rows of zeros up to four.
inline std::array<std::uint32_t, lanes> last_four(const std::uint32_t* drawn, std::size_t count,
                                                  std::uint32_t zeros) {
  std::array<std::uint32_t, lanes> last{zeros, zeros, zeros, zeros};
  for (std::size_t i = 0; i < count % lanes; ++i) last[i] = drawn[count / lanes * lanes + i];
  return last;
}

// Both forms do the same operations in the same order, for four rows at a time: r_i = x_iᵀw − y_i
// by four partial sums, of which the first begins at −y_i; then g += r_1 x_1, …, g += r_4 x_4.

void portable(const RowDraws::Rows& in, const RowDraws::Draws& draws, const double* w, double* r,
              double* g) {
  std::fill_n(g, draws.runs * in.padded, 0);
  for (std::size_t run = 0; run < draws.runs; ++run, w += in.padded, g += in.padded) {
    const auto* const drawn = draws.indices + run * draws.stride;
    const auto last = last_four(drawn, draws.count, in.zeros);
    for (std::size_t first = 0; first < draws.count; first += lanes) {
      const auto* const of = first + lanes <= draws.count ? drawn + first : last.data();
      double* const residuals = r + run * draws.stride + first;
      for (std::size_t i = 0; i < lanes; ++i) {
        const double* const x = in.rows.data() + of[i] * in.padded;
        std::array<double, lanes> sum{in.minus_targets[of[i]]};
        for (std::size_t j = 0; j < in.padded; ++j)
          sum[j % lanes] = std::fma(x[j], w[j], sum[j % lanes]);
        residuals[i] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
      }
      for (std::size_t i = 0; i < lanes; ++i) {
        const double* const x = in.rows.data() + of[i] * in.padded;
        for (std::size_t j = 0; j < in.padded; ++j) g[j] = std::fma(residuals[i], x[j], g[j]);
      }
    }
  }
}

void portable_distances(std::size_t padded, std::size_t runs, const double* w, const double* x,
                        double* result) {
  for (std::size_t run = 0; run < runs; ++run, w += padded) {
    std::array<double, lanes> sum{};
    for (std::size_t j = 0; j < padded; ++j) {
      const double off = w[j] - x[j];
      sum[j % lanes] = std::fma(off, off, sum[j % lanes]);
    }
    result[run] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  }
}

void portable_move(std::size_t numbers, double step, const double* g, double* w) {
  for (std::size_t j = 0; j < numbers; ++j) w[j] = std::fma(-step, g[j], w[j]);
}

#ifdef __x86_64__
#define GRADDIV_FMA __attribute__((target("avx2,fma"), always_inline)) inline

/// The totals of a, b, c, e.
GRADDIV_FMA __m256d totals(__m256d a, __m256d b, __m256d c, __m256d e) {
  const __m256d ab = _mm256_hadd_pd(a, b);  // a0+a1, b0+b1, a2+a3, b2+b3
  const __m256d ce = _mm256_hadd_pd(c, e);  // c0+c1, …
  return _mm256_add_pd(_mm256_blend_pd(ab, ce, 0xc), _mm256_permute2f128_pd(ab, ce, 0x21));
}

GRADDIV_FMA __m256d beginning_with(double x) { return _mm256_set_pd(0, 0, 0, x); }

constexpr std::size_t most_held = 5;  // quarters

/// With w and g in registers where the number of their quarters is known when it is compiled; then
/// also what a move makes of them, in place of g.
template <std::size_t quarters>
GRADDIV_FMA void fused(const RowDraws::Rows& in, const RowDraws::Draws& draws, const double* w,
                       double* r, double* g, const RowDraws::Move* move) {
  constexpr bool are_held = quarters > 0;
  constexpr std::size_t held = are_held ? quarters : 1;
  const std::size_t size = are_held ? quarters : in.padded / lanes;
  const std::size_t padded = lanes * size;
  const double* const rows = in.rows.data();
  const double* const minus_targets = in.minus_targets.data();
  const std::uint32_t zeros = in.zeros;
  const auto [runs, indices, stride, count] = draws;
  for (std::size_t run = 0; run < runs; ++run, w += padded, g += padded) {
    const auto* const drawn = indices + run * stride;
    const auto last = last_four(drawn, count, zeros);
    __m256d point[held];
    __m256d sum[held];
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) {
      if constexpr (are_held) {
        point[j] = _mm256_load_pd(w + lanes * j);
        sum[j] = _mm256_setzero_pd();
      } else {
        _mm256_store_pd(g + lanes * j, _mm256_setzero_pd());
      }
    }
    for (std::size_t first = 0; first < count; first += lanes) {
      const auto* const of = first + lanes <= count ? drawn + first : last.data();
      const double* const x[lanes] = {rows + of[0] * padded, rows + of[1] * padded,
                                      rows + of[2] * padded, rows + of[3] * padded};
      __m256d a = beginning_with(minus_targets[of[0]]);
      __m256d b = beginning_with(minus_targets[of[1]]);
      __m256d c = beginning_with(minus_targets[of[2]]);
      __m256d e = beginning_with(minus_targets[of[3]]);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
        const __m256d at = are_held ? point[j % held] : _mm256_load_pd(w + lanes * j);
        a = _mm256_fmadd_pd(_mm256_load_pd(x[0] + lanes * j), at, a);
        b = _mm256_fmadd_pd(_mm256_load_pd(x[1] + lanes * j), at, b);
        c = _mm256_fmadd_pd(_mm256_load_pd(x[2] + lanes * j), at, c);
        e = _mm256_fmadd_pd(_mm256_load_pd(x[3] + lanes * j), at, e);
      }
      const __m256d residuals = totals(a, b, c, e);
      _mm256_storeu_pd(r + run * stride + first, residuals);
      a = _mm256_permute4x64_pd(residuals, 0x00);
      b = _mm256_permute4x64_pd(residuals, 0x55);
      c = _mm256_permute4x64_pd(residuals, 0xaa);
      e = _mm256_permute4x64_pd(residuals, 0xff);
      // The rows are read again: sixteen registers cannot keep them, and spilling takes longer.
      asm volatile("" ::: "memory");
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
        __m256d to = are_held ? sum[j % held] : _mm256_load_pd(g + lanes * j);
        to = _mm256_fmadd_pd(a, _mm256_load_pd(x[0] + lanes * j), to);
        to = _mm256_fmadd_pd(b, _mm256_load_pd(x[1] + lanes * j), to);
        to = _mm256_fmadd_pd(c, _mm256_load_pd(x[2] + lanes * j), to);
        to = _mm256_fmadd_pd(e, _mm256_load_pd(x[3] + lanes * j), to);
        if constexpr (are_held)
          sum[j] = to;
        else
          _mm256_store_pd(g + lanes * j, to);
      }
    }
    if constexpr (are_held) {
      if (move == nullptr) {
#pragma GCC unroll 8
        for (std::size_t j = 0; j < quarters; ++j) _mm256_store_pd(g + lanes * j, sum[j]);
        continue;
      }
      const __m256d step = _mm256_set1_pd(move->step);
      double* const to = move->w + run * padded;
      __m256d distance = _mm256_setzero_pd();
#pragma GCC unroll 8
      for (std::size_t j = 0; j < quarters; ++j) {
        const __m256d moved = _mm256_fnmadd_pd(step, sum[j], point[j]);
        _mm256_store_pd(to + lanes * j, moved);
        const __m256d off = _mm256_sub_pd(moved, _mm256_load_pd(move->x + lanes * j));
        distance = _mm256_fmadd_pd(off, off, distance);
      }
      move->distances[run] = _mm256_cvtsd_f64(totals(distance, distance, distance, distance));
    }
  }
}

__attribute__((target("avx2,fma"))) void fused(const RowDraws::Rows& in,
                                               const RowDraws::Draws& draws, const double* w,
                                               double* r, double* g,
                                               const RowDraws::Move* move = nullptr) {
  switch (in.padded / lanes) {
    case 1:
      return fused<1>(in, draws, w, r, g, move);
    case 2:
      return fused<2>(in, draws, w, r, g, move);
    case 3:
      return fused<3>(in, draws, w, r, g, move);
    case 4:
      return fused<4>(in, draws, w, r, g, move);
    case most_held:
      return fused<most_held>(in, draws, w, r, g, move);
    default:
      return fused<0>(in, draws, w, r, g, nullptr);
  }
}

__attribute__((target("avx2,fma"))) void fused_distances(std::size_t padded, std::size_t runs,
                                                         const double* w, const double* x,
                                                         double* result) {
  for (std::size_t run = 0; run < runs; ++run, w += padded) {
    __m256d sum = _mm256_setzero_pd();
    for (std::size_t j = 0; j < padded; j += lanes) {
      const __m256d off = _mm256_sub_pd(_mm256_load_pd(w + j), _mm256_load_pd(x + j));
      sum = _mm256_fmadd_pd(off, off, sum);
    }
    result[run] = _mm256_cvtsd_f64(totals(sum, sum, sum, sum));
  }
}

__attribute__((target("avx2,fma"))) void fused_move(std::size_t numbers, double step,
                                                    const double* g, double* w) {
  const __m256d factor = _mm256_set1_pd(step);
  for (std::size_t j = 0; j < numbers; j += lanes) {
    const __m256d to = _mm256_fnmadd_pd(factor, _mm256_load_pd(g + j), _mm256_load_pd(w + j));
    _mm256_store_pd(w + j, to);
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
                   Instructions instructions) {
  const auto n = static_cast<std::size_t>(rows.rows());
  in_.zeros = static_cast<std::uint32_t>(n);
  in_.padded = (static_cast<std::size_t>(rows.cols()) + lanes - 1) / lanes * lanes;
  in_.rows.resize((n + 1) * in_.padded);
  for (std::size_t i = 0; i < n; ++i) {
    const Vector<Rational> x = rows.row(static_cast<Eigen::Index>(i)).transpose();
    const Vector<double> rounded = to_double(x);
    std::ranges::copy(rounded, in_.rows.begin() + static_cast<std::ptrdiff_t>(i * in_.padded));
    squared_norms_.push_back(rounded.squaredNorm());
    in_.minus_targets.push_back(-static_cast<double>(*target_of(*facts.functions[i].quadratic, x)));
  }
  in_.minus_targets.push_back(0);
#ifdef __x86_64__
  is_fused_ = instructions == Instructions::best && __builtin_cpu_supports("avx2") &&
              __builtin_cpu_supports("fma");
#else
  static_cast<void>(instructions);
#endif
}

void RowDraws::gradients(const Draws& draws, const double* w, double* residuals,
                         double* sums) const {
#ifdef __x86_64__
  if (is_fused_) return fused(in_, draws, w, residuals, sums);
#endif
  portable(in_, draws, w, residuals, sums);
}

void RowDraws::squared_distances(std::size_t runs, const double* w, const double* x,
                                 double* result) const {
#ifdef __x86_64__
  if (is_fused_) return fused_distances(in_.padded, runs, w, x, result);
#endif
  portable_distances(in_.padded, runs, w, x, result);
}

void RowDraws::move(std::size_t runs, double step, const double* gradients, double* w) const {
  const std::size_t numbers = runs * in_.padded;
#ifdef __x86_64__
  if (is_fused_) return fused_move(numbers, step, gradients, w);
#endif
  portable_move(numbers, step, gradients, w);
}

void RowDraws::step(const Draws& draws, const Move& move, double* residuals, double* sums) const {
#ifdef __x86_64__
  if (is_fused_ && in_.padded <= lanes * most_held)
    return fused(in_, draws, move.w, residuals, sums, &move);
#endif
  gradients(draws, move.w, residuals, sums);
  this->move(draws.runs, move.step, sums, move.w);
  squared_distances(draws.runs, move.w, move.x, move.distances);
}

}  // namespace graddiv
