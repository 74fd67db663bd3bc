#include "sampling/run_random.h"

#include <algorithm>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace graddiv {
namespace {

constexpr std::size_t halves = 8;  // of the four words of a block, each for one index
constexpr std::uint64_t again = std::uint64_t{1} << 63U;  // marks blocks of repeated draws

using Words = std::array<std::uint64_t, 4>;

struct Product {
  std::uint64_t low, high;
};

Product product(std::uint64_t x, std::uint64_t y) {
  __extension__ using Both = unsigned __int128;
  const Both xy = Both{x} * y;
  return {static_cast<std::uint64_t>(xy), static_cast<std::uint64_t>(xy >> 64U)};
}

/// Philox 4×64 for blocks of one purpose: its keys, round by round, are made once.
class Philox {
 public:
  Philox(std::uint64_t seed, DrawnFor purpose) {
    std::array<std::uint64_t, 2> key{seed, static_cast<std::uint64_t>(purpose)};
    for (auto& round : keys_) {
      round = key;
      key[0] += 0x9e3779b97f4a7c15U;
      key[1] += 0xbb67ae8584caa73bU;
    }
  }

  /// Several at once, which takes hardly longer than one.
  template <std::size_t counters, class Multiply>
  [[gnu::always_inline]] void encrypt(std::array<Words, counters>& all,
                                      const Multiply& multiply) const {
#pragma GCC unroll 10
    for (const auto& key : keys_) {
#pragma GCC unroll 2
      for (Words& x : all) {
        // The products are what takes long: nothing but one ⊕ of each comes before the next ones.
        std::uint64_t first = x[1] ^ key[0];
        std::uint64_t second = x[3] ^ key[1];
        asm("" : "+r"(first), "+r"(second));
        const Product a = multiply(x[0], 0xd2e7470ee14c6c93U);
        const Product b = multiply(x[2], 0xca5a826395121157U);
        x = {b.high ^ first, b.low, a.high ^ second, a.low};
      }
    }
  }
  Words encrypted(const Words& counter) const {
    std::array<Words, 1> block{counter};
    encrypt(block, product);
    return block[0];
  }

