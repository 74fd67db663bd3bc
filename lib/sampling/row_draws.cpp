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

constexpr std::size_t lanes = 4;  // numbers side by side

// Both forms do the same operations in the same order: r_i = x_iᵀw − y_i by four partial sums, of
// which the first begins at −y_i; then g += r_1 x_1, g += r_2 x_2, …

void portable(const RowDraws::Rows& in, const RowDraws::Draws& draws, const double* w, double* r,
              double* g) {
  std::fill_n(g, draws.runs * in.padded, 0);
  for (std::size_t run = 0; run < draws.runs; ++run, w += in.padded, g += in.padded) {
    for (std::size_t l = run * draws.stride; l < run * draws.stride + draws.count; ++l) {
      const double* const x = in.row(draws.indices[l]);
      std::array<double, lanes> sum{x[in.padded]};
      for (std::size_t j = 0; j < in.padded; ++j)
        sum[j % lanes] = std::fma(x[j], w[j], sum[j % lanes]);
      r[l] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
      for (std::size_t j = 0; j < in.padded; ++j) g[j] = std::fma(r[l], x[j], g[j]);
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
  const __m256d ab = _mm256_add_pd(_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
  const __m256d ce = _mm256_add_pd(_mm256_unpacklo_pd(c, e), _mm256_unpackhi_pd(c, e));
  // Now a0+a1, b0+b1, a2+a3, b2+b3 and c0+c1, …
  return _mm256_add_pd(_mm256_blend_pd(ab, ce, 0xc), _mm256_permute2f128_pd(ab, ce, 0x21));
}

// The time goes into loads: a draw takes every number of its row twice, and most rows come from the
// second cache. So a few runs are taken together, first all residuals and then all sums: the rows
// are in the first cache then, and whoever waits for one run finds work in another. Where a row
// begins is found once for both, and −y_i stands behind x_i, in the same line of the caches.
constexpr std::size_t runs_at_once = 8;
constexpr std::size_t draws_at_once = 8;           // of each
constexpr std::size_t bytes_at_once = 1UL << 14U;  // of rows, half of a first cache
using Begins = std::array<const double*, draws_at_once>;

/// All that is to be done. A copy, since vectors that are written could be anything else in memory.
struct Task {
  RowDraws::Draws draws;
  const double* rows;
  std::size_t padded, size;  // of vectors, and of rows
  const double* zeros;       // a row of them
  const double* w;
  double* r;
  double* g;
  bool moves;
  RowDraws::Move move;  // behind the last draws, with g as room
};

/// Some of the draws of some of the runs.
struct Part {
  std::size_t run, first, count;
  const Begins* rows;  // of this run and the next ones, and so on
  __m256d* distances;  // each in four partial sums
};

/// Of the rows drawn, and of rows of zeros up to a multiple of four.
GRADDIV_FMA void find_rows(const Task& task, const std::uint32_t* drawn, std::size_t count,
                           Begins& begins) {
  const __m256i begin = _mm256_set1_epi64x(reinterpret_cast<std::int64_t>(task.rows));
  const __m256i size = _mm256_set1_epi64x(static_cast<std::int64_t>(task.size * sizeof(double)));
  for (std::size_t l = 0; l < count; l += lanes) {
    const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(drawn + l));
    const __m256i away = _mm256_mul_epu32(_mm256_cvtepu32_epi64(four), size);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(&begins[l]), _mm256_add_epi64(begin, away));
  }
  for (std::size_t l = count; l % lanes > 0; ++l) begins[l] = task.zeros;
}

/// Of four rows of so many quarters, which are 4 numbers.
GRADDIV_FMA __m256d residuals(const double* const* rows, std::size_t quarters, const double* w) {
  const double* const x[lanes] = {rows[0], rows[1], rows[2], rows[3]};
  __m256d a = _mm256_load_pd(x[0] + lanes * quarters);
  __m256d b = _mm256_load_pd(x[1] + lanes * quarters);
  __m256d c = _mm256_load_pd(x[2] + lanes * quarters);
  __m256d e = _mm256_load_pd(x[3] + lanes * quarters);
#pragma GCC unroll 8
  for (std::size_t j = 0; j < quarters; ++j) {
    const __m256d at = _mm256_load_pd(w + lanes * j);
    a = _mm256_fmadd_pd(_mm256_load_pd(x[0] + lanes * j), at, a);
    b = _mm256_fmadd_pd(_mm256_load_pd(x[1] + lanes * j), at, b);
    c = _mm256_fmadd_pd(_mm256_load_pd(x[2] + lanes * j), at, c);
    e = _mm256_fmadd_pd(_mm256_load_pd(x[3] + lanes * j), at, e);
  }
  return totals(a, b, c, e);
}

/// Adds rows to the sums of so many runs, and moves these behind their last draws; so many columns
/// of them, so that all sums are in registers. Two runs, or else an addition would wait for the one
/// before.
template <std::size_t runs, std::size_t quarters>
GRADDIV_FMA void add_columns(const Task& task, const Part& part, std::size_t column) {
  const std::size_t padded = task.padded;
  double* const g = task.g + part.run * padded + column;
  __m256d sum[runs][quarters];
#pragma GCC unroll 2
  for (std::size_t i = 0; i < runs; ++i) {
#pragma GCC unroll 8
    for (std::size_t j = 0; j < quarters; ++j) sum[i][j] = _mm256_setzero_pd();
  }
  if (part.first > 0) {
#pragma GCC unroll 2
    for (std::size_t i = 0; i < runs; ++i) {
#pragma GCC unroll 8
      for (std::size_t j = 0; j < quarters; ++j)
        sum[i][j] = _mm256_load_pd(g + i * padded + lanes * j);
    }
  }
  const double* const r = task.r + part.run * task.draws.stride + part.first;
  for (std::size_t l = 0; l < part.count; ++l) {
#pragma GCC unroll 2
    for (std::size_t i = 0; i < runs; ++i) {
      const double* const x = part.rows[i][l] + column;
      const __m256d factor = _mm256_broadcast_sd(r + i * task.draws.stride + l);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < quarters; ++j)
        sum[i][j] = _mm256_fmadd_pd(factor, _mm256_load_pd(x + lanes * j), sum[i][j]);
    }
  }
  if (!task.moves || part.first + part.count < task.draws.count) {
#pragma GCC unroll 2
    for (std::size_t i = 0; i < runs; ++i) {
#pragma GCC unroll 8
      for (std::size_t j = 0; j < quarters; ++j)
        _mm256_store_pd(g + i * padded + lanes * j, sum[i][j]);
    }
    return;
  }
  const __m256d step = _mm256_set1_pd(task.move.step);
  double* const w = task.move.w + part.run * padded + column;
  __m256d distance[runs];
#pragma GCC unroll 2
  for (std::size_t i = 0; i < runs; ++i)
    distance[i] = column > 0 ? part.distances[i] : _mm256_setzero_pd();
#pragma GCC unroll 8
  for (std::size_t j = 0; j < quarters; ++j) {
    const __m256d x = _mm256_load_pd(task.move.x + column + lanes * j);
#pragma GCC unroll 2
    for (std::size_t i = 0; i < runs; ++i) {
      double* const at = w + i * padded + lanes * j;
      const __m256d moved = _mm256_fnmadd_pd(step, sum[i][j], _mm256_load_pd(at));
      _mm256_store_pd(at, moved);
      const __m256d off = _mm256_sub_pd(moved, x);
      distance[i] = _mm256_fmadd_pd(off, off, distance[i]);
    }
  }
#pragma GCC unroll 2
  for (std::size_t i = 0; i < runs; ++i) part.distances[i] = distance[i];
}

