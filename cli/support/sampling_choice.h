#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "claim/evaluation.h"
#include "sampling/sampled_trajectory.h"

namespace graddiv::cli {

class Arguments;

/// --runs, --error-level, --seed and --jobs of commands that can sample.
class SamplingChoice {
 public:
  void add_to(Arguments& arguments);

  /// Throws UsageError where one of them was given although `condition` ("--engine sampling") was
  /// not.
  void refuse_without(const std::string& condition) const;

  /// Throws UsageError.
  SamplingOptions options(std::vector<Quantity> quantities) const;
  EvaluationOptions evaluation_options() const;  ///< with this engine
  std::int64_t runs() const { return runs_.value_or(SamplingOptions().runs); }
  std::uint64_t seed() const { return seed_.value_or(SamplingOptions().seed); }

 private:
  std::optional<long> runs_;
  std::optional<std::string> error_level_;
  std::optional<std::uint64_t> seed_;
  std::optional<int> jobs_;
};

}  // namespace graddiv::cli
