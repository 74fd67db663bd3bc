#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/result.h"
#include "experiments/task.h"
#include "experiments/tuning.h"
#include "experiments/work.h"

// Figure 3 of the paper on one model.
namespace graddiv::experiments::replication {

/// The experiment on one model.
struct Study {
  std::string model;
  Task task;
  std::int64_t examples;  // n
  std::int64_t passes;
  std::int64_t looks;
  std::int64_t repetitions;
  std::int64_t search_repetitions;
  std::vector<std::int64_t> factors;  // r
  std::vector<std::int64_t> batches;  // B, the first one 1: serial SGD
  std::uint64_t seed;
};

/// A replication factor and a batch size.
struct Cell {
  std::int64_t factor;
  std::int64_t batch;
  TunedStep tuned;
  std::vector<std::vector<double>> losses;  // repetition by repetition
};

/// What the runs gave.
struct Found {
  std::vector<Cell> cells;  ///< factor by factor
  // B_S: factor, repetition, look.
  std::vector<std::vector<std::vector<double>>> own_bounds;     ///< along the own serial run
  std::vector<std::vector<std::vector<double>>> common_bounds;  ///< along that of the first factor
};

/// Lets it know of the units that find() is made of.
void announce(const Study& study, Work& work);
/// Tunes the steps and makes the runs.
Found find(const Study& study, Work& work);

/// Adds the figures, claims and tables of one model.
void add_section(const Study& study, const Found& found, Result& result);

}  // namespace graddiv::experiments::replication
