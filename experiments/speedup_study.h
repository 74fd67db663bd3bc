#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/result.h"
#include "experiments/speedup_model.h"
#include "experiments/task.h"
#include "experiments/tuning.h"
#include "experiments/work.h"

// Figure 1 of the paper on one model: what large batches gain by the clock, and what they lose.
namespace graddiv::experiments::speedup {

struct Study {
  std::string model;
  Task task;
  std::vector<std::string> arguments;  ///< of `graddiv train` for the same functions
  bool processes = false;              ///< workers are ranks of MPI, else threads
  std::int64_t examples;               ///< n of the runs that are compared by their loss
  std::int64_t repetitions;            ///< of these
  std::int64_t search_repetitions;
  std::int64_t timings;                     ///< passes timed for each batch and number of workers
  std::vector<std::int64_t> small_batches;  ///< B compared by their loss alone, ascending
  std::vector<std::int64_t> batches;        ///< B timed too, ascending
  std::vector<int> workers;                 ///< P, measured; the first one 1
  std::vector<int> more_workers;            ///< P of the model of costs
  std::uint64_t seed;
};

/// A batch size: 1 for serial SGD.
struct Cell {
  std::int64_t batch;
  TunedStep tuned;
  std::vector<double> losses;                ///< after one pass, repetition by repetition
  std::vector<std::vector<double>> seconds;  ///< of timed passes, by number of workers; else empty
};

struct Found {
  std::vector<Cell> cells;  ///< serial SGD, then the small batches, then those timed
  std::vector<std::vector<double>> bounds;  ///< B_S along serial SGD: repetition, look
};

/// Lets it know of the units that find() is made of.
void announce(const Study& study, Work& work);
Found find(const Study& study, Work& work);

/// For the fit, the shortest of the passes timed with each batch and number of workers, since other
/// work on the machine only adds to it; `number` is that of the model.
std::vector<TimedPass> timed_passes(const Study& study, const Found& found, std::size_t number);

void add_section(const Study& study, const Found& found, const Cost& cost, std::size_t number,
                 Result& result);

}  // namespace graddiv::experiments::speedup
