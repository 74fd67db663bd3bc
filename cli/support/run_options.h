#pragma once

#include <optional>
#include <string>

#include "sgd/run.h"

namespace graddiv::cli {

class Arguments;

/// What the command line puts in place of the run of a file: one problem, many runs.
struct RunOptions {
  std::optional<std::string> step;  ///< "1/64"
  std::optional<long> batch;
  std::optional<int> iterations;

  /// Declares --step, --batch and --iterations.
  void add_to(Arguments& arguments);
  /// The run with these values. Throws UsageError where they do not fit the rest of it.
  Run applied_to(Run run) const;
};

}  // namespace graddiv::cli
