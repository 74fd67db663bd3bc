#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claim/theorem.h"
#include "sampling/sampled_trajectory.h"
#include "sgd/instance.h"

namespace graddiv {

/// An instance that a campaign is going to check, and where it came from ("random:
/// strongly-convex").
struct Planned {
  std::string origin;
  Instance instance;
  std::int64_t search_checks = 0;  ///< that were spent to find it
  /// How its expectations are sampled, where it is too large for exact ones.
  std::optional<SamplingOptions> sampling = {};
};

/// Thrown by a plan where nobody wants any more what it is making.
struct Unwanted : std::exception {
  const char* what() const noexcept override { return "nobody wants it any more"; }
};

/// What a campaign checks. It must depend on its arguments alone, so that a campaign can be
/// continued and shared out. Called by several threads at once.
struct Plan {
  /// The number-th instance for a theorem, or nothing where there is none. What takes long asks
  /// `is_over`, which may be empty, now and then, and throws Unwanted.
  std::function<std::optional<Planned>(const Theorem& theorem, std::int64_t number,
                                       const std::function<bool()>& is_over)>
      at;
  /// All numbers of `other`, ascending, whose instance is the number-th of `theorem`: these share
  /// all that is found out about it. Without it every instance stands alone.
  std::function<std::vector<std::int64_t>(const Theorem& theorem, std::int64_t number,
                                          const Theorem& other)>
      same = {};
};

/// The part of a campaign with the numbers ≡ index − 1 (mod count), 1 ≤ index ≤ count: the parts of
/// all indices together are the whole, and no two share a number.
struct Shard {
  int index = 1;
  int count = 1;
};

}  // namespace graddiv
