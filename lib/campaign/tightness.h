#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "campaign/gallery.h"
#include "claim/theorem.h"

namespace graddiv {

/// An instance with what it certifies.
struct Sharpest {
  Instance instance;
  Attained attained;
};

/// Instances by some positive numbers: the parameters of a worst-case family, and of its run.
struct InstanceFamily {
  std::vector<Rational> values;  ///< where a search begins
  /// The member with these values; nothing where there is none.
  std::function<std::optional<Instance>(const std::vector<Rational>& values)> with;
};

// What a search looks at: exact numbers grow with every iteration.
inline constexpr int most_iterations_of_a_search = 256;
inline constexpr long largest_batch_of_a_search = 1'000'000;

/// About how many operations on numbers a check of an instance takes: K n d² for the moments of a
/// run; where two coupled runs are followed, d for every path to every iteration.
double work_of_a_check(const Instance& instance);

struct SearchOptions {
  std::int64_t evaluations = 200;  ///< checks to spend; certifying what was found comes on top
  std::uint64_t seed = 1;
  CheckOptions check{};  ///< for certificates
  /// Instances that take more than this, by work_of_a_check, are passed over.
  double largest_work = std::numeric_limits<double>::infinity();
  std::function<bool()> is_over{};  ///< asked before every check; none: to the end
  bool until_refuted = false;       ///< a counterexample is all that is wanted
  /// In the place of work_of_a_check.
  std::function<double(const Instance&)> work{};
};

struct SearchResult {
  std::vector<Sharpest> sharpest;  ///< one for every regime that was found
  std::optional<Instance>
      counterexample;  ///< an instance that refutes the statement, should one come along
  bool was_cut_short = false;
};

/// The sharpest certified instance of the statement in every regime: first among the starts and the
/// first members of the families as they stand, then by turning the numbers of the best starts,
/// their batch sizes and iterations, and those that the best families depend on (a derivative-free
/// simplex from several perturbed points), and rounding what comes out to small rationals. Runs of
/// more than 256 iterations are passed over: exact numbers grow with every one. Depends on its
/// arguments alone, not on time, unless it is cut short.
SearchResult search_sharpest(const Statement& statement, const std::vector<Instance>& starts,
                             const SearchOptions& options,
                             const std::vector<InstanceFamily>& families = {});

}  // namespace graddiv
