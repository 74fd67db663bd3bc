#include "sampling/run_random.h"

#include <Random123/philox.h>

namespace graddiv {
namespace {

constexpr std::size_t halves = 8;  // of the four words of a block, each for one index
constexpr std::uint64_t again = std::uint64_t{1} << 63U;  // marks blocks of repeated draws

std::uint32_t half(const std::array<std::uint64_t, 4>& words, std::size_t i) {
  return static_cast<std::uint32_t>(words[i / 2] >> (32 * (i % 2)));
}

}  // namespace

std::array<std::uint64_t, 4> RunRandom::words(DrawnFor purpose, int iteration,
                                              std::uint64_t block) const {
  const r123::Philox4x64 generator;
  const r123::Philox4x64::ctr_type counter = {
      {block, static_cast<std::uint64_t>(iteration), name_.run, name_.instance}};
  const r123::Philox4x64::key_type key = {{name_.seed, static_cast<std::uint64_t>(purpose)}};
  const auto drawn = generator(counter, key);
  return {drawn[0], drawn[1], drawn[2], drawn[3]};
}

// x n / 2^32 rounded down, for x uniform on 32 bits, where the fraction is at least 2^32 mod n.
void RunRandom::indices(DrawnFor purpose, int iteration, std::uint32_t n,
                        std::span<std::uint32_t> indices) const {
  const std::uint32_t least = -n % n;  // 2^32 mod n
  std::array<std::uint64_t, 4> block{};
  for (std::size_t i = 0; i < indices.size(); ++i) {
    if (i % halves == 0) block = words(purpose, iteration, i / halves);
    const std::uint64_t product = std::uint64_t{half(block, i % halves)} * n;
    indices[i] = static_cast<std::uint32_t>(product) < least
                     ? drawn_again(purpose, iteration, n, i)
                     : static_cast<std::uint32_t>(product >> 32U);
  }
}

std::uint32_t RunRandom::drawn_again(DrawnFor purpose, int iteration, std::uint32_t n,
                                     std::size_t draw) const {
  const std::uint32_t least = -n % n;
  for (std::uint64_t attempt = 0;; ++attempt) {
    const auto block = words(purpose, iteration, again | attempt << 32U | draw);
    for (std::size_t i = 0; i < halves; ++i) {
      const std::uint64_t product = std::uint64_t{half(block, i)} * n;
      if (static_cast<std::uint32_t>(product) >= least)
        return static_cast<std::uint32_t>(product >> 32U);
    }
  }
}

double RunRandom::uniform(DrawnFor purpose, int iteration, std::uint64_t number) const {
  constexpr unsigned spare = 64 - 53;
  return static_cast<double>(words(purpose, iteration, number / 4)[number % 4] >> spare) * 0x1p-53;
}

}  // namespace graddiv
