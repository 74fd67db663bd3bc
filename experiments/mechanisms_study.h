#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/cost_model.h"
#include "experiments/generalization.h"
#include "experiments/result.h"
#include "experiments/task.h"
#include "experiments/tuning.h"
#include "experiments/work.h"

// Mechanisms on one model: how many passes to the target, and how diverse.
namespace graddiv::experiments::mechanisms {

struct Study {
  std::string model;
  Task task;
  std::int64_t examples;
  std::int64_t passes;  ///< at most
  std::int64_t looks;
  double target;  ///< training accuracy
  std::int64_t repetitions;
  std::int64_t search_repetitions;
  std::vector<std::int64_t> batches;   ///< ascending
  std::vector<NamedNoise> mechanisms;  ///< none is the first
  CostModel cost;
  std::int64_t workers;
  std::uint64_t seed;
};

/// A mechanism and a batch size.
struct Cell {
  std::size_t mechanism;
  std::int64_t batch;
  TunedStep tuned;
  std::vector<double> passes;  ///< repetition by repetition: to the target; +∞ where not reached
};

/// Along a run without mechanism, at one look.
struct DiversityLook {
  double diversity = 0;                ///< Δ_S
  std::vector<double> with_mechanism;  ///< Δ^Q_S, mechanism by mechanism
};

struct Found {
  std::vector<Cell> cells;                            ///< mechanism by mechanism
  std::vector<std::vector<DiversityLook>> diversity;  ///< repetition, look
};

/// Lets it know of the units that find() is made of.
void announce(const Study& study, Work& work);
Found find(const Study& study, Work& work);
void add_section(const Study& study, const Found& found, Result& result);

}  // namespace graddiv::experiments::mechanisms
