#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "campaign/counterexample.h"
#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/finding_output.h"
#include "constructions/catalogue.h"
#include "workbench/check.h"

namespace graddiv::cli {

namespace {

struct ReplayOptions {
  std::string file;
  bool all = false;
  bool strict = false;
  bool json = false;
};

int run_replay(const ReplayOptions& options) {
  const auto saved = read_counterexample(options.file, families_and_constructions());
  const auto checked =
      workbench::find_statement(saved.statement + (saved.mutant ? "/" + *saved.mutant : ""));
  const auto finding = workbench::check_named(checked, saved.instance, options.file);
  const bool agrees = saved.verdict == finding.verdict;
  if (options.json) {
    Json json{{"file", options.file}, {"recorded", saved.verdict}, {"agrees", agrees}};
    json.update(finding_json(checked, finding));
    print_json(json);
  } else {
    print(finding_text(checked, finding, options.all));
    print(agrees
              ? fmt::format("\nas recorded by graddiv {} ({})\n", saved.version, saved.commit)
              : fmt::format("\nnot as recorded by graddiv {} ({}): that was {}, {}\n",
                            saved.version, saved.commit, to_string(saved.verdict), saved.reason));
  }
  return exit_code(finding.verdict, options.strict);
}

std::function<int()> set_up_replay(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<ReplayOptions>();
  arguments.option("FILE", options->file, "counterexample file, as verify saves them").required();
  arguments.flag("--all", options->all, "show every conclusion");
  arguments.flag("--strict", options->strict, "exit 4 where the verdict is inconclusive");
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_replay(*options); };
}

}  // namespace

Command replay_command() {
  return {"replay", "checks a saved counterexample again", set_up_replay};
}

}  // namespace graddiv::cli
