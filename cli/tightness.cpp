#include "workbench/tightness.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "number/exact.h"
#include "workbench/inputs.h"
#include "workbench/lookup.h"

namespace graddiv::cli {

namespace {

using workbench::Sandwich;
using workbench::TightnessResult;

struct TightnessOptions {
  std::vector<std::string> ids;
  std::int64_t evaluations = 0;
  std::uint64_t seed = 1;
  std::string folder;
  std::vector<std::string> starts;
  bool json = false;
};

// What is wrong with an instance of the gallery.
std::string trouble_with(const Sandwich& s) {
  if (s.attained) {
    return fmt::format("{}: the instance of the gallery attains {}, below the stored {}",
                       s.entry.file_name(), s.attained->ratio.decimal_lower(8),
                       decimal_below(s.entry.ratio, 8));
  }
  return fmt::format("{}: the instance of the gallery certifies nothing: {}, {}",
                     s.entry.file_name(), to_string(s.verdict), shortened(s.reason));
}

Json sandwich_json(const Sandwich& s) {
  Json json{{"id", s.theorem->id}, {"regime", to_string(s.entry.regime)}};
  if (s.attained) {
    json["ratio"] = enclosure_json(s.attained->ratio, 12);
    json["verdict"] = workbench::in_words(*s.attained);
    json["evidence"] = to_string(s.attained->evidence);
    json["where"] = to_string(s.attained->where);
    json["place"] = s.attained->where;
    json["delta"] = s.attained->delta ? enclosure_json(*s.attained->delta, 12) : Json();
  } else {
    json["ratio"] = Json();
    json["evidence"] = to_string(Evidence::none);
  }
  json["stored"] = decimal_below(s.entry.ratio, 12);
  json["improved"] = s.is_new;
  json["shows"] = s.entry.shows;
  json["instance"] = Json::parse(to_text(s.entry.instance));
  return json;
}

std::vector<std::string> row_of(const Sandwich& s) {
  const std::string regime =
      s.entry.regime == Regime::any ? "" : std::string(to_string(s.entry.regime));
  if (!s.attained) return {s.theorem->id, regime, "", "certifies nothing", "none", ""};
  return {s.theorem->id,
          regime,
          s.attained->ratio.decimal_lower(6) + (s.is_new ? " (new)" : ""),
          workbench::in_words(*s.attained),
          to_string(s.attained->evidence),
          to_string(s.attained->where)};
}

std::string text_of(const std::vector<Sandwich>& sandwiches, bool with_instances) {
  Table table({{"theorem"}, {"regime"}, {"ratio"}, {"verdict"}, {"evidence"}, {"attained at"}});
  for (const Sandwich& s : sandwiches) table.add(row_of(s));
  std::string text = table.text();
  for (const Sandwich& s : sandwiches) {
    if (with_instances || s.is_new) {
      text += fmt::format("\n{}: {}\n{}", s.entry.file_name(), s.entry.shows.plain(),
                          to_text(s.entry.instance));
    }
  }
  return text;
}

Json result_json(const TightnessResult& result, std::uint64_t seed) {
  Json json{{"theorems", Json::array()}, {"seed", seed}};
  for (const Sandwich& s : result.sandwiches) json["theorems"].push_back(sandwich_json(s));
  for (const Theorem* theorem : result.without) {
    json["theorems"].push_back({{"id", theorem->id},
                                {"regime", to_string(Regime::any)},
                                {"ratio", Json()},
                                {"evidence", to_string(Evidence::none)},
                                {"instance", Json()}});
  }
  return json;
}

std::string result_text(const TightnessResult& result, bool with_instances) {
  std::string text = text_of(result.sandwiches, with_instances);
  std::vector<std::string> without;
  for (const Theorem* theorem : result.without) without.push_back(theorem->id);
  if (!without.empty()) {
    text += fmt::format("\nno certified instance: {}\n", fmt::join(without, ", "));
  }
  return text;
}

// Everything that is not as it should be, on standard error.
void complain_of_ratios(const TightnessResult& result) {
  for (const auto& found : result.counterexamples) {
    fmt::print(stderr, "graddiv: {} is refuted: {}\n  replay it with: graddiv replay {}\n",
               found.theorem->id, shortened(found.reason), shell_word(found.file));
  }
  for (const Sandwich& sandwich : result.sandwiches) {
    if (!sandwich.as_stored) fmt::print(stderr, "graddiv: {}\n", trouble_with(sandwich));
  }
}

int run_tightness(const TightnessOptions& options, bool quiet) {
  if (!options.folder.empty() && !std::filesystem::is_directory(options.folder)) {
    throw UsageError("--save: " + options.folder + " is no folder");
  }
  workbench::TightnessRequest request;
  request.theorems = workbench::select_theorems(options.ids);
  request.evaluations = options.evaluations;
  request.seed = options.seed;
  request.folder = options.folder;
  for (const std::string& file : options.starts) {
    request.starts.push_back(workbench::read_instance_file(file));
  }
  ProgressBar bar(quiet);
  request.progress = [&](std::int64_t done, std::int64_t total) { bar.show(done, total, 0); };
  const TightnessResult result = workbench::tightness(request);
  bar.clear();
  options.json ? print_json(result_json(result, options.seed))
               : print(result_text(result, !options.ids.empty()));
  std::fflush(stdout);  // the table first, then what is wrong with it
  complain_of_ratios(result);
  return result.all_well() ? all_claims_hold : something_refuted;
}

std::function<int()> set_up_tightness(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<TightnessOptions>();
  arguments.option("ID", options->ids, "theorems (default: all)");
  arguments
      .option("--search", options->evaluations,
              "evaluations a theorem to spend on finding sharper instances")
      .between(std::int64_t{0}, std::int64_t{1'000'000'000})
      .shows_default();
  arguments.seed(options->seed, "of the search");
  arguments
      .option("--start", options->starts,
              "an instance file that counts as it stands, and for the search to begin with; "
              "repeatable")
      .one_value_each_time();
  arguments.option("--save", options->folder,
                   "folder for the gallery files of what is sharper than the gallery");
  arguments.flag("--json", options->json, "machine output");
  return [options, &settings] { return run_tightness(*options, settings.quiet); };
}

}  // namespace

Command tightness_command() {
  return {"tightness", "the sharpest certified instance of each theorem", set_up_tightness};
}

}  // namespace graddiv::cli
