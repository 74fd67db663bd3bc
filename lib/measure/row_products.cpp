#include "measure/row_products.h"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

#define GRADDIV_INLINE inline __attribute__((always_inline))
#define GRADDIV_INLINE_LAMBDA __attribute__((always_inline))

namespace graddiv::measure {
namespace {

/// A vector register of `Size` bytes, full of numbers.
template <class T, int Size>
struct Lanes {
  static constexpr int count = Size / sizeof(T);
  using Numbers [[gnu::vector_size(Size)]] = T;
  using Bytes [[gnu::vector_size(count)]] = std::uint8_t;
  using Shorts [[gnu::vector_size(2 * count)]] = std::int16_t;
  using Words [[gnu::vector_size(4 * count)]] = std::int32_t;
  using WordBytes [[gnu::vector_size(4 * count)]] = std::uint8_t;
};

/// The same, of whole numbers without a sign.
template <int Size>
struct WholeLanes {
  static constexpr int count = Size / 2;
  using Bytes [[gnu::vector_size(count)]] = std::uint8_t;
  using Shorts [[gnu::vector_size(Size)]] = std::uint16_t;
  using Words [[gnu::vector_size(Size)]] = std::uint32_t;
};

/// The size of registers for rows of X: of bytes 8 at most are repeated at a time, see load.
template <class X>
constexpr int fitting(int size) {
  return sizeof(X) == 1 ? std::min(size, 32) : size;
}

/// f(0), …, f(count − 1), written out: an index that is known lets arrays be registers.
template <int count, class Function>
GRADDIV_INLINE void repeat(Function&& f) {
  [&]<int... k>(std::integer_sequence<int, k...>) GRADDIV_INLINE_LAMBDA {
    (f(std::integral_constant<int, k>()), ...);
  }
  (std::make_integer_sequence<int, count>());
}

template <int Size, class T>
GRADDIV_INLINE void load(const T* from, typename Lanes<T, Size>::Numbers& to) {
  std::memcpy(&to, from, sizeof(to));
}
// g++ 12 takes a conversion of bytes apart, into several times as many instructions. Instead the
// bytes are repeated in every 16 bytes of a register, where one instruction puts each into the word
// that it becomes, and the others are taken away. SSE2 has no such instruction.
template <int Size, class T>
GRADDIV_INLINE void load(const std::uint8_t* from, typename Lanes<T, Size>::Numbers& to) {
  using Register = Lanes<T, Size>;
  constexpr int count = Register::count;
  typename Register::Words words;
  if constexpr (Size == 16) {
    typename Register::Bytes bytes;
    std::memcpy(&bytes, from, sizeof(bytes));
    const auto shorts = __builtin_convertvector(bytes, typename Register::Shorts);
    words = __builtin_convertvector(shorts, typename Register::Words);
  } else {
    std::conditional_t<count == 4, std::uint32_t, std::uint64_t> piece;
    static_assert(count == sizeof(piece));
    std::memcpy(&piece, from, sizeof(piece));
    using Pieces [[gnu::vector_size(4 * count)]] = decltype(piece);
    const auto pieces = Pieces{} + piece;
    typename Register::WordBytes bytes;
    std::memcpy(&bytes, &pieces, sizeof(bytes));
    [&]<int... k>(std::integer_sequence<int, k...>) GRADDIV_INLINE_LAMBDA {
      bytes = __builtin_shufflevector(bytes, bytes, (k / 16 * 16 + k / 4)...);
    }
    (std::make_integer_sequence<int, 4 * count>());
    std::memcpy(&words, &bytes, sizeof(words));
    words &= 0xff;
  }
  to = __builtin_convertvector(words, typename Register::Numbers);
}

// Four sums at a time: an addition takes the time of four others. Each is one of 64 bytes of
// numbers, in as many registers as that takes: the order of the additions is the same for all.
template <int Size, class X, class T>
GRADDIV_INLINE T product(const X* x, const T* w, std::int64_t n) {
  constexpr int lanes = Lanes<T, Size>::count;
  constexpr int parts = 64 / Size;
  using Numbers = typename Lanes<T, Size>::Numbers;
  Numbers sums[4 * parts] = {};
  const auto add_product = [&](auto k, std::int64_t at) GRADDIV_INLINE_LAMBDA {
    Numbers a;
    Numbers b;
    load<Size, T>(x + at + k * lanes, a);
    load<Size, T>(w + at + k * lanes, b);
    sums[k] += a * b;
  };
  std::int64_t j = 0;
  for (; j + 4 * parts * lanes <= n; j += 4 * parts * lanes) {
    repeat<4 * parts>([&](auto k) GRADDIV_INLINE_LAMBDA { add_product(k, j); });
  }
  for (; j + parts * lanes <= n; j += parts * lanes) {
    repeat<parts>([&](auto k) GRADDIV_INLINE_LAMBDA { add_product(k, j); });
  }
  T sum = 0;
  repeat<parts>([&](auto k) GRADDIV_INLINE_LAMBDA {
    const Numbers all = (sums[k] + sums[parts + k]) + (sums[2 * parts + k] + sums[3 * parts + k]);
    for (int lane = 0; lane < lanes; ++lane) sum += all[lane];
  });
  for (; j < n; ++j) sum += static_cast<T>(x[j]) * w[j];
  return sum;
}

template <int Size, class X, class T>
GRADDIV_INLINE void add(T factor, const X* x, T* y, std::int64_t n) {
  constexpr int lanes = Lanes<T, Size>::count;
  typename Lanes<T, Size>::Numbers a;
  typename Lanes<T, Size>::Numbers b;
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    load<Size, T>(x + j, a);
    load<Size, T>(y + j, b);
    b += factor * a;
    std::memcpy(y + j, &b, sizeof(b));
  }
  for (; j < n; ++j) y[j] += factor * static_cast<T>(x[j]);
}

template <int Size, class T>
GRADDIV_INLINE void add_and_fetch(T factor, const T* x, T* y, std::int64_t n, const T* soon) {
  constexpr int line = 64 / sizeof(T);  // of the caches
  std::int64_t j = 0;
  for (; j + line <= n; j += line) {
    __builtin_prefetch(soon + j);
    add<Size, T, T>(factor, x + j, y + j, line);
  }
  add<Size, T, T>(factor, x + j, y + j, n - j);
}

// y is read and written once for four rows.
template <int Size, class X, class T>
GRADDIV_INLINE void add_four(const T* factors, const X* const* x, T* y, std::int64_t n) {
  constexpr int lanes = Lanes<T, Size>::count;
  typename Lanes<T, Size>::Numbers a;
  typename Lanes<T, Size>::Numbers b;
  // Of their own, or they would be read again after everything that is written.
  const X* row[4];
  T factor[4];
  repeat<4>([&](auto r) GRADDIV_INLINE_LAMBDA {
    row[r] = x[r];
    factor[r] = factors[r];
  });
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    load<Size, T>(y + j, b);
    repeat<4>([&](auto r) GRADDIV_INLINE_LAMBDA {
      load<Size, T>(row[r] + j, a);
      b += factor[r] * a;
    });
    std::memcpy(y + j, &b, sizeof(b));
  }
  for (; j < n; ++j) {
    for (int r = 0; r < 4; ++r) y[j] += factor[r] * static_cast<T>(row[r][j]);
  }
}

