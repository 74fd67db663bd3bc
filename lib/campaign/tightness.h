#pragma once

#include <cstdint>
#include <vector>

#include "campaign/gallery.h"
#include "claim/theorem.h"

namespace graddiv {

/// An instance with what it certifies.
struct Sharpest {
  Instance instance;
  Attained attained;
};

struct SearchOptions {
  std::int64_t evaluations = 200;  ///< checks to spend; certifying what was found comes on top
  std::uint64_t seed = 1;
  CheckOptions check{};  ///< for certificates
};

struct SearchResult {
  std::vector<Sharpest> sharpest;  ///< one for every regime that was found
  std::optional<Instance>
      counterexample;  ///< an instance that refutes the statement, should one come along
};

/// The sharpest certified instance of the statement in every regime: first among the starts as they stand, then by
/// turning the numbers of the best of them, its batch size and its iterations (a derivative-free simplex from several perturbed
/// points), and rounding what comes out to small rationals. Starts with more than 256
/// iterations are passed over: exact numbers grow with every one. Depends on its arguments alone, not on time.
SearchResult search_sharpest(const Statement& statement, const std::vector<Instance>& starts,
                             const SearchOptions& options);

}  // namespace graddiv
