#include "workbench/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/support/changes_output.h"
#include "cli/support/command_line.h"
#include "cli/support/interrupt.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "theorems/catalogue.h"
#include "workbench/diff.h"
#include "workbench/inputs.h"
#include "workbench/lookup.h"
#include "workbench/plan.h"

namespace graddiv::cli {

namespace {

using workbench::VerifyResult;

struct VerifyOptions {
  std::vector<std::string> ids;
  std::int64_t instances = 300;
  std::uint64_t seed = 1;
  int jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
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

Json summary_json(const TheoremSummary& summary) {
  return {{"id", summary.id},
          {"instances", summary.instances},
          {"applicable", summary.applicable},
          {"proved", summary.proved},
          {"telling", summary.telling},
          {"telling_at_zero_delta", summary.telling - summary.telling_at_positive_delta},
          {"telling_at_positive_delta", summary.telling_at_positive_delta},
          {"supported", summary.supported},
          {"consistent", summary.consistent},
          {"refuted", summary.refuted},
          {"inconclusive", summary.inconclusive},
          {"errors", summary.errors},
          {"tightness", summary.tightness ? Json(*summary.tightness) : Json()}};
}

Json result_json(const VerifyOptions& options, const VerifyResult& result) {
  Json json{{"theorems", Json::array()}, {"seed", options.seed}};
  for (const auto& summary : result.summaries) json["theorems"].push_back(summary_json(summary));
  json["mutants"] = {
      {"total", result.mutants.size()},
      {"refuted", std::ranges::count_if(result.mutants, &MutantRecord::as_it_should_be)}};
  if (!result.gallery.empty()) {
    json["gallery"] = {
        {"total", result.gallery.size()},
        {"as_sharp_as_ever", std::ranges::count_if(result.gallery, &SharpestRecord::as_stored)}};
  }
  json["laws"] = {{"total", result.laws.size()}, {"hold", result.laws_that_hold()}};
  json["left"] = result.left.instances;
  json["not_made"] = {{"laws", result.left.laws},
                      {"mutants", result.left.mutants},
                      {"gallery", result.left.gallery},
                      {"figures", result.left.figures}};
  json["vacuous"] = Json::object();
  for (const auto& summary : result.summaries) {
    if (const auto reason = workbench::vacuous(summary)) json["vacuous"][summary.id] = *reason;
  }
  if (result.changes) json["changes"] = changes_json(*result.changes);
  json["counterexamples"] = Json::array();
  for (const auto& refutation : result.refutations) {
    json["counterexamples"].push_back(refutation.file);
  }
  return json;
}

std::string result_text(const VerifyOptions& options, const VerifyResult& result) {
  using enum Table::Align;
  Table table({{"theorem"},
               {"instances", right},
               {"applicable", right},
               {"telling", right},
               {"δ > 0", right},
               {"proved", right},
               {"supported", right},
               {"consistent", right},
               {"refuted", right},
               {"inconclusive", right},
               {"errors", right},
               {"best tightness"}});
  for (const auto& summary : result.summaries) {
    table.add({summary.id, std::to_string(summary.instances), std::to_string(summary.applicable),
               std::to_string(summary.telling), std::to_string(summary.telling_at_positive_delta),
               std::to_string(summary.proved), std::to_string(summary.supported),
               std::to_string(summary.consistent), std::to_string(summary.refuted),
               std::to_string(summary.inconclusive), std::to_string(summary.errors),
               summary.tightness.value_or("")});
  }
  auto text = table.text();
  text += fmt::format("\nmutants: {} of {} refuted by their witnesses\n",
                      std::ranges::count_if(result.mutants, &MutantRecord::as_it_should_be),
                      result.mutants.size());
  text += fmt::format("exact laws of constructions: {} of {} hold\n", result.laws_that_hold(),
                      result.laws.size());
  if (!result.gallery.empty()) {
    text += fmt::format("gallery: {} of {} instances as sharp as ever\n",
                        std::ranges::count_if(result.gallery, &SharpestRecord::as_stored),
                        result.gallery.size());
  }
  text += fmt::format("seed {}{}\n", options.seed,
                      options.store.empty() ? "" : ", stored in " + options.store);
  if (result.changes) {
    text += fmt::format("\nsince {}:\n{}", options.baseline, changes_text(*result.changes));
  }
  return text;
}

// "350 instances, 4 laws and 1 figure".
std::string in_words(const workbench::Left& left) {
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t count, std::string_view one, std::string_view many) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, count == 1 ? one : many));
  };
  add(left.instances, "instance", "instances");
  add(left.laws, "law", "laws");
  add(left.mutants, "mutant", "mutants");
  add(left.gallery, "instance of the gallery", "instances of the gallery");
  add(left.figures, "figure", "figures");
  const std::string last = parts.back();
  parts.pop_back();
  return parts.empty() ? last : fmt::format("{} and {}", fmt::join(parts, ", "), last);
}

