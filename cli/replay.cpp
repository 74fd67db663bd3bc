#include "workbench/replay.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/finding_output.h"

namespace graddiv::cli {

namespace {

struct ReplayOptions {
  std::string file;
  bool all = false;
  bool strict = false;
  bool json = false;
};

Json replayed_json(const std::string& file, const workbench::ReplayedFile& replayed) {
  Json json{{"file", file},
            {"recorded", replayed.saved.verdict},
            {"agrees", replayed.differences.empty()},
            {"differences", Json::array()}};
  for (const auto& [what, recorded, now] : replayed.differences) {
    json["differences"].push_back({{"what", what}, {"recorded", recorded}, {"now", now}});
  }
  json.update(finding_json(replayed.statement, replayed.finding));
  return json;
}

std::string comparison_text(const workbench::ReplayedFile& replayed) {
  std::string text = fmt::format("\n{} as recorded by graddiv {} ({})\n",
                                 replayed.differences.empty() ? "all is" : "not",
                                 replayed.saved.version, replayed.saved.commit);
  for (const auto& [what, recorded, now] : replayed.differences) {
    const bool differ_in_short = shortened(recorded) != shortened(now);
    text += fmt::format("  {}\n    recorded: {}\n    now:      {}\n", what,
                        differ_in_short ? shortened(recorded) : recorded,
                        differ_in_short ? shortened(now) : now);
  }
  return text;
}

int run_replay(const ReplayOptions& options) {
  const auto replayed = workbench::replay_counterexample(options.file);
  if (options.json) {
    print_json(replayed_json(options.file, replayed));
  } else {
    print(finding_text(replayed.statement, replayed.finding, options.all) +
          comparison_text(replayed));
  }
  if (!replayed.differences.empty()) return something_refuted;
  return exit_code(replayed.finding.verdict, options.strict);
}

std::function<int()> set_up_replay(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<ReplayOptions>();
  arguments.option("FILE", options->file, "counterexample file, as verify saves them").required();
  arguments.flag("--all", options->all, "show every conclusion");
  arguments.flag("--strict", options->strict,
                 "exit 4 where the verdict is inconclusive or consistent");
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_replay(*options); };
}

}  // namespace

Command replay_command() {
  return {"replay",
          "checks a saved counterexample again; exit code 1 where it refutes, and where anything "
          "comes out otherwise than recorded",
          set_up_replay};
}

}  // namespace graddiv::cli
