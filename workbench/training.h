#pragma once

#include <string>
#include <vector>

#include "measure/communicator.h"
#include "workbench/examples_request.h"

// What `graddiv train` does once its options are read.
namespace graddiv::workbench {

struct TrainingRequest {
  ExamplesRequest examples;
  double step = 0;  ///< γ, of the sum of the gradients of a batch
  std::int64_t batch = 1;
  std::int64_t passes = 1;  ///< over the data
  std::uint64_t seed = 1;
  int threads = 1;
};

/// A run of mini-batch SGD.
struct Training {
  std::string source;
  std::int64_t examples = 0;
  std::int64_t parameters = 0;
  std::int64_t iterations = 0;
  int ranks = 1;
  std::vector<double> losses;   ///< mean over all examples, at the start and after each pass
  std::vector<double> point;    ///< where it ended
  std::vector<double> seconds;  ///< wall clock of the iterations alone, pass by pass
};

/// Everything but the seconds is the same bit for bit for any number of threads and ranks. `ranks`:
/// null, or those that make this call together. Throws RequestError where the run diverges,
/// InputError for files.
Training train(const TrainingRequest& request, measure::Communicator* ranks);

}  // namespace graddiv::workbench