template <std::size_t runs, std::size_t known>
GRADDIV_FMA void add_rows(const Task& task, const Part& part) {
  if constexpr (known > 0) return add_columns<runs, known>(task, part, 0);
  std::size_t column = 0;
  for (; column + 4 * lanes <= task.padded; column += 4 * lanes)
    add_columns<runs, 4>(task, part, column);
  for (; column < task.padded; column += lanes) add_columns<runs, 1>(task, part, column);
}

/// The number of quarters of a vector is `known` when this is compiled, or 0.
template <std::size_t known>
__attribute__((target("avx2,fma"))) void fused(const Task& given) {
  const Task task = given;
  const auto [runs, indices, stride, draws] = task.draws;
  const std::size_t quarters = known > 0 ? known : task.padded / lanes;
  const std::size_t fitting = bytes_at_once / (draws_at_once * task.size * sizeof(double));
  const std::size_t abreast = std::clamp(fitting, std::size_t{1}, runs_at_once);
  std::array<Begins, runs_at_once> rows;
  __m256d distances[runs_at_once];
  for (std::size_t run = 0; run < runs; run += abreast) {
    const std::size_t end = std::min(run + abreast, runs);
    std::size_t first = 0;
    do {
      const std::size_t count = std::min(draws_at_once, draws - first);
      for (std::size_t s = run; s < end; ++s)
        find_rows(task, indices + s * stride + first, count, rows[s - run]);
      for (std::size_t s = run; s < end; ++s) {
        double* const r = task.r + s * stride + first;
        const double* const w = task.w + s * lanes * quarters;
        for (std::size_t l = 0; l < count; l += lanes)
          _mm256_storeu_pd(r + l, residuals(&rows[s - run][l], quarters, w));
      }
      std::size_t s = run;
      for (; s + 2 <= end; s += 2)
        add_rows<2, known>(task, {s, first, count, &rows[s - run], &distances[s - run]});
      if (s < end) add_rows<1, known>(task, {s, first, count, &rows[s - run], &distances[s - run]});
      first += draws_at_once;
    } while (first < draws);
    for (std::size_t s = run; task.moves && s < end; s += lanes) {
      const __m256d* const d = distances + (s - run);
      alignas(32) std::array<double, lanes> four;
      _mm256_store_pd(four.data(), totals(d[0], d[1], d[2], d[3]));
      std::copy_n(four.begin(), std::min(lanes, end - s), task.move.distances + s);
    }
  }
}

