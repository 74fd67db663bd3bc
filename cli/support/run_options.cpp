#include "cli/support/run_options.h"

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/support/command_line.h"

namespace graddiv::cli {
namespace {

/// A list in the file has one entry for each of its iterations, and cannot be cut or continued.
template <class T>
void require_fit(const std::vector<T>& values, int iterations, const char* name) {
  if (values.size() == 1 || values.size() == static_cast<std::size_t>(iterations)) return;
  throw UsageError(fmt::format(
      "--iterations {0}: the file lists {1} values of {2}, one for each iteration; give --{2} too",
      iterations, values.size(), name));
}

}  // namespace

void RunOptions::add_to(Arguments& arguments) {
  arguments.option("--step", step, "step size γ in place of the file's, such as 1/64");
  arguments.option("--batch", batch, "batch size B in place of the file's")
      .between(1L, 1'000'000'000L);
  arguments.option("--iterations", iterations, "number K of iterations in place of the file's")
      .between(0, 10'000'000);
}

Run RunOptions::applied_to(Run run) const {
  if (step) {
    try {
      run.steps = {parse_rational(*step)};
    } catch (const ParseError& e) {
      throw UsageError(fmt::format("--step: {}", e.what()));
    }
  }
  if (batch) {
    run.batches = {*batch};
    run.full_batch = false;
  }
  if (iterations) {
    const bool is_by_rule = run.is_by_rule();
    run.iterations = *iterations;
    if (is_by_rule) run.steps = run.step_rule->steps(run.iterations);
    if (!run.has_irrational_steps()) require_fit(run.steps, run.iterations, "step");
    require_fit(run.batches, run.iterations, "batch");
  }
  return run;
}

}  // namespace graddiv::cli
