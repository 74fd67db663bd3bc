#include "cli/support/sampling_choice.h"

#include <fmt/format.h>

#include <limits>

#include "cli/command.h"
#include "cli/support/command_line.h"

namespace graddiv::cli {

void SamplingChoice::add_to(Arguments& arguments) {
  const SamplingOptions usual;
  const auto by_default = [](const auto& value) { return fmt::format(" [{}]", value); };
  arguments
      .option("--runs", runs_, "independent runs of the engine sampling" + by_default(usual.runs))
      .between(2L, std::numeric_limits<std::int32_t>::max() * 1L);
  arguments.option("--error-level", error_level_,
                   "all that sampling tells is true but for this probability" + by_default("1e-6"));
  arguments.option("--seed", seed_, "of the random numbers of runs" + by_default(usual.seed))
      .between(std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max());
  arguments.option("--jobs", jobs_, "threads that make runs" + by_default(usual.jobs))
      .between(1, 4096);
}

void SamplingChoice::refuse_without(const std::string& condition) const {
  const auto refuse = [&](bool is_given, const char* name) {
    if (is_given) throw UsageError(fmt::format("{}: only with {}", name, condition));
  };
  refuse(runs_.has_value(), "--runs");
  refuse(error_level_.has_value(), "--error-level");
  refuse(seed_.has_value(), "--seed");
  refuse(jobs_.has_value(), "--jobs");
}

SamplingOptions SamplingChoice::options(std::vector<Quantity> quantities) const {
  SamplingOptions result;
  result.quantities = std::move(quantities);
  result.runs = runs();
  result.seed = seed();
  if (jobs_) result.jobs = *jobs_;
  if (!error_level_) return result;
  try {
    result.error_level = parse_rational(*error_level_);
  } catch (const ParseError& error) {
    throw UsageError(std::string("--error-level: ") + error.what());
  }
  if (result.error_level <= 0 || result.error_level >= 1)
    throw UsageError("--error-level: found " + *error_level_ +
                     ", expected a probability between 0 and 1");
  return result;
}

EvaluationOptions SamplingChoice::evaluation_options() const {
  EvaluationOptions result;
  result.sampling = options({});
  result.error_level = result.sampling->error_level;
  return result;
}

}  // namespace graddiv::cli
