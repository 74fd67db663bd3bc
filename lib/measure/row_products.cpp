#include "measure/row_products.h"

#include <cstring>

#define GRADDIV_INLINE inline __attribute__((always_inline))
#define GRADDIV_INLINE_LAMBDA __attribute__((always_inline))

namespace graddiv::measure {
namespace {

/// 64 bytes of numbers: one register of AVX-512, two of AVX2, four of SSE2.
template <class T>
struct Lanes {
  static constexpr int count = 64 / sizeof(T);
  using Numbers [[gnu::vector_size(64)]] = T;
  using Bytes [[gnu::vector_size(64 / sizeof(T))]] = std::uint8_t;
  using Shorts [[gnu::vector_size(128 / sizeof(T))]] = std::int16_t;
  using Words [[gnu::vector_size(256 / sizeof(T))]] = std::int32_t;
};

template <class T>
GRADDIV_INLINE void load(const T* from, typename Lanes<T>::Numbers& to) {
  std::memcpy(&to, from, sizeof(to));
}
template <class T>
GRADDIV_INLINE void load(const std::uint8_t* from, typename Lanes<T>::Numbers& to) {
  typename Lanes<T>::Bytes bytes;
  std::memcpy(&bytes, from, sizeof(bytes));
  // Twice as wide at each step: g++ has an instruction for these, and none for what takes longer
  // strides.
  const auto shorts = __builtin_convertvector(bytes, typename Lanes<T>::Shorts);
  const auto words = __builtin_convertvector(shorts, typename Lanes<T>::Words);
  to = __builtin_convertvector(words, typename Lanes<T>::Numbers);
}

// Four sums at a time: an addition takes the time of four others.
template <class X, class T>
GRADDIV_INLINE T product(const X* x, const T* w, std::int64_t n) {
  constexpr int lanes = Lanes<T>::count;
  using Numbers = typename Lanes<T>::Numbers;
  Numbers first = {}, second = {}, third = {}, fourth = {};
  const auto add_product = [&](Numbers& sum, std::int64_t at) GRADDIV_INLINE_LAMBDA {
    Numbers a;
    Numbers b;
    load<T>(x + at, a);
    load<T>(w + at, b);
    sum += a * b;
  };
  std::int64_t j = 0;
  for (; j + 4 * lanes <= n; j += 4 * lanes) {
    add_product(first, j);
    add_product(second, j + lanes);
    add_product(third, j + 2 * lanes);
    add_product(fourth, j + 3 * lanes);
  }
  for (; j + lanes <= n; j += lanes) add_product(first, j);
  const Numbers all = (first + second) + (third + fourth);
  T sum = 0;
  for (int k = 0; k < lanes; ++k) sum += all[k];
  for (; j < n; ++j) sum += static_cast<T>(x[j]) * w[j];
  return sum;
}

template <class X, class T>
GRADDIV_INLINE void add(T factor, const X* x, T* y, std::int64_t n) {
  constexpr int lanes = Lanes<T>::count;
  typename Lanes<T>::Numbers a;
  typename Lanes<T>::Numbers b;
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    load<T>(x + j, a);
    load<T>(y + j, b);
    b += factor * a;
    std::memcpy(y + j, &b, sizeof(b));
  }
  for (; j < n; ++j) y[j] += factor * static_cast<T>(x[j]);
}

template <class T>
GRADDIV_INLINE void add_and_fetch(T factor, const T* x, T* y, std::int64_t n, const T* soon) {
  constexpr int lanes = Lanes<T>::count;  // as wide as a line of the caches
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    __builtin_prefetch(soon + j);
    add<T, T>(factor, x + j, y + j, lanes);
  }
  add<T, T>(factor, x + j, y + j, n - j);
}

// y is read and written once for four rows.
template <class X, class T>
GRADDIV_INLINE void add_four(const T* factors, const X* const* x, T* y, std::int64_t n) {
  constexpr int lanes = Lanes<T>::count;
  typename Lanes<T>::Numbers a;
  typename Lanes<T>::Numbers b;
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    load<T>(y + j, b);
    for (int r = 0; r < 4; ++r) {
      load<T>(x[r] + j, a);
      b += factors[r] * a;
    }
    std::memcpy(y + j, &b, sizeof(b));
  }
  for (; j < n; ++j) {
    for (int r = 0; r < 4; ++r) y[j] += factors[r] * static_cast<T>(x[r][j]);
  }
}

template <class X, class T>
GRADDIV_INLINE void scale(T factor, const X* x, T* y, std::int64_t n) {
  constexpr int lanes = Lanes<T>::count;
  typename Lanes<T>::Numbers a;
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    load<T>(x + j, a);
    a *= factor;
    std::memcpy(y + j, &a, sizeof(a));
  }
  for (; j < n; ++j) y[j] = factor * static_cast<T>(x[j]);
}

enum class Level { any, avx2, avx512 };

Level level_of_this_machine() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    return Level::avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return Level::avx2;
#endif
  return Level::any;
}

const Level level = level_of_this_machine();

// One body, compiled for three instruction sets.
#ifdef __x86_64__
#define GRADDIV_FOR_EACH_LEVEL(RESULT, NAME, PARAMETERS, CALL)                       \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma")))             \
  RESULT NAME##_avx512 PARAMETERS {                                                  \
    return CALL;                                                                     \
  }                                                                                  \
  __attribute__((target("avx2,fma"))) RESULT NAME##_avx2 PARAMETERS { return CALL; } \
  RESULT NAME##_any PARAMETERS { return CALL; }
