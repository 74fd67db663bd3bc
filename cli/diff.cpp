#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "workbench/diff.h"

namespace graddiv::cli {

namespace {

struct DiffOptions {
  std::string before;
  std::string after;
  bool json = false;
};

int run_diff(const DiffOptions& options) {
  const auto changes = workbench::diff(options.before, options.after);
  Json json{{"changes", Json::array()}};
  Table table({{"theorem"}, {"change"}, {""}});
  bool any_worse = false;
  for (const Change& change : changes) {
    const bool is_worse = change.trend == Trend::worse;
    const bool is_better = change.trend == Trend::better;
    any_worse = any_worse || is_worse;
    json["changes"].push_back({{"theorem", change.theorem},
                               {"what", change.what},
                               {"worse", is_worse},
                               {"better", is_better}});
    table.add({change.theorem, change.what, is_worse ? "worse" : is_better ? "better" : ""});
  }
  if (options.json) {
    print_json(json);
  } else {
    print(changes.empty() ? "no change\n" : table.text());
  }
  return any_worse ? something_refuted : all_claims_hold;
}

std::function<int()> set_up_diff(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<DiffOptions>();
  arguments.option("OLD", options->before, "what verify --store left").required();
  arguments.option("NEW", options->after, "the same, later").required();
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_diff(*options); };
}

}  // namespace

Command diff_command() {
  return {"diff", "what changed between two stores; exit code 1 where something is worse",
          set_up_diff};
}

}  // namespace graddiv::cli