std::string how_to_resume(const VerifyOptions& options) {
  return options.store.empty() ? "nothing is kept without --store"
                               : "the same command continues with " + options.store;
}

// Everything that is not as it should be, on standard error.
void complain(const VerifyOptions& options, const VerifyResult& result) {
  for (const auto& [verdict, file] : result.refutations) {
    fmt::print(
        stderr,
        "graddiv: {} is refuted by instance {} ({}): {}\n  replay it with: graddiv replay {}\n",
        verdict.theorem, verdict.number, verdict.origin, shortened(verdict.reason),
        shell_word(file));
  }
  if (!result.errors.empty()) {
    const VerdictRecord& first = result.errors.front();
    fmt::print(
        stderr, "graddiv: {} checks ended in an error; the first is {} on instance {} ({}): {}\n",
        result.errors.size(), first.theorem, first.number, first.origin, shortened(first.reason));
    if (!result.first_error_file.empty()) {
      fmt::print(stderr, "  see it again with: graddiv check {} {}\n", first.theorem,
                 shell_word(result.first_error_file));
    }
  }
  for (const auto& mutant : result.mutants) {
    if (mutant.as_it_should_be()) continue;
    const std::string id = mutant.theorem + "/" + mutant.mutant;
    fmt::print(stderr, "graddiv: the witness of {} does not do its work: see graddiv mutants {}\n",
               id, id);
  }
  for (const auto& law : result.laws) {
    if (law.law_holds) continue;
    fmt::print(stderr, "graddiv: the law of {} does not hold: {}\n", law.id, shortened(law.reason));
  }
  for (const auto& record : result.gallery) {
    if (record.as_stored) continue;
    fmt::print(stderr,
               "graddiv: the gallery's instance of {} attains {} in place of {}: see graddiv "
               "tightness {}\n",
               record.theorem, record.ratio.value_or("nothing"), record.stored, record.theorem);
  }
  if (result.ending != Ending::complete) {
    fmt::print(stderr, "graddiv: {}; {} are left, {}\n",
               result.ending == Ending::cancelled ? "interrupted" : "the time is used up",
               in_words(result.left), how_to_resume(options));
  }
  for (const auto& summary : result.summaries) {
    if (const auto reason = workbench::vacuous(summary)) {
      fmt::print(stderr, "graddiv: {} {}\n", summary.id, *reason);
    }
  }
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
  return is_any(is_vacuous) || (strict && is_any(is_undecided)) ? inconclusive : all_claims_hold;
}

int run_verify(const VerifyOptions& options, bool quiet) {
  workbench::VerifyRequest request;
  request.theorems = workbench::select_theorems(options.ids);
  request.examples = options.examples.empty() ? workbench::shipped_examples() : options.examples;
  request.instances = options.instances;
  request.seed = options.seed;
  request.jobs = options.jobs;
  request.shard = parse_shard(options.shard);
  request.store = options.store;
  request.baseline = options.baseline;
  if (!options.baseline.empty() && request.shard.count > 1) {
    throw UsageError("--baseline: found --shard " + options.shard +
                     ", expected the whole campaign; graddiv diff compares merged stores");
  }
  request.time_budget = options.time_budget;
  const InterruptScope interrupt(how_to_resume(options));
  request.cancelled = InterruptScope::requested;
  ProgressBar bar(quiet);
  request.progress = [&](const CampaignProgress& p) { bar.show(p.done, p.total, p.refuted); };
  const VerifyResult result = workbench::verify(request);
  bar.clear();
  options.json ? print_json(result_json(options, result)) : print(result_text(options, result));
  std::fflush(stdout);  // the table first, then what is wrong with it
  complain(options, result);
  return exit_code_of(result, options.strict);
}

std::function<int()> set_up_verify(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<VerifyOptions>();
  arguments.option("ID", options->ids, "theorems (default: all)");
  arguments
      .option("--instances", options->instances,
              "instances of each theorem: " + workbench::VerificationPlan::in_words())
      .between(std::int64_t{0}, std::int64_t{1'000'000})
      .shows_default();
  arguments.seed(options->seed, "of the random instances");
  arguments.option("--jobs", options->jobs, "threads").between(1, 4096).shows_default();
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
