#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sampling/instructions.h"

namespace graddiv {

/// What the random numbers of a run are a function of: any run can be made again alone, whichever
/// others there are and whoever makes them.
struct RunName {
  std::uint64_t seed = 1;
  std::uint64_t instance = 0;
  std::uint64_t run = 0;
};

/// What random numbers are drawn for: those of different purposes are independent.
enum class DrawnFor : std::uint32_t { step, average, mechanism };

/// The random numbers of runs, counted from the first: Philox 4×64 with 10 rounds (Salmon et al.
/// 2011) of (seed, purpose; block of draws, iteration, run, instance).
class RunRandom {
 public:
  explicit RunRandom(const RunName& first, Instructions instructions = Instructions::best);

  /// indices[r · stride + ℓ] = s_ℓ of an iteration of run r, ℓ < draws, uniform on 0, …, n − 1
  /// without any bias, 1 ≤ n < 2^32 (Lemire 2019: what would favour some is drawn again). As many
  /// runs as there is room for; the stride is a multiple of eight, at least as many as the draws,
  /// and what lies between may change.
  void indices(DrawnFor purpose, int iteration, std::uint32_t n, std::size_t draws,
               std::size_t stride, std::span<std::uint32_t> indices) const;
  /// The number-th uniform number on {0, 2^−53, …, 1 − 2^−53} of an iteration of run r.
  double uniform(std::size_t run, DrawnFor purpose, int iteration, std::uint64_t number) const;

 private:
  RunName first_;
  bool is_fast_;
};

}  // namespace graddiv