 private:
  std::array<std::array<std::uint64_t, 2>, 10> keys_;
};

Words counter(const RunName& name, int iteration, std::uint64_t block) {
  return {block, static_cast<std::uint64_t>(iteration), name.run, name.instance};
}

std::uint32_t half(const Words& words, std::size_t i) {
  return static_cast<std::uint32_t>(words[i / 2] >> (32 * (i % 2)));
}

// For x uniform on 32 bits x n / 2^32, rounded down, is uniform on 0, …, n − 1 where the fraction,
// which is the lower half of the product, is at least 2^32 mod n.
bool is_fair(std::uint64_t product, std::uint32_t least) {
  return static_cast<std::uint32_t>(product) >= least;
}

std::uint32_t drawn_again(const Philox& philox, const RunName& name, int iteration, std::uint32_t n,
                          std::size_t draw) {
  for (std::uint64_t attempt = 0;; ++attempt) {
    const Words block = philox.encrypted(counter(name, iteration, again | attempt << 32U | draw));
    for (std::size_t i = 0; i < halves; ++i) {
      const std::uint64_t scaled = std::uint64_t{half(block, i)} * n;
      if (is_fair(scaled, -n % n)) return static_cast<std::uint32_t>(scaled >> 32U);
    }
  }
}

/// What is drawn, and where to.
struct Draw {
  const Philox& philox;
  RunName first;
  int iteration;
  std::uint32_t n;
  std::size_t draws, stride, runs;
  std::uint32_t* indices;
};

/// Two runs at a time. `scale` makes eight indices of a block, and tells whether all are fair.
template <class Multiply, class Scale>
[[gnu::always_inline]] inline void draw_all(const Draw& draw, const Multiply& multiply,
                                            const Scale& scale) {
  const std::uint32_t least = -draw.n % draw.n;
  for (std::size_t run = 0; run < draw.runs; run += 2) {
    // The last of an odd number of runs is its own neighbour.
    const std::array<std::size_t, 2> both{run, std::min(run + 1, draw.runs - 1)};
    std::array<RunName, 2> names{draw.first, draw.first};
    for (std::size_t r = 0; r < 2; ++r) names[r].run += both[r];
    for (std::size_t first = 0; first < draw.draws; first += halves) {
      std::array<Words, 2> blocks{counter(names[0], draw.iteration, first / halves),
                                  counter(names[1], draw.iteration, first / halves)};
      draw.philox.encrypt(blocks, multiply);
      for (std::size_t r = 0; r < 2; ++r) {
        std::uint32_t* const drawn = draw.indices + both[r] * draw.stride + first;
        if (scale(blocks[r], draw.n, least, drawn)) continue;
        for (std::size_t i = 0; i < halves; ++i) {
          if (!is_fair(std::uint64_t{half(blocks[r], i)} * draw.n, least))
            drawn[i] = drawn_again(draw.philox, names[r], draw.iteration, draw.n, first + i);
        }
      }
    }
  }
}

void draw_portably(const Draw& draw) {
  draw_all(draw, product,
           [](const Words& block, std::uint32_t n, std::uint32_t least, std::uint32_t* drawn) {
             bool are_fair = true;
             for (std::size_t i = 0; i < halves; ++i) {
               const std::uint64_t scaled = std::uint64_t{half(block, i)} * n;
               drawn[i] = static_cast<std::uint32_t>(scaled >> 32U);
               are_fair = are_fair && is_fair(scaled, least);
             }
             return are_fair;
           });
}

#ifdef __x86_64__
#define GRADDIV_FAST __attribute__((target("avx2,bmi2")))

// The same product: g++ 12 moves numbers of 128 bits about, which takes a fifth of the time.
inline Product fast_product(std::uint64_t x, std::uint64_t y) {
  Product p;
  asm("mulx %3, %0, %1" : "=r"(p.low), "=r"(p.high) : "%d"(x), "r"(y));
  return p;
}

// All halves of a block at once: the lower ones of words are at even places, the upper ones at odd.
GRADDIV_FAST void draw_fast(const Draw& draw) {
  draw_all(draw, fast_product,
           [](const Words& block, std::uint32_t n, std::uint32_t least,
              std::uint32_t* drawn) GRADDIV_FAST {
             constexpr int odd_places = 0xaa;
             const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block.data()));
             const __m256i times = _mm256_set1_epi64x(n);
             const __m256i even = _mm256_mul_epu32(x, times);
             const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(x, 32), times);
             _mm256_storeu_si256(reinterpret_cast<__m256i*>(drawn),
                                 _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, odd_places));
             const __m256i fraction =
                 _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), odd_places);
             const __m256i larger =
                 _mm256_max_epu32(fraction, _mm256_set1_epi32(static_cast<int>(least)));
             return _mm256_movemask_epi8(_mm256_cmpeq_epi32(fraction, larger)) == -1;
           });
}
#undef GRADDIV_FAST
#endif

}  // namespace

RunRandom::RunRandom(const RunName& first, Instructions instructions)
    : first_(first), is_fast_(instructions == Instructions::best) {
#ifdef __x86_64__
  is_fast_ = is_fast_ && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
#endif
}

void RunRandom::indices(DrawnFor purpose, int iteration, std::uint32_t n, std::size_t draws,
                        std::size_t stride, std::span<std::uint32_t> indices) const {
  const Philox philox(first_.seed, purpose);
  const std::size_t runs = indices.size() / stride;
  const Draw draw{philox, first_, iteration, n, draws, stride, runs, indices.data()};
#ifdef __x86_64__
  if (is_fast_) return draw_fast(draw);
#endif
  draw_portably(draw);
}

double RunRandom::uniform(std::size_t run, DrawnFor purpose, int iteration,
                          std::uint64_t number) const {
  constexpr unsigned spare = 64 - 53;
  RunName name = first_;
  name.run += run;
  const Words block = Philox(name.seed, purpose).encrypted(counter(name, iteration, number / 4));
  return static_cast<double>(block[number % 4] >> spare) * 0x1p-53;
}

}  // namespace graddiv
