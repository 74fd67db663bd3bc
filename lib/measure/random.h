#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace graddiv::measure {

/// What random numbers are used for: numbers of different purposes are independent.
enum class Purpose : std::uint32_t { start, draws, subsample, noise, search, repetition };

/// Numbers that are a function of (seed, purpose, number) alone (Philox 4×64 with 10 rounds), so
/// that any of them can be had without those before, on any thread.
class CounterRandom {
 public:
  CounterRandom(std::uint64_t seed, Purpose purpose, std::uint64_t stream = 0)
      : seed_(seed),
        stream_((std::uint64_t{static_cast<std::uint32_t>(purpose)} << 48U) ^ stream) {}

  std::array<std::uint64_t, 4> bits(std::uint64_t number) const;
  /// Uniform on 0, …, n − 1 without bias beyond 2^−64 n.
  std::int64_t below(std::int64_t n, std::uint64_t number) const;
  /// Uniform on (0, 1).
  double uniform(std::uint64_t number) const;
  /// Standard normal.
  double normal(std::uint64_t number) const;

 private:
  std::uint64_t seed_;
  std::uint64_t stream_;
};

/// `count` different numbers of 0, …, n − 1 in random order, each order as likely as any other.
/// Throws std::invalid_argument unless 0 ≤ count ≤ n.
std::vector<std::int64_t> draw_without_replacement(std::int64_t n, std::int64_t count,
                                                   const CounterRandom& random);

}  // namespace graddiv::measure
