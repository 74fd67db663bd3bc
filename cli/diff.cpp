#include "workbench/diff.h"

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/changes_output.h"
#include "cli/support/command_line.h"
#include "json/file.h"
#include "workbench/junit.h"

namespace graddiv::cli {

namespace {

struct DiffOptions {
  std::string before;
  std::string after;
  std::string junit;
  bool json = false;
};

int run_diff(const DiffOptions& options) {
  const auto [changes, subjects] = workbench::diff(options.before, options.after);
  if (!options.junit.empty()) {
    write_file(options.junit, workbench::junit(subjects, changes, options.before, options.after));
  }
  if (options.json) {
    print_json({{"changes", changes_json(changes)}});
  } else {
    print(changes_text(changes));
  }
  return workbench::any_worse(changes) ? something_refuted : all_claims_hold;
}

std::function<int()> set_up_diff(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<DiffOptions>();
  arguments.option("OLD", options->before, "what verify --store left").required();
  arguments.option("NEW", options->after, "the same, later").required();
  arguments.option("--junit", options->junit,
                   "writes it as JUnit XML too: a test case for every theorem, mutant, law, "
                   "instance of the gallery and figure");
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_diff(*options); };
}

}  // namespace

Command diff_command() {
  return {"diff", "what changed between two stores; exit code 1 where something is worse",
          set_up_diff};
}

}  // namespace graddiv::cli
