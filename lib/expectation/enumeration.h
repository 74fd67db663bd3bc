#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "expectation/draws.h"
#include "expectation/trajectory.h"
#include "problem/problem.h"
#include "sgd/run.h"
#include "sgd/step.h"

namespace graddiv::enumeration {

/// A point the run can be at, with its probability. `sum` is w_0 + … + w_{k−1} where it is tracked,
/// else empty.
struct State {
  Vector<Enclosure> w;
  Vector<Enclosure> sum;
  Enclosure probability;  // an interval where a mechanism rounds between irrational levels
};

struct Options {
  bool track_sum = false;     ///< keep w_0 + … + w_{k−1} in the states
  bool as_intervals = false;  ///< compute in intervals even where the data are rational
  /// An iteration that would need more transitions (state × multiset of draws) is refused.
  double largest_transitions = 2e6;
  /// Nobody wants the first iterations alone: where a later one would be refused, that is found out
  /// before the first (foresight.h).
  bool all_or_nothing = false;
  /// Where the exact numbers of one iteration would have more bits than this in all, the longest of
  /// them go on as intervals: numbers that grow by a factor with every iteration do so where this
  /// begins to cost time, and few numbers may grow long.
  double exact_bits_of_iteration = std::numeric_limits<double>::infinity();
};

using Visit = std::function<void(int k, const std::vector<State>& states)>;

/// Visits the law of w_0, …, w_K: all reachable states of iteration k with their probabilities,
/// which sum to 1. Equal states are merged, and multisets of draws carry multinomial weights in
/// place of n^B index sequences. In intervals, states are merged where their endpoints agree, which
/// is sound: each stands for every point it encloses. Throws ExpectationError, with the iteration
/// and the predicted number of transitions, before an iteration that would exceed the limit.
void visit_law(const Problem& problem, const Run& run, const Options& options, const Visit& visit);

/// A process in R^m in doubles, for predictions.
struct Sketch {
  Vector<double> start;
  std::function<std::vector<Vector<double>>(const Vector<double>& x)> gradients;
  std::function<Vector<double>(const Vector<double>& x,
                               const std::vector<Vector<double>>& gradients,
                               const std::vector<Drawn>& drawn, double gamma)>
      step;
};

/// A process in R^m that draws indices as a run does: mini-batch SGD, or two coupled runs of it
/// side by side.
struct Walk {
  Vector<Enclosure> start;
  /// What each index adds to the sum of an iteration from x.
  std::function<std::vector<Vector<Enclosure>>(const Vector<Enclosure>& x)> gradients;
  /// The next point, where `drawn` says how often which of `gradients` was drawn.
  std::function<Vector<Enclosure>(const Vector<Enclosure>& x,
                                  const std::vector<Vector<Enclosure>>& gradients,
                                  const std::vector<Drawn>& drawn, const Enclosure& gamma)>
      step;
  Sketch in_doubles = {};  ///< the same; for all_or_nothing
};

/// The law of such a process under the steps and batches of `run`, whose mechanism is not looked
/// at, likewise.
void visit_law(const Walk& walk, const Run& run, const Options& options, const Visit& visit);

/// The expectations under that law. Quantities without a reference are left absent.
Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, const Options& options);

}  // namespace graddiv::enumeration
