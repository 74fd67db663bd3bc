#pragma once

#include <limits>

#include "expectation/trajectory.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv {

struct ExpectationOptions {
  std::vector<Quantity> quantities{all_quantities.begin(), all_quantities.end()};
  Engine engine = Engine::automatic;
  Arithmetic arithmetic = Arithmetic::automatic;
  /// Bits of intervals to begin with; doubled until every value has `relative_width`, or nothing
  /// gets narrower (no value can be narrower than the reference it is measured from), up to
  /// `largest_precision`.
  unsigned precision = 128;
  unsigned largest_precision = 1U << 15;
  double relative_width = 1e-12;
  /// `automatic` arithmetic leaves the rationals where numbers would need more bits than this.
  std::size_t exact_bits = 400'000;
  /// … or where all values of a trajectory would need more bits than this (256 MB), …
  double exact_bits_of_values = 0x1p31;
  /// … or where they would take more products of bits than this (2⁴¹ take about a second), …
  double exact_work_of_values = std::numeric_limits<double>::infinity();
  /// … or where the exact numbers of one iteration of an enumeration would: they may grow
  /// exponentially with the iterations.
  double exact_bits_of_iteration = 0x1p22;
  /// The enumeration refuses an iteration that would need more transitions (state × multiset of
  /// indices) than this.
  double largest_transitions = 2e6;
};

/// The expectations of the run, over all B_0 + … + B_{K−1} random indices: exact, or rigorously
/// enclosed; no sampling. Throws ExpectationError where the chosen engine or arithmetic cannot do
/// it, and says which could.
Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const ExpectationOptions& options = {});

}  // namespace graddiv
