#include "workbench/merge.h"

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"

namespace graddiv::cli {

namespace {

struct MergeOptions {
  std::vector<std::string> stores;
  std::string output;
};

int run_merge(const MergeOptions& options) {
  const auto summaries = workbench::merge(options.stores, options.output);
  std::int64_t verdicts = 0;
  for (const auto& summary : summaries) verdicts += summary.instances;
  print(fmt::format("{}: {} verdicts on {} theorems, of {} stores\n", options.output, verdicts,
                    summaries.size(), options.stores.size()));
  return all_claims_hold;
}

std::function<int()> set_up_merge(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<MergeOptions>();
  arguments.option("STORE", options->stores, "what verify --shard --store left, part by part")
      .required();
  arguments.option("-o,--output", options->output, "the store of the whole, a new file").required();
  return [options] { return run_merge(*options); };
}

}  // namespace

Command merge_command() {
  return {"merge", "puts the stores of the parts of a campaign together", set_up_merge};
}

}  // namespace graddiv::cli