// A square is below 2^16: as many pairs as are added up between two carries stay below 2^32.
template <int Size>
GRADDIV_INLINE std::int64_t square_sum(const std::uint8_t* x, std::int64_t n) {
  using Register = WholeLanes<Size>;
  constexpr int lanes = Register::count;
  constexpr std::int64_t most = std::int64_t{lanes} << 15U;
  std::int64_t sum = 0;
  std::int64_t j = 0;
  while (j + lanes <= n) {
    typename Register::Words sums = {};
    for (const std::int64_t end = std::min(n, j + most); j + lanes <= end; j += lanes) {
      typename Register::Bytes bytes;
      std::memcpy(&bytes, x + j, sizeof(bytes));
      auto squares = __builtin_convertvector(bytes, typename Register::Shorts);
      squares *= squares;
      typename Register::Words pairs;
      std::memcpy(&pairs, &squares, sizeof(pairs));
      sums += (pairs & 0xffff) + (pairs >> 16);
    }
    for (int lane = 0; lane < lanes / 2; ++lane) sum += sums[lane];
  }
  for (; j < n; ++j) sum += std::int64_t{x[j]} * x[j];
  return sum;
}

template <int Size, class X, class T>
GRADDIV_INLINE void scale(T factor, const X* x, T* y, std::int64_t n) {
  constexpr int lanes = Lanes<T, Size>::count;
  typename Lanes<T, Size>::Numbers a;
  std::int64_t j = 0;
  for (; j + lanes <= n; j += lanes) {
    load<Size, T>(x + j, a);
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

// One body, compiled for three instruction sets, each with registers of its size: wider ones than
// there are would be taken apart number by number.
#ifdef __x86_64__
#define GRADDIV_FOR_EACH_LEVEL(RESULT, NAME, PARAMETERS, CALL)           \
  __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))) \
  RESULT NAME##_avx512 PARAMETERS {                                      \
    constexpr int size = 64;                                             \
    return CALL;                                                         \
  }                                                                      \
  __attribute__((target("avx2,fma"))) RESULT NAME##_avx2 PARAMETERS {    \
    constexpr int size = 32;                                             \
    return CALL;                                                         \
  }                                                                      \
  RESULT NAME##_any PARAMETERS {                                         \
    constexpr int size = 16;                                             \
    return CALL;                                                         \
  }
