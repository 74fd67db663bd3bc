#include "workbench/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/interrupt.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "cli/support/verify_output.h"
#include "mpi/communicator.h"
#include "theorems/catalogue.h"
#include "workbench/diff.h"
#include "workbench/inputs.h"
#include "workbench/large_plan.h"
#include "workbench/lookup.h"
#include "workbench/plan.h"

namespace graddiv::cli {

namespace {

using workbench::VerifyResult;

struct VerifyOptions {
  std::vector<std::string> ids;
  std::int64_t instances = 300;
  std::uint64_t seed = 1;
  int search_percent = workbench::SearchSchedule::default_percent;
  std::optional<int> jobs;
  bool large = false;
  bool mpi = false;
  std::string shard = "1/1";
  std::string store;
  std::string baseline;
  std::optional<double> time_budget;
  std::vector<std::string> examples;
  bool strict = false;
  bool json = false;
};

Shard parse_shard(const std::string& text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  const bool has_slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
  const auto count = std::from_chars(has_slash ? index.ptr + 1 : end, end, shard.count);
  if (!has_slash || count.ec != std::errc() || count.ptr != end || shard.index < 1 ||
      shard.index > shard.count) {
    throw UsageError("--shard: found " + text + ", expected i/n with 1 ≤ i ≤ n");
  }
  return shard;
}

std::string how_to_resume(const VerifyOptions& options) {
  return options.store.empty() ? "nothing is kept without --store"
                               : "the same command continues with " + options.store;
}

int exit_code_of(const VerifyResult& result, bool strict) {
  if (result.ending == Ending::cancelled) return interrupted;
  if (!result.errors.empty() && result.refutations.empty()) return bad_input;
  if (!result.all_well()) return something_refuted;
  if (result.changes && workbench::any_worse(*result.changes)) return something_refuted;
  if (!result.left.nothing()) return inconclusive;
  const auto is_any = [&](const auto& property) {
    return std::ranges::any_of(result.summaries, property);
  };
  const auto is_undecided = [](const TheoremSummary& s) {
    return s.inconclusive + s.consistent > 0;
  };
  const auto is_vacuous = [](const TheoremSummary& s) { return workbench::vacuous(s).has_value(); };
  return is_any(is_vacuous) || !result.hardly_applicable.empty() || (strict && is_any(is_undecided))
             ? inconclusive
             : all_claims_hold;
}

// Where mpirun has started this tool several times: as one campaign, unless each is to make another
// part of it.
std::optional<mpi::Communicator> ranks_of_mpirun(const VerifyOptions& options, const Shard& shard) {
  if (!options.mpi && (shard.count > 1 || !mpi::Communicator::is_one_of_several())) {
    return std::nullopt;
  }
  try {
    return std::optional<mpi::Communicator>(std::in_place);
  } catch (const mpi::Error& error) {
    throw UsageError(std::string("--mpi: ") + error.what());
  }
}

void choose_large(const VerifyOptions& options, workbench::VerifyRequest& request) {
  if (!options.examples.empty()) throw UsageError("--example: not with --large");
  const auto served = workbench::LargePlan::theorems();
  for (const Theorem* theorem : request.theorems) {
    if (options.ids.empty() || workbench::is_among(served, theorem->id)) continue;
    std::string known;
    for (const Theorem* one : served) known += (known.empty() ? "" : ", ") + one->id;
    throw UsageError("--large: found " + theorem->id + ", expected one of " + known);
  }
  if (options.ids.empty()) request.theorems = served;
  request.large = true;
  request.instances = std::min(options.instances, workbench::LargePlan(options.seed).instances());
}

int run_verify(const VerifyOptions& options, bool quiet) {
  workbench::VerifyRequest request;
  request.theorems = workbench::select_theorems(options.ids);
  request.examples = options.examples.empty() ? workbench::shipped_examples() : options.examples;
  request.instances = options.instances;
  if (options.large) choose_large(options, request);
  request.seed = options.seed;
  request.search_percent = options.search_percent;
  request.shard = parse_shard(options.shard);
  auto ranks = ranks_of_mpirun(options, request.shard);
  if (ranks && ranks->size() > 1) request.crew = &*ranks;
  // Ranks are one a core, as a rule.
  const int all_cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  request.jobs = options.jobs.value_or(ranks ? 1 : all_cores);
  request.store = options.store;
  request.baseline = options.baseline;
  if (!options.baseline.empty() && request.shard.count > 1) {
    throw UsageError("--baseline: found --shard " + options.shard +
                     ", expected the whole campaign; graddiv diff compares merged stores");
  }
  request.time_budget = options.time_budget;
  const InterruptScope interrupt(how_to_resume(options));
  request.cancelled = InterruptScope::requested;
  ProgressBar bar(quiet || (request.crew != nullptr && request.crew->rank() > 0));
  request.progress = [&](const CampaignProgress& p) { bar.show(p.done, p.total, p.refuted); };
  const VerifyResult result = workbench::verify(request);
  bar.clear();
  if (request.crew != nullptr && request.crew->rank() > 0) return all_claims_hold;
  options.json ? print_json(verification_json(request, result))
               : print(verification_text(request, result));
  std::fflush(stdout);  // the table first, then what is wrong with it
  complain(result, how_to_resume(options));
  return exit_code_of(result, options.strict);
}

std::function<int()> set_up_verify(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<VerifyOptions>();
  arguments.option("ID", options->ids, "theorems (default: all)");
  arguments
      .option("--instances", options->instances,
              "instances of each theorem: " + workbench::VerificationPlan::shares_in_words())
      .between(std::int64_t{0}, std::int64_t{1'000'000})
      .shows_default();
  arguments.seed(options->seed, "of the random instances");
  arguments
      .option("--search", options->search_percent,
              "percent of all checks to spend on searching for sharp instances, which find what "
              "random ones miss; 0 to 60")
      .between(0, workbench::SearchSchedule::largest_percent)
      .shows_default();
  arguments.flag("--large", options->large,
                 "instances too large for exact expectations in place of all others: n up to 10^5, "
                 "d up to 10^3, checked by independent runs within the error budget");
  arguments.option("--jobs", options->jobs, "threads (default: all cores; 1 a rank under mpirun)")
      .between(1, 4096);
  arguments.flag("--mpi", options->mpi,
                 "the ranks of an MPI job share the work, and rank 0 writes the store; taken for "
                 "granted where mpirun starts several, but for --shard");
  arguments
      .option("--shard", options->shard,
              "i/n: only the i-th of n parts; all parts may write into one store")
      .shows_default();
  arguments.option("--store", options->store,
                   "where every verdict is kept; a store of an earlier run is continued");
  arguments.option("--baseline", options->baseline,
                   "a store of an earlier campaign: also says what changed since, as diff does; "
                   "exit 1 where something is worse");
  arguments
      .option(
          "--time-budget", options->time_budget,
          "seconds after which nothing begins: instances come first, then laws, mutants, gallery "
          "and figures; exit 4 where something is left")
      .between(0.0, 1e9);
  arguments
      .option("--example", options->examples,
              "an instance file to check as well; repeatable (default: the shipped examples)")
      .one_value_each_time();
  arguments.flag("--strict", options->strict,
                 "exit 4 where a verdict is inconclusive or consistent");
  arguments.flag("--json", options->json, "machine output");
  return [options, &settings] { return run_verify(*options, settings.quiet); };
}

}  // namespace

Command verify_command() {
  return {"verify", "checks theorems on worst-case and random instances", set_up_verify};
}

}  // namespace graddiv::cli