#define GRADDIV_CHOOSE(NAME, ARGUMENTS)             \
  (level == Level::avx512 ? NAME##_avx512 ARGUMENTS \
   : level == Level::avx2 ? NAME##_avx2 ARGUMENTS   \
                          : NAME##_any ARGUMENTS)
#else
#define GRADDIV_FOR_EACH_LEVEL(RESULT, NAME, PARAMETERS, CALL) \
  RESULT NAME##_any PARAMETERS { return CALL; }
#define GRADDIV_CHOOSE(NAME, ARGUMENTS) NAME##_any ARGUMENTS
#endif

#define GRADDIV_ROW_PRODUCT(NAME, X, T)                                     \
  GRADDIV_FOR_EACH_LEVEL(T, NAME, (const X* x, const T* w, std::int64_t n), \
                         (product<X, T>(x, w, n)))
#define GRADDIV_ADD_ROW(NAME, X, T)                                                \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (T factor, const X* x, T* y, std::int64_t n), \
                         (add<X, T>(factor, x, y, n)))
#define GRADDIV_ADD_AND_FETCH(NAME, T)                                                            \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (T factor, const T* x, T* y, std::int64_t n, const T* soon), \
                         (add_and_fetch<T>(factor, x, y, n, soon)))
#define GRADDIV_ADD_FOUR_ROWS(NAME, X, T)                                                         \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (const T* factors, const X* const* x, T* y, std::int64_t n), \
                         (add_four<X, T>(factors, x, y, n)))
#define GRADDIV_SCALE_ROW(NAME, X, T)                                              \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (T factor, const X* x, T* y, std::int64_t n), \
                         (scale<X, T>(factor, x, y, n)))

GRADDIV_ROW_PRODUCT(product_bytes_double, std::uint8_t, double)
GRADDIV_ROW_PRODUCT(product_bytes_float, std::uint8_t, float)
GRADDIV_ROW_PRODUCT(product_double, double, double)
GRADDIV_ROW_PRODUCT(product_float, float, float)
GRADDIV_ADD_ROW(add_bytes_double, std::uint8_t, double)
GRADDIV_ADD_ROW(add_bytes_float, std::uint8_t, float)
GRADDIV_ADD_ROW(add_double, double, double)
GRADDIV_ADD_ROW(add_float, float, float)
GRADDIV_ADD_AND_FETCH(add_and_fetch_double, double)
GRADDIV_ADD_AND_FETCH(add_and_fetch_float, float)
GRADDIV_ADD_FOUR_ROWS(add_four_bytes_double, std::uint8_t, double)
GRADDIV_ADD_FOUR_ROWS(add_four_bytes_float, std::uint8_t, float)
GRADDIV_ADD_FOUR_ROWS(add_four_double, double, double)
GRADDIV_ADD_FOUR_ROWS(add_four_float, float, float)
GRADDIV_SCALE_ROW(scale_bytes_double, std::uint8_t, double)
GRADDIV_SCALE_ROW(scale_bytes_float, std::uint8_t, float)

}  // namespace

double row_product(const std::uint8_t* x, const double* w, std::int64_t n) {
  return GRADDIV_CHOOSE(product_bytes_double, (x, w, n));
}
float row_product(const std::uint8_t* x, const float* w, std::int64_t n) {
  return GRADDIV_CHOOSE(product_bytes_float, (x, w, n));
}
double row_product(const double* x, const double* w, std::int64_t n) {
  return GRADDIV_CHOOSE(product_double, (x, w, n));
}
float row_product(const float* x, const float* w, std::int64_t n) {
  return GRADDIV_CHOOSE(product_float, (x, w, n));
}

void add_row(double a, const std::uint8_t* x, double* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_bytes_double, (a, x, y, n));
}
void add_row(float a, const std::uint8_t* x, float* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_bytes_float, (a, x, y, n));
}
void add_row(double a, const double* x, double* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_double, (a, x, y, n));
}
void add_row(float a, const float* x, float* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_float, (a, x, y, n));
}
void add_row(double a, const double* x, double* y, std::int64_t n, const double* soon) {
  GRADDIV_CHOOSE(add_and_fetch_double, (a, x, y, n, soon));
}
void add_row(float a, const float* x, float* y, std::int64_t n, const float* soon) {
  GRADDIV_CHOOSE(add_and_fetch_float, (a, x, y, n, soon));
}

void add_four_rows(const double* a, const std::uint8_t* const* x, double* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_four_bytes_double, (a, x, y, n));
}
void add_four_rows(const float* a, const std::uint8_t* const* x, float* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_four_bytes_float, (a, x, y, n));
}
void add_four_rows(const double* a, const double* const* x, double* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_four_double, (a, x, y, n));
}
void add_four_rows(const float* a, const float* const* x, float* y, std::int64_t n) {
  GRADDIV_CHOOSE(add_four_float, (a, x, y, n));
}

void scale_row(double a, const std::uint8_t* x, double* y, std::int64_t n) {
  GRADDIV_CHOOSE(scale_bytes_double, (a, x, y, n));
}
void scale_row(float a, const std::uint8_t* x, float* y, std::int64_t n) {
  GRADDIV_CHOOSE(scale_bytes_float, (a, x, y, n));
}

}  // namespace graddiv::measure
