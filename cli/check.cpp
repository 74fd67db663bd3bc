#include <nlohmann/json.hpp>
#include <optional>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/finding_output.h"
#include "cli/support/run_options.h"
#include "cli/support/sampling_choice.h"
#include "workbench/check.h"
#include "workbench/inputs.h"

namespace graddiv::cli {

namespace {

struct CheckCommandOptions {
  std::string id;
  std::string file;
  RunOptions run;
  std::optional<long> exact_memory;
  std::string engine = "auto";
  SamplingChoice sampling;
  bool all = false;
  bool strict = false;
  bool json = false;
};

EvaluationOptions evaluation_options(const CheckCommandOptions& options) {
  if (options.engine == "sampling") {
    if (options.exact_memory) throw UsageError("--exact-memory: not with --engine sampling");
    return options.sampling.evaluation_options();
  }
  options.sampling.refuse_without("--engine sampling");
  EvaluationOptions result;
  if (options.exact_memory)
    result.largest_exact_bits = 0x1p23 * static_cast<double>(*options.exact_memory);
  return result;
}

int run_check(const CheckCommandOptions& options) {
  const auto checked = workbench::find_statement(options.id);
  Instance instance = workbench::read_instance_file(options.file);
  instance.run = options.run.applied_to(std::move(instance.run));
  const auto finding =
      workbench::check_named(checked, instance, options.file, evaluation_options(options));
  if (options.json) {
    Json json{{"instance", options.file}};
    json.update(finding_json(checked, finding));
    print_json(json);
  } else {
    print(finding_text(checked, finding, options.all));
  }
  return exit_code(finding.verdict, options.strict);
}

std::function<int()> set_up_check(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<CheckCommandOptions>();
  arguments.option("ID", options->id, "theorem, or theorem/mutant").required();
  arguments.option("FILE", options->file, "instance file").required();
  options->run.add_to(arguments);
  arguments
      .option("--exact-memory", options->exact_memory,
              "MB for exact values along the run; beyond them it is followed in intervals, which "
              "show no equation [256]")
      .between(1L, 1'000'000L);
  arguments
      .option(
          "--engine", options->engine,
          "how expectations are found: exactly where they can be, or from independent runs, for "
          "instances that are too large for that")
      .one_of({"auto", "sampling"})
      .shows_default();
  options->sampling.add_to(arguments);
  arguments.flag("--all", options->all, "show every conclusion");
  arguments.flag("--strict", options->strict,
                 "exit 4 where the verdict is inconclusive or consistent");
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_check(*options); };
}

}  // namespace

Command check_command() {
  return {"check", "one theorem on one instance, hypothesis by hypothesis", set_up_check};
}

}  // namespace graddiv::cli
