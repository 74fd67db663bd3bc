#include "workbench/tightness.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <mutex>

#include "campaign/mutants.h"
#include "campaign/tightness.h"
#include "constructions/catalogue.h"
#include "json/file.h"
#include "number/exact.h"
#include "theorems/catalogue.h"
#include "theorems/gallery.h"
#include "workbench/lookup.h"
#include "workbench/save_counterexample.h"
#include "workbench/search_families.h"
#include "workbench/words.h"

namespace graddiv::workbench {

namespace {

// On all cores: some instances run for thousands of iterations.
std::vector<Sandwich> replay_all(const TightnessRequest& request) {
  std::vector<const GalleryEntry*> entries;
  for (const GalleryEntry& entry : gallery()) {
    if (is_among(request.theorems, entry.theorem)) entries.push_back(&entry);
  }
  std::int64_t done = 0;
  std::mutex one_at_a_time;
  std::vector<std::optional<Sandwich>> replayed(entries.size());
  tbb::parallel_for(std::size_t{0}, entries.size(), [&](std::size_t i) {
    const Theorem& theorem = find_theorem(entries[i]->theorem);
    const Replayed now = replay(theorem.statement, *entries[i]);
    replayed[i] = Sandwich{&theorem,      *entries[i],         now.attained,
                           now.as_stored, now.finding.verdict, now.finding.reason};
    const std::lock_guard lock(one_at_a_time);
    request.progress(++done, static_cast<std::int64_t>(entries.size()));
  });
  std::vector<Sandwich> all;
  for (auto& sandwich : replayed) all.push_back(std::move(*sandwich));
  return all;
}

// Where a search begins, apart from the worst-case families: the gallery, what was named, the
// witnesses of the mutants, then random draws.
std::vector<Instance> starts_for(const Theorem& theorem, const TightnessRequest& request) {
  std::vector<Instance> starts = gallery_instances(theorem);
  starts.insert(starts.end(), request.starts.begin(), request.starts.end());
  for (const Mutant& mutant : theorem.mutants) {
    if (!mutant.witness.empty()) starts.push_back(witness_of(mutant, families_and_constructions()));
  }
  std::ranges::move(draws_in_turn(theorem, request.seed, 0, request.evaluations / 3),
                    std::back_inserter(starts));
  return starts;
}

SearchResult search(const Theorem& theorem, const TightnessRequest& request) {
  SearchResult found;
  if (request.evaluations > 0) {
    found = search_sharpest(theorem.statement, starts_for(theorem, request),
                            {request.evaluations, request.seed, {}}, search_families());
  }
  // The named ones count as they stand, however long their runs are.
  for (const Instance& start : request.starts) {
    const Finding finding = check(theorem.statement, start);
    for (const Attained& a : attained(finding)) found.sharpest.push_back({start, a});
    const bool is_rigorous = finding.evidence != Evidence::statistical;
    if (finding.verdict == Verdict::refuted && is_rigorous) found.counterexample = start;
  }
  return found;
}

// Sharper than what is known and than what once was. Many ratios creep to a limit for ever, and an
// instance that people have explained is worth more than the next digit; but a bound that is
// attained is worth more than one that almost is.
bool is_worth_keeping(const Rational& ratio, const Sandwich& known) {
  static const Rational least_gain(1, 10'000);
  Rational best = known.entry.ratio;
  if (known.attained) best = std::max(best, lower_end(known.attained->ratio));
  return ratio > best && (ratio >= 1 || ratio > best + least_gain);
}

Text sentence_on(const Attained& a) {
  Text text = "Ratio " + Text::formula(brief(a.ratio, 6)) + " at " + to_text(a.where);
  if (a.delta) text += ", " + Text::formula("δ = " + brief(*a.delta, 6));
  return text + ".";
}

// Puts what a search has found in the place of what the gallery has, where it is sharper.
void improve(std::vector<Sandwich>& known, const Theorem& theorem, const SearchResult& found) {
  for (const auto& [instance, sharpness] : found.sharpest) {
    const auto& a = sharpness;  // lambdas cannot capture a structured binding in clang 14
    const Rational ratio = stored_ratio(a.ratio);
    const auto old =
        std::ranges::find_if(known, [&](const Sandwich& s) { return s.entry.regime == a.regime; });
    const bool is_known = old != known.end();
    if (is_known && !is_worth_keeping(ratio, *old)) continue;
    Sandwich sandwich{&theorem, {theorem.id, a.regime, ratio, sentence_on(a), instance}, a};
    sandwich.is_new = true;
    if (is_known) {
      *old = std::move(sandwich);
    } else {
      known.push_back(std::move(sandwich));
    }
  }
}

FoundCounterexample save(const Instance& instance, const Theorem& theorem,
                         const TightnessRequest& request) {
  const auto name = fmt::format("counterexample-{}-tightness.json", theorem.id);
  const auto file = (std::filesystem::path(request.folder) / name).string();
  save_counterexample(file, theorem, instance, {"search for tightness", request.seed, {}});
  return {&theorem, check(theorem.statement, instance).reason, file};
}

// Writes what is sharper than the gallery, and a gallery's own instance that attains more than its
// file says; never over a file that has more.
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

}  // namespace

bool TightnessResult::all_well() const {
  return counterexamples.empty() && std::ranges::all_of(sandwiches, &Sandwich::as_stored);
}

TightnessResult tightness(const TightnessRequest& request) {
  TightnessResult result;
  std::vector<Sandwich> replayed = replay_all(request);
  for (const Theorem* theorem : request.theorems) {
    std::vector<Sandwich> known;
    for (Sandwich& sandwich : replayed) {
      if (sandwich.theorem == theorem) known.push_back(std::move(sandwich));
    }
    const SearchResult found = search(*theorem, request);
    improve(known, *theorem, found);
    if (found.counterexample) {
      result.counterexamples.push_back(save(*found.counterexample, *theorem, request));
    }
    if (!request.folder.empty()) save(known, request.folder);
    if (known.empty()) result.without.push_back(theorem);
    std::ranges::move(known, std::back_inserter(result.sandwiches));
  }
  return result;
}

// Of as many digits as the looseness of reports/numbers.h has.
std::string in_words(const Attained& attained) {
  const Rational ratio = lower_end(attained.ratio);
  if (ratio >= 1) return "tight";
  if (ratio <= 0) return "nothing above 0 known";
  return "loose by ×" + decimal_above(1 / ratio, 4);
}

}  // namespace graddiv::workbench
