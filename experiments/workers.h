#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/task.h"
#include "experiments/work.h"

// Data passes of SGD on several workers, by the clock.
namespace graddiv::experiments {

struct TimedRun {
  const Model* model = nullptr;        ///< workers that are threads: what they compute
  std::vector<std::string> arguments;  ///< workers that are processes: of `graddiv train`
  std::int64_t batch = 1;
  int workers = 1;
  std::int64_t passes = 1;
  std::uint64_t seed = 1;
};

/// Whether ranks of MPI can be started: it is built in, and mpirun is where it was then or on PATH.
bool can_start_processes();

/// Seconds of each pass, the workers being threads of this process.
std::vector<double> seconds_on_threads(const TimedRun& run);
/// The same, the workers being ranks of this program that mpirun starts. Throws Cancelled where
/// the user stopped the work meanwhile (mpirun hears of it too), and mpi::Error with what mpirun
/// said where it fails.
std::vector<double> seconds_on_processes(const TimedRun& run, const Work& work);

}  // namespace graddiv::experiments