#define GRADDIV_CHOOSE(NAME, ARGUMENTS)             \
  (level == Level::avx512 ? NAME##_avx512 ARGUMENTS \
   : level == Level::avx2 ? NAME##_avx2 ARGUMENTS   \
                          : NAME##_any ARGUMENTS)
#else
#define GRADDIV_FOR_EACH_LEVEL(RESULT, NAME, PARAMETERS, CALL) \
  RESULT NAME##_any PARAMETERS {                               \
    constexpr int size = 16;                                   \
    return CALL;                                               \
  }
#define GRADDIV_CHOOSE(NAME, ARGUMENTS) NAME##_any ARGUMENTS
#endif

#define GRADDIV_ROW_PRODUCT(NAME, X, T)                                     \
  GRADDIV_FOR_EACH_LEVEL(T, NAME, (const X* x, const T* w, std::int64_t n), \
                         (product<fitting<X>(size), X, T>(x, w, n)))
#define GRADDIV_ADD_ROW(NAME, X, T)                                                \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (T factor, const X* x, T* y, std::int64_t n), \
                         (add<fitting<X>(size), X, T>(factor, x, y, n)))
#define GRADDIV_ADD_AND_FETCH(NAME, T)                                                            \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (T factor, const T* x, T* y, std::int64_t n, const T* soon), \
                         (add_and_fetch<size, T>(factor, x, y, n, soon)))
#define GRADDIV_ADD_FOUR_ROWS(NAME, X, T)                                                         \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (const T* factors, const X* const* x, T* y, std::int64_t n), \
                         (add_four<fitting<X>(size), X, T>(factors, x, y, n)))
#define GRADDIV_SCALE_ROW(NAME, X, T)                                              \
  GRADDIV_FOR_EACH_LEVEL(void, NAME, (T factor, const X* x, T* y, std::int64_t n), \
                         (scale<fitting<X>(size), X, T>(factor, x, y, n)))

GRADDIV_FOR_EACH_LEVEL(std::int64_t, squares_bytes, (const std::uint8_t* x, std::int64_t n),
                       (square_sum<size>(x, n)))
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

std::int64_t squared_row(const std::uint8_t* x, std::int64_t n) {
  return GRADDIV_CHOOSE(squares_bytes, (x, n));
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
