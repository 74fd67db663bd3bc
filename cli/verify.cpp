#include <fmt/format.h>
#include <tbb/parallel_for_each.h>
#include <tbb/task_arena.h>

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "campaign/campaign.h"
#include "cli/command.h"
#include "cli/support/check_mutants.h"
#include "cli/support/command_line.h"
#include "cli/support/interrupt.h"
#include "cli/support/laws.h"
#include "cli/support/lookup.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "cli/support/provenance.h"
#include "cli/support/save_counterexample.h"
#include "cli/support/worst_cases.h"
#include "constructions/catalogue.h"
#include "constructions/figures.h"
#include "theorems/catalogue.h"
#include "theorems/gallery.h"

namespace graddiv::cli {

namespace {

using Clock = std::chrono::steady_clock;

struct VerifyOptions {
  std::vector<std::string> ids;
  std::int64_t instances = 300;
  std::uint64_t seed = 1;
  int jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  std::string shard = "1/1";
  std::string store;
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

StatementRecord to_record(const Theorem& theorem) {
  StatementRecord record{theorem.id,    theorem.title, theorem.source,
                         theorem.cites, theorem.latex, {}};
  for (const auto& hypothesis : theorem.statement.hypotheses()) {
    record.hypotheses.push_back(hypothesis.text);
  }
  return record;
}

/// What one call of verify found out besides the verdicts, which are in the store.
struct Outcome {
  std::vector<MutantFinding> mutants;
  std::vector<LawFinding> laws;
  std::vector<SharpestRecord> gallery;
  CampaignResult campaign;
};

// The fixed part, a few seconds: everything in the store that is no verdict on an instance.
void check_mutants_and_laws(const std::vector<const Theorem*>& theorems, Store& store, int jobs,
                            Outcome& outcome) {
  for (const auto* theorem : theorems) store.write(to_record(*theorem));
  for (const auto& construction : constructions()) {
    if (InterruptScope::requested()) return;
    outcome.laws.push_back(check_law(construction));
    store.write(outcome.laws.back().record);
  }
  std::vector<StatementRef> mutants;
  for (const auto* theorem : theorems) {
    for (const auto& mutant : theorem->mutants) mutants.push_back({theorem, &mutant});
  }
  outcome.mutants = check_mutants(mutants, jobs, InterruptScope::requested);
  for (const auto& mutant : outcome.mutants) store.write(mutant.record);
}

// A figure depends on nothing but this version, so one that is in the store is not made again.
void draw_figures(const std::vector<const Theorem*>& theorems, Store& store) {
  std::set<std::string> drawn;
  for (const auto& figure : store.figures()) drawn.insert(figure.id);
  for (const auto& figure : figures()) {
    if (InterruptScope::requested()) return;
    if (drawn.contains(figure.id)) continue;
    if (!is_among(theorems, figure.theorem)) continue;
    store.write(figure.record());
  }
}

// The gallery's instances of these theorems, replayed: like a figure, one that is in the store is not replayed again.
void replay_gallery(const std::vector<const Theorem*>& theorems, Store& store, int jobs,
                    const std::function<bool()>& is_over) {
  std::set<std::pair<std::string, std::string>> replayed;
  for (const auto& record : store.gallery()) replayed.emplace(record.theorem, record.regime);
  std::vector<const GalleryEntry*> entries;
  for (const GalleryEntry& entry : gallery()) {
    if (replayed.contains({entry.theorem, std::string(to_string(entry.regime))})) continue;
    if (!is_among(theorems, entry.theorem)) continue;
    entries.push_back(&entry);
  }
  tbb::task_arena(jobs).execute([&] {
    tbb::parallel_for_each(entries, [&](const GalleryEntry* entry) {
      if (is_over()) return;
      store.write(to_record(*entry, replay(find_theorem(entry->theorem).statement, *entry)));
    });
  });
}

std::vector<SharpestRecord> gallery_of(const std::vector<const Theorem*>& theorems,
                                       const Store& store) {
  auto found = store.gallery();
  std::erase_if(found, [&](const auto& record) { return !is_among(theorems, record.theorem); });
  return found;
}

Outcome verify(const VerifyOptions& options, bool quiet,
               const std::vector<const Theorem*>& theorems, const VerificationPlan& plan,
               Store& store) {
  const auto start = Clock::now();
  const InterruptScope interrupt;
  ProgressBar bar(quiet);
  Outcome outcome;
  check_mutants_and_laws(theorems, store, options.jobs, outcome);
  // Figures and the gallery are for a report: without a store, nobody would see them.
  if (!options.store.empty()) {
    draw_figures(theorems, store);
    replay_gallery(theorems, store, options.jobs, [&] {
      const std::chrono::duration<double> spent = Clock::now() - start;
      return InterruptScope::requested() ||
             (options.time_budget && spent.count() > *options.time_budget);
    });
    outcome.gallery = gallery_of(theorems, store);
  }

  CampaignOptions campaign;
  campaign.instances = options.instances;
  campaign.jobs = options.jobs;
  campaign.shard = parse_shard(options.shard);
  if (options.time_budget) {
    const std::chrono::duration<double> spent = Clock::now() - start;
    campaign.time_budget = std::chrono::duration<double>(*options.time_budget) - spent;
  }
  campaign.cancelled = InterruptScope::requested;
  campaign.progress = [&](const CampaignProgress& p) { bar.show(p.done, p.total, p.refuted); };
  outcome.campaign = run_campaign(theorems, std::cref(plan), store, campaign);
  return outcome;
}

// The summaries of the theorems asked for: a store may hold more.
std::vector<TheoremSummary> summaries(const Store& store,
                                      const std::vector<const Theorem*>& theorems) {
  auto found = store.summaries();
  std::erase_if(found, [&](const auto& summary) { return !is_among(theorems, summary.id); });
  return found;
}

std::vector<VerdictRecord> refutations(const Store& store,
                                       const std::vector<const Theorem*>& theorems) {
  auto found = store.refuted();
  std::erase_if(found, [&](const auto& verdict) { return !is_among(theorems, verdict.theorem); });
  return found;
}

// Saves what refutes a theorem beside the store, or here where there is none; returns the file's name.
std::string save(const VerdictRecord& verdict, const VerifyOptions& options) {
  const auto folder = std::filesystem::path(options.store).parent_path();
  const auto file =
      (folder / fmt::format("counterexample-{}-{}.json", verdict.theorem, verdict.number)).string();
  save_counterexample(file, find_theorem(verdict.theorem),
                      read_instance(JsonReader::from_text(verdict.instance, file)),
                      {verdict.origin, options.seed, verdict.number});
  return file;
}

Json outcome_json(const VerifyOptions& options, const Outcome& outcome,
                  const std::vector<TheoremSummary>& found,
                  const std::vector<std::string>& counterexamples) {
  Json json{{"theorems", Json::array()}, {"seed", options.seed}};
  for (const auto& summary : found) {
    json["theorems"].push_back(
        {{"id", summary.id},
         {"instances", summary.instances},
         {"applicable", summary.applicable},
         {"proved", summary.proved},
         {"supported", summary.supported},
         {"refuted", summary.refuted},
         {"inconclusive", summary.inconclusive},
         {"tightness", summary.tightness ? Json(*summary.tightness) : Json()}});
  }
  json["mutants"] = {
      {"total", outcome.mutants.size()},
      {"refuted", std::ranges::count_if(outcome.mutants, &MutantFinding::as_it_should_be)}};
  if (!outcome.gallery.empty()) {
    json["gallery"] = {
        {"total", outcome.gallery.size()},
        {"as_sharp_as_ever", std::ranges::count_if(outcome.gallery, &SharpestRecord::as_stored)}};
  }
  json["laws"] = {{"total", outcome.laws.size()},
                  {"hold", std::ranges::count_if(outcome.laws, [](const auto& law) {
                     return law.record.law_holds;
                   })}};
  json["left"] = outcome.campaign.left;
  json["counterexamples"] = counterexamples;
  return json;
}

std::string outcome_text(const VerifyOptions& options, const Outcome& outcome,
                         const std::vector<TheoremSummary>& found) {
  using enum Table::Align;
  Table table({{"theorem"},
               {"instances", right},
               {"applicable", right},
               {"proved", right},
               {"supported", right},
               {"refuted", right},
               {"inconclusive", right},
               {"best tightness"}});
  for (const auto& summary : found) {
    table.add({summary.id, std::to_string(summary.instances), std::to_string(summary.applicable),
               std::to_string(summary.proved), std::to_string(summary.supported),
               std::to_string(summary.refuted), std::to_string(summary.inconclusive),
               summary.tightness.value_or("")});
  }
  const auto refuted = std::ranges::count_if(outcome.mutants, &MutantFinding::as_it_should_be);
  const auto hold =
      std::ranges::count_if(outcome.laws, [](const auto& law) { return law.record.law_holds; });
  auto text = table.text();
  text += fmt::format("\nmutants: {} of {} refuted by their witnesses\n", refuted,
                      outcome.mutants.size());
  text += fmt::format("exact laws of constructions: {} of {} hold\n", hold, outcome.laws.size());
  if (!outcome.gallery.empty()) {
    text += fmt::format("gallery: {} of {} instances as sharp as ever\n",
                        std::ranges::count_if(outcome.gallery, &SharpestRecord::as_stored),
                        outcome.gallery.size());
  }
  text += fmt::format("seed {}{}\n", options.seed,
                      options.store.empty() ? "" : ", stored in " + options.store);
  return text;
}

// Everything that is not as it should be, on standard error.
void complain(const Outcome& outcome, const std::vector<VerdictRecord>& refuted,
              const std::vector<std::string>& counterexamples) {
  for (std::size_t i = 0; i < refuted.size(); ++i) {
    fmt::print(
        stderr,
        "graddiv: {} is refuted by instance {} ({}): {}\n  replay it with: graddiv replay {}\n",
        refuted[i].theorem, refuted[i].number, refuted[i].origin, shortened(refuted[i].reason),
        shell_word(counterexamples[i]));
  }
  for (const auto& mutant : outcome.mutants) {
    if (!mutant.as_it_should_be()) {
      fmt::print(
          stderr, "graddiv: the witness of {}/{} does not do its work: see graddiv mutants {}/{}\n",
          mutant.record.theorem, mutant.record.mutant, mutant.record.theorem, mutant.record.mutant);
    }
  }
  for (const auto& law : outcome.laws) {
    if (!law.record.law_holds) {
      fmt::print(stderr, "graddiv: the law of {} does not hold: {}\n", law.record.id,
                 shortened(law.reason));
    }
  }
  for (const auto& record : outcome.gallery) {
    if (record.as_stored) continue;
    fmt::print(stderr,
               "graddiv: the gallery's instance of {} attains {} in place of {}: see graddiv "
               "tightness {}\n",
               record.theorem, record.ratio.value_or("nothing"), record.stored, record.theorem);
  }
  const auto& campaign = outcome.campaign;
  if (campaign.left > 0) {
    fmt::print(stderr, "graddiv: {}; {} instances are left, the same command continues with them\n",
               campaign.ending == Ending::cancelled ? "interrupted" : "the time is used up",
               campaign.left);
  }
}

// Theorems that hardly ever applied: their campaign proves next to nothing. A few instances say nothing about that.
bool complain_of_vacuity(const std::vector<TheoremSummary>& found) {
  constexpr std::int64_t too_few = 50;
  bool any = false;
  for (const auto& summary : found) {
    const int floor = find_theorem(summary.id).least_applicable_percent;
    if (summary.instances < too_few || 100 * summary.applicable >= floor * summary.instances) {
      continue;
    }
    any = true;
    fmt::print(stderr, "graddiv: {} applies to only {} of {} instances, less than {} %\n",
               summary.id, summary.applicable, summary.instances, floor);
  }
  return any;
}

int run_verify(const VerifyOptions& options, bool quiet) {
  const auto theorems = select_theorems(options.ids);
  parse_shard(options.shard);  // before anything is written
  const VerificationPlan plan(
      theorems, options.examples.empty() ? shipped_examples() : options.examples, options.seed);
  Store store(options.store.empty() ? ":memory:" : options.store, Store::Mode::write);
  begin_or_continue(store, make_provenance(options.seed, plan.fingerprint()));

  const auto outcome = verify(options, quiet, theorems, plan, store);
  const auto found = summaries(store, theorems);
  const auto refuted = refutations(store, theorems);
  std::vector<std::string> counterexamples;
  for (const auto& verdict : refuted) {
    counterexamples.push_back(save(verdict, options));
  }
  options.json ? print_json(outcome_json(options, outcome, found, counterexamples))
               : print(outcome_text(options, outcome, found));
  std::fflush(stdout);  // the table first, then what is wrong with it
  complain(outcome, refuted, counterexamples);

  const bool is_vacuous = complain_of_vacuity(found);

  if (outcome.campaign.ending == Ending::cancelled) return interrupted;
  const bool all_well =
      refuted.empty() && std::ranges::all_of(outcome.mutants, &MutantFinding::as_it_should_be) &&
      std::ranges::all_of(outcome.laws, [](const auto& law) { return law.record.law_holds; }) &&
      std::ranges::all_of(outcome.gallery, &SharpestRecord::as_stored);
  if (!all_well) return something_refuted;
  const bool undecided =
      std::ranges::any_of(found, [](const auto& summary) { return summary.inconclusive > 0; });
  return is_vacuous || (undecided && options.strict) ? inconclusive : all_claims_hold;
}

std::function<int()> set_up_verify(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<VerifyOptions>();
  arguments.option("ID", options->ids, "theorems (default: all)");
  arguments
      .option("--instances", options->instances,
              "instances of each theorem: the worst cases and examples, then random ones")
      .not_negative()
      .shows_default();
  arguments.option("--seed", options->seed, "of the random instances")
      .whole_number()
      .shows_default();
  arguments.option("--jobs", options->jobs, "threads").between(1, 4096).shows_default();
  arguments
      .option("--shard", options->shard,
              "i/n: only the i-th of n parts; all parts may write into one store")
      .shows_default();
  arguments.option("--store", options->store,
                   "where every verdict is kept; a store of an earlier run is continued");
  arguments.option("--time-budget", options->time_budget, "seconds after which no check begins")
      .not_negative();
  arguments
      .option("--example", options->examples,
              "an instance file to check as well; repeatable (default: the shipped examples)")
      .one_value_each_time();
  arguments.flag("--strict", options->strict, "exit 4 where a verdict is inconclusive");
  arguments.flag("--json", options->json, "machine output");
  return [options, &settings] { return run_verify(*options, settings.quiet); };
}

}  // namespace

Command verify_command() {
  return {"verify", "checks theorems on worst-case and random instances", set_up_verify};
}

}  // namespace graddiv::cli
