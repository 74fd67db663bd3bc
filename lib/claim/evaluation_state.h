#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "claim/at_precision.h"
#include "claim/evaluation.h"
#include "claim/views/coupled.h"
#include "claim/views/expectations.h"
#include "claim/views/mechanism.h"
#include "claim/views/points.h"
#include "expectation/samples.h"
#include "expectation/trajectory.h"
#include "facts/facts.h"
#include "facts/value_range.h"
#include "sgd/instance.h"

// What the views keep about an instance. Private to them.
namespace graddiv {

/// The points that a run can visit, as far as they were listed.
struct Visited {
  std::vector<Point> points;
  bool is_complete = false;
  // Entry k: the largest M²(w) and 1/B_S(w) over iterations 0..k, where the list is complete.
  std::vector<Enclosure> second_moment;
  std::vector<Enclosure> inverse_batch_size_bound;
};

/// The least of what paths reach, by iteration.
struct LeastOfPaths {
  std::vector<Enclosure> distance;
  std::vector<Enclosure> objective;
};

/// What the statements ask of one iteration of the coupled runs.
struct Together {
  Enclosure distance;
  Enclosure squared_distance;
  std::vector<ValueGap> gaps;
};

using Values = std::vector<Enclosure>;

struct Evaluation::State {
  State(Instance i, EvaluationOptions o) : instance(std::move(i)), options(std::move(o)) {}

  Instance instance;
  EvaluationOptions options;
  std::map<unsigned, Facts> facts;  // by bits, from 256 on
  std::map<unsigned, Facts> facts_of_replacement;
  std::optional<Evaluation> serial;  // of the run beside this one: Case::serial

  AtPrecision<Trajectory> trajectory;     // everything but the averaged iterate, which
  AtPrecision<Trajectory> averaged;       // alone needs the running sum
  AtPrecision<Values> smallest_gradient;  // entry k: min over j ≤ k of E‖∇F(w_j)‖²
  AtPrecision<Values> sum_of_gradients;   // entry k: the sum over j ≤ k of the same
  AtPrecision<LeastOfPaths> least_of_paths;
  // By how a statement reads the moments of a mechanism: see `reading`.
  std::array<AtPrecision<Visited>, 5> visited;
  std::array<AtPrecision<std::vector<std::vector<BatchCondition>>>, 5> batch_conditions;
  AtPrecision<std::vector<MechanismPoint>> mechanism_points;

  AtPrecision<ValueRange> value_range;                    // of the functions of S and S'
  std::optional<Enclosure> inverse_differential_infimum;  // 1/inf B̄_S
  AtPrecision<std::vector<PointPair>> pairs;
  AtPrecision<std::vector<Together>> coupled_law;
  AtPrecision<std::vector<samples::Generalization>> generalization;

  const Problem& problem() const { return instance.problem; }
  const Run& run() const { return instance.run; }
};

bool all_exact(const Values& values);

}  // namespace graddiv
