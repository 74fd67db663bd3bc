#include "workbench/sharpen.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "workbench/lookup.h"
#include "workbench/sharpen_records.h"

namespace graddiv::cli {

namespace {

using workbench::Disproof;
using workbench::NumberFinding;
using workbench::records_of;
using workbench::score_of;
using workbench::SharpenResult;
using workbench::shown_by;
using workbench::VariantFinding;
using Outcome = VariantFinding::Outcome;

struct SharpenOptions {
  std::string id;
  std::int64_t instances = workbench::SharpenRequest().instances;
  std::int64_t effort = workbench::SharpenRequest().effort;
  std::uint64_t seed = 1;
  std::optional<int> jobs;
  std::string folder;
  std::string store;
  bool all = false;
  bool json = false;
};

// Tables ------------------------------------------------------------------------------------------

std::string number_table(const std::vector<SharpnessRecord>& records) {
  Table table({{"number"},
               {"in"},
               {"is"},
               {"among"},
               {"refuted"},
               {"unrefuted"},
               {"improvable"},
               {"instance"}});
  for (const SharpnessRecord& r : records) {
    if (r.part != SharpnessPart::number) continue;
    table.add({shortened(r.what, 36), r.place, r.value, r.among.plain(), r.refuted, r.unrefuted,
               r.improvable, r.witness.empty() ? "none found" : r.witness.plain()});
  }
  return table.text();
}

std::string hypothesis_table(const SharpenResult& result) {
  Table table({{"hypothesis"}, {"without it"}, {"by"}});
  for (const VariantFinding& f : result.hypotheses) {
    constexpr std::string_view without = "without ";
    table.add({shortened(f.variant.change.substr(without.size()), 48),
               std::string(to_string(f.outcome)), shortened(shown_by(f, result), 110)});
  }
  return table.text();
}

std::string mutant_table(const SharpenResult& result, bool all) {
  Table table({{"mutant"}, {"in"}, {"verdict"}, {"by"}});
  for (const VariantFinding& f : result.mutants) {
    if (!all && f.outcome != Outcome::open) continue;
    table.add({shortened(f.variant.change, 72), f.variant.where, std::string(to_string(f.outcome)),
               shortened(shown_by(f, result), 110)});
  }
  return table.text();
}

std::string result_text(const SharpenResult& result, const Theorem& theorem, bool all) {
  std::string text;
  if (result.refutation) {
    text += fmt::format("refuted as it stands, {}: {}\n\n", result.refutation->origin,
                        shortened(result.refutation->reason));
  }
  text += "numbers\n" + number_table(records_of(theorem, result)) + "\nhypotheses\n" +
          hypothesis_table(result);
  const std::string mutants = mutant_table(result, all);
  text += all ? "\nmutants\n" + mutants
              : "\nmutants that are not refuted (--all shows the others)\n" + mutants;
  return text + fmt::format("\nscore: {}\n{} instances, the statement applies to {}\n",
                            score_of(result), result.trials, result.applicable);
}

// JSON --------------------------------------------------------------------------------------------

Json refutation_json(const std::optional<Disproof>& by) {
  if (!by) return {};
  Json json{{"origin", by->origin},
            {"reason", by->reason},
            {"instance", Json::parse(to_text(by->instance))}};
  if (!by->file.empty()) json["file"] = by->file;
  return json;
}

Json number_json(const NumberFinding& f) {
  const auto exact = [](const std::optional<Rational>& x) {
    return x ? Json(to_string(*x)) : Json();
  };
  return {{"number", f.number.text},
          {"where", f.number.where},
          {"value", to_string(f.number.value)},
          {"regime", to_string(f.regime)},
          {"among", f.slice},
          {"stronger", f.smaller_is_stronger ? "smaller" : "larger"},
          {"refuted", exact(f.refuted)},
          {"refuted_beyond", f.is_limit},
          {"unrefuted", exact(f.unrefuted)},
          {"best", f.is_best()},
          {"checks", f.checks},
          {"witness", refutation_json(f.by)}};
}

Json variant_json(const VariantFinding& f) {
  Json json{
      {"kind", to_string(f.variant.kind)}, {"change", f.variant.change}, {"where", f.variant.where},
      {"outcome", to_string(f.outcome)},   {"checks", f.checks},         {"seconds", f.seconds},
      {"witness", refutation_json(f.by)}};
  if (!f.trouble.empty()) json["trouble"] = f.trouble;
  return json;
}

Json result_json(const SharpenResult& result, const SharpenOptions& options) {
  Json json{{"id", options.id},
            {"seed", options.seed},
            {"refutation", refutation_json(result.refutation)}};
  for (const char* key : {"numbers", "hypotheses", "mutants"}) json[key] = Json::array();
  for (const NumberFinding& f : result.numbers) json["numbers"].push_back(number_json(f));
  for (const VariantFinding& f : result.hypotheses) json["hypotheses"].push_back(variant_json(f));
  for (const VariantFinding& f : result.mutants) json["mutants"].push_back(variant_json(f));
  const auto refuted = result.count(Outcome::refuted);
  json["score"] = {{"refuted", refuted},
                   {"of", refuted + result.count(Outcome::open)},
                   {"implied", result.count(Outcome::implied)},
                   {"weaker", result.count(Outcome::weaker)},
                   {"undefined", result.count(Outcome::undefined)},
                   {"idle", result.count(Outcome::idle)}};
  json["instances"] = result.trials;
  json["applicable"] = result.applicable;
  return json;
}

int run_sharpen(const SharpenOptions& options, bool quiet) {
  if (!options.folder.empty() && !std::filesystem::is_directory(options.folder))
    throw UsageError("--save: " + options.folder + " is no folder");
  if (!options.store.empty()) workbench::require_own_store(options.store);
  const auto named = workbench::find_statement(options.id);
  if (named.mutant != nullptr) throw UsageError(options.id + " is a mutant; expected a theorem");
  workbench::SharpenRequest request{.theorem = named.theorem,
                                    .instances = options.instances,
                                    .effort = options.effort,
                                    .seed = options.seed,
                                    .jobs = options.jobs.value_or(workbench::all_cores),
                                    .folder = options.folder};
  ProgressBar bar(quiet);
  request.progress = [&](std::int64_t done, std::int64_t total) { bar.show(done, total, 0); };
  const SharpenResult result = workbench::sharpen(request);
  bar.clear();
  if (!options.store.empty()) workbench::write_sharpness(options.store, *named.theorem, result);
  options.json ? print_json(result_json(result, options))
               : print(result_text(result, *named.theorem, options.all));
  return result.refutation ? something_refuted : all_claims_hold;
}

std::function<int()> set_up_sharpen(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<SharpenOptions>();
  arguments.option("ID", options->id, "theorem of a file, or its path").required();
  arguments
      .option("--instances", options->instances,
              "random instances to try everything on, beside those that are made of them")
      .between(std::int64_t{0}, std::int64_t{1'000'000})
      .shows_default();
  arguments.option("--effort", options->effort, "checks to spend on each search for an instance")
      .between(std::int64_t{0}, std::int64_t{1'000'000'000})
      .shows_default();
  arguments.seed(options->seed, "of instances and searches");
  arguments.option("--jobs", options->jobs, "threads [all cores]").between(1, 4096);
  arguments.option("--save", options->folder,
                   "folder for the instances that refute, to be replayed");
  arguments.option("--store", options->store,
                   "what verify --store left: its report shows what was found");
  arguments.flag("--all", options->all, "show every mutant, those that are refuted too");
  arguments.flag("--json", options->json, "machine output");
  return [options, &settings] { return run_sharpen(*options, settings.quiet); };
}

}  // namespace

Command sharpen_command() {
  return {"sharpen", "whether each hypothesis is needed, and how sharp each constant is",
          set_up_sharpen};
}

}  // namespace graddiv::cli
