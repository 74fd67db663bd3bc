#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/finding_output.h"
#include "cli/support/run_options.h"
#include "workbench/check.h"
#include "workbench/inputs.h"

namespace graddiv::cli {

namespace {

struct CheckCommandOptions {
  std::string id;
  std::string file;
  RunOptions run;
  long exact_memory = 256;
  bool all = false;
  bool strict = false;
  bool json = false;
};

int run_check(const CheckCommandOptions& options) {
  const auto checked = workbench::find_statement(options.id);
  Instance instance = workbench::read_instance_file(options.file);
  instance.run = options.run.applied_to(std::move(instance.run));
  const auto finding =
      workbench::check_named(checked, instance, options.file, options.exact_memory);
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
              "show no equation")
      .between(1L, 1'000'000L)
      .shows_default();
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