void fused(const Task& task) {
  switch (task.padded / lanes) {
    case 1:
      return fused<1>(task);
    case 2:
      return fused<2>(task);
    case 3:
      return fused<3>(task);
    case 4:
      return fused<4>(task);
    case 5:
      return fused<5>(task);
    default:
      return fused<0>(task);
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
  return std::unique_ptr<const RowDraws>(new RowDraws(facts, instructions));
}

RowDraws::RowDraws(const FamilyFacts& facts, Instructions instructions) {
  const std::size_t n = facts.functions.size();
  in_.zeros = static_cast<std::uint32_t>(n);
  in_.padded = (static_cast<std::size_t>(facts.rows->cols()) + lanes - 1) / lanes * lanes;
  in_.numbers.resize((n + 1) * in_.size());
  for (std::size_t i = 0; i < n; ++i) {
    const QuadraticFunction& f = *facts.functions[i].quadratic;
    const Vector<Rational>& x = *std::get<SymmetricMatrix::RankOne>(f.A.form()).x;
    const Vector<double> rounded = to_double(x);
    double* const row = &in_.numbers[i * in_.size()];
    std::ranges::copy(rounded, row);
    row[in_.padded] = -static_cast<double>(*target_of(f, x));
    squared_norms_.push_back(rounded.squaredNorm());
  }
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
  if (is_fused_)
    return fused({draws,
                  in_.row(0),
                  in_.padded,
                  in_.size(),
                  in_.row(in_.zeros),
                  w,
                  residuals,
                  sums,
                  false,
                  {}});
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
  if (is_fused_)
    return fused({draws, in_.row(0), in_.padded, in_.size(), in_.row(in_.zeros), move.w, residuals,
                  sums, true, move});
#endif
  gradients(draws, move.w, residuals, sums);
  this->move(draws.runs, move.step, sums, move.w);
  squared_distances(draws.runs, move.w, move.x, move.distances);
}

}  // namespace graddiv
