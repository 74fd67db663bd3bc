#include "campaign/tightness.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/parallel_for.h>

#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/instance_file.h"
#include "cli/support/lookup.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "cli/support/save_counterexample.h"
#include "cli/support/search_families.h"
#include "constructions/catalogue.h"
#include "json/file.h"
#include "number/exact.h"
#include "property_tests/draw.h"
#include "theorems/catalogue.h"
#include "theorems/gallery.h"

namespace graddiv::cli {

namespace {

struct TightnessOptions {
  std::vector<std::string> ids;
  std::int64_t evaluations = 0;
  std::uint64_t seed = 1;
  std::string folder;
  std::vector<std::string> starts;
  bool json = false;
};

/// The sharpest instance of a theorem in one regime: the gallery's, or a sharper one that was searched for.
struct Sandwich {
  const Theorem* theorem;
  GalleryEntry entry;
  std::optional<Attained> attained;  ///< nothing where the instance certifies nothing
  std::string trouble;               ///< what is wrong with it, where something is
  bool is_new = false;               ///< sharper than the gallery's
};

// What is wrong with an instance of the gallery; empty where nothing is.
std::string trouble_with(const GalleryEntry& entry, const Replayed& replayed) {
  if (replayed.as_stored) return "";
  if (replayed.attained) {
    return fmt::format("{}: the instance of the gallery attains {}, below the stored {}",
                       entry.file_name(), replayed.attained->ratio.decimal_lower(8),
                       decimal_below(entry.ratio, 8));
  }
  return fmt::format("{}: the instance of the gallery certifies nothing: {}, {}", entry.file_name(),
                     to_string(replayed.finding.verdict), shortened(replayed.finding.reason));
}

// On all cores: some instances run for thousands of iterations.
std::vector<Sandwich> replay_all(const std::vector<const Theorem*>& theorems, bool quiet) {
  std::vector<const GalleryEntry*> entries;
  for (const GalleryEntry& entry : gallery()) {
    if (is_among(theorems, entry.theorem)) entries.push_back(&entry);
  }
  ProgressBar bar(quiet);
  std::int64_t done = 0;
  std::mutex one_at_a_time;
  std::vector<std::optional<Sandwich>> replayed(entries.size());
  tbb::parallel_for(std::size_t{0}, entries.size(), [&](std::size_t i) {
    const Theorem& theorem = find_theorem(entries[i]->theorem);
    const Replayed now = replay(theorem.statement, *entries[i]);
    replayed[i] =
        Sandwich{&theorem, *entries[i], now.attained, trouble_with(*entries[i], now), false};
    const std::lock_guard lock(one_at_a_time);
    bar.show(++done, static_cast<std::int64_t>(entries.size()), 0);
  });
  std::vector<Sandwich> all;
  for (auto& sandwich : replayed) all.push_back(std::move(*sandwich));
  return all;
}

// Where a search begins, beside the worst-case families: the gallery, what was named, the witnesses of the mutants, then random draws.
std::vector<Instance> starts_for(const Theorem& theorem, const TightnessOptions& options,
                                 const std::vector<Instance>& named) {
  std::vector<Instance> starts;
  for (const GalleryEntry& entry : gallery()) {
    if (entry.theorem == theorem.id) starts.push_back(entry.instance);
  }
  starts.insert(starts.end(), named.begin(), named.end());
  for (const Mutant& mutant : theorem.mutants) {
    const auto reader = JsonReader::from_text(mutant.witness, "witness of " + mutant.id);
    starts.push_back(read_instance(reader, families_and_constructions()));
  }
  const auto& classes = theorem.drawn_from;
  for (std::int64_t i = 0; !classes.empty() && i < options.evaluations / 3; ++i) {
    const auto& name = classes[static_cast<std::size_t>(i) % classes.size()];
    starts.push_back(draw(name, options.seed, i));
  }
  return starts;
}

std::string in_words(const Attained& a) {
  const std::string delta = a.delta ? ", δ = " + brief(*a.delta, 6) : "";
  return "Ratio " + brief(a.ratio, 6) + " at " + a.where + delta + ".";
}

// Writes down what refutes a theorem: the most valuable thing that a search can find.
std::string save_refutation(const Theorem& theorem, const Instance& instance,
                            const TightnessOptions& options) {
  const auto name = fmt::format("counterexample-{}-tightness.json", theorem.id);
  const auto file = (std::filesystem::path(options.folder) / name).string();
  save_counterexample(file, theorem, instance, {"search for tightness", options.seed, {}});
  return fmt::format("{} is refuted: {}\n  replay it with: graddiv replay {}", theorem.id,
                     shortened(check(theorem.statement, instance).reason), shell_word(file));
}

// Sharper than what is known and than what once was. Many ratios creep to a limit for ever, and an instance that people have
// explained is worth more than the next digit; but a bound that is attained is worth more than one that almost is.
bool is_worth_keeping(const Rational& ratio, const Sandwich& known) {
  static const Rational least_gain(1, 10'000);
  Rational best = known.entry.ratio;
  if (known.attained) best = std::max(best, lower_end(known.attained->ratio));
  return ratio > best && (ratio >= 1 || ratio > best + least_gain);
}

// Puts what the search has found in the place of what the gallery has, where it is sharper. Returns what is wrong with the theorem,
// where something is.
std::string improve(std::vector<Sandwich>& known, const Theorem& theorem,
                    const TightnessOptions& options, const std::vector<Instance>& named) {
  SearchResult found;
  if (options.evaluations > 0) {
    found = search_sharpest(theorem.statement, starts_for(theorem, options, named),
                            {options.evaluations, options.seed, {}}, search_families());
  }
  // The named ones count as they stand, however long their runs are.
  for (const Instance& start : named) {
    const Finding finding = check(theorem.statement, start);
    for (const Attained& a : attained(finding)) found.sharpest.push_back({start, a});
    const bool is_rigorous = finding.evidence != Evidence::statistical;
    if (finding.verdict == Verdict::refuted && is_rigorous) found.counterexample = start;
  }
  for (const Sharpest& sharpest : found.sharpest) {
    const Attained& a = sharpest.attained;
    const Rational ratio = stored_ratio(a.ratio);
    const auto old =
        std::ranges::find_if(known, [&](const Sandwich& s) { return s.entry.regime == a.regime; });
    const bool is_known = old != known.end();
    if (is_known && !is_worth_keeping(ratio, *old)) continue;
    Sandwich sandwich{
        &theorem, {theorem.id, a.regime, ratio, in_words(a), sharpest.instance}, a, "", true};
    if (is_known) {
      *old = std::move(sandwich);
    } else {
      known.push_back(std::move(sandwich));
    }
  }
  return found.counterexample ? save_refutation(theorem, *found.counterexample, options) : "";
}

// Writes what is sharper than the gallery, and a gallery's own instance that attains more than its file says; never over a file that
// has more.
void save(const std::vector<Sandwich>& sandwiches, const std::string& folder) {
  for (const Sandwich& s : sandwiches) {
    if (!s.attained) continue;
    GalleryEntry entry = s.entry;
    entry.ratio = stored_ratio(s.attained->ratio);
    if (!s.is_new && entry.ratio <= s.entry.ratio) continue;
    const auto file = (std::filesystem::path(folder) / entry.file_name()).string();
    const bool is_there = std::filesystem::exists(file);
    if (is_there && read_gallery_entry(JsonReader::from_file(file)).ratio >= entry.ratio) continue;
    write_file(file, to_text(entry));
  }
}

// 1/ratio, rounded up: the bound is at most so many times what is attained.
std::string verdict(const Attained& a) {
  const Rational ratio = lower_end(a.ratio);
  if (ratio >= 1) return "tight";
  if (ratio <= 0) return "nothing above 0 known";
  return "loose by ×" + decimal_above(1 / ratio, 5);
}

Json sandwich_json(const Sandwich& s) {
  Json json{{"id", s.theorem->id}, {"regime", to_string(s.entry.regime)}};
  if (s.attained) {
    json["ratio"] = enclosure_json(s.attained->ratio, 12);
    json["verdict"] = verdict(*s.attained);
    json["evidence"] = to_string(s.attained->evidence);
    json["where"] = s.attained->where;
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
          verdict(*s.attained),
          std::string(to_string(s.attained->evidence)),
          s.attained->where};
}

std::string text_of(const std::vector<Sandwich>& sandwiches, bool with_instances) {
  Table table({{"theorem"}, {"regime"}, {"ratio"}, {"verdict"}, {"evidence"}, {"attained at"}});
  for (const Sandwich& s : sandwiches) table.add(row_of(s));
  std::string text = table.text();
  for (const Sandwich& s : sandwiches) {
    if (with_instances || s.is_new) {
      text += fmt::format("\n{}: {}\n{}", s.entry.file_name(), s.entry.shows,
                          to_text(s.entry.instance));
    }
  }
  return text;
}

int run_tightness(const TightnessOptions& options, bool quiet) {
  if (!options.folder.empty() && !std::filesystem::is_directory(options.folder)) {
    throw UsageError("--save: " + options.folder + " is no folder");
  }
  std::vector<Instance> named;
  for (const std::string& file : options.starts) named.push_back(read_instance_file(file));
  std::vector<Sandwich> all;
  std::vector<std::string> troubles;
  // Theorems with no certified instance: what only draws tell is none.
  std::vector<std::string> without;
  const auto theorems = select_theorems(options.ids);
  std::vector<Sandwich> replayed = replay_all(theorems, quiet);
  for (const Theorem* theorem : theorems) {
    std::vector<Sandwich> known;
    for (Sandwich& sandwich : replayed) {
      if (sandwich.theorem == theorem) known.push_back(std::move(sandwich));
    }
    if (options.evaluations > 0 || !options.starts.empty()) {
      if (auto refuted = improve(known, *theorem, options, named); !refuted.empty()) {
        troubles.push_back(std::move(refuted));
      }
    }
    if (!options.folder.empty()) save(known, options.folder);
    if (known.empty()) without.push_back(theorem->id);
    std::ranges::move(known, std::back_inserter(all));
  }
  if (options.json) {
    Json json{{"theorems", Json::array()}, {"seed", options.seed}};
    for (const Sandwich& s : all) json["theorems"].push_back(sandwich_json(s));
    for (const auto& id : without) {
      json["theorems"].push_back({{"id", id},
                                  {"regime", to_string(Regime::any)},
                                  {"ratio", Json()},
                                  {"evidence", to_string(Evidence::none)},
                                  {"instance", Json()}});
    }
    print_json(json);
  } else {
    print(text_of(all, !options.ids.empty()));
    if (!without.empty()) {
      print(fmt::format("\nno certified instance: {}\n", fmt::join(without, ", ")));
    }
  }
  std::fflush(stdout);  // the table first, then what is wrong with it
  for (const Sandwich& sandwich : all) {
    if (!sandwich.trouble.empty()) troubles.push_back(sandwich.trouble);
  }
  for (const auto& trouble : troubles) fmt::print(stderr, "graddiv: {}\n", trouble);
  return troubles.empty() ? all_claims_hold : something_refuted;
}

std::function<int()> set_up_tightness(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<TightnessOptions>();
  arguments.option("ID", options->ids, "theorems (default: all)");
  arguments
      .option("--search", options->evaluations,
              "evaluations a theorem to spend on finding sharper instances")
      .not_negative()
      .shows_default();
  arguments.option("--seed", options->seed, "of the search").whole_number().shows_default();
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
