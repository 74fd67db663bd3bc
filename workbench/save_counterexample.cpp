#include "workbench/save_counterexample.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "campaign/counterexample.h"
#include "campaign/readable.h"
#include "campaign/tightness.h"
#include "claim/check.h"
#include "constructions/catalogue.h"
#include "json/file.h"
#include "sgd/shrink.h"
#include "theorems/catalogue.h"
#include "workbench/provenance.h"

namespace graddiv::workbench {
namespace {

std::optional<std::string> file_text_of(const Theorem& theorem) {
  return theorem.is_built_in ? std::nullopt : std::optional(theorem.file_text);
}

/// Of a theorem by its id; nothing for one that is neither in the catalogue nor from a file.
std::optional<std::string> file_text_of(const std::string& id) {
  try {
    return file_text_of(find_theorem(id));
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

}  // namespace

void save_counterexample(const std::string& file, const Theorem& theorem, const Instance& instance,
                         const FoundBy& found_by, const std::function<bool()>& is_over,
                         const EvaluationOptions& how) {
  constexpr double much_work = 1 << 18;
  const bool is_slow = how.sampling || work_of_a_check(instance) > much_work;
  const int most_tries = is_slow ? 60 : 1000;  // seconds each, or less than one
  bool was_cut_short = false;
  // Exactly wherever that is possible: what is small enough needs no runs.
  const auto checked = [&](const Instance& smaller) {
    const bool is_large = smaller.problem.sum->in_doubles() != nullptr;
    Finding exact;
    if (!is_large || !how.sampling) exact = check(theorem.statement, smaller);
    if (!how.sampling || exact.verdict == Verdict::refuted) return exact;
    return check(theorem.statement, Evaluation(smaller, how));
  };
  const Readable readable(instance, checked(instance));
  const auto is_refuted = [&](const Instance& smaller) {
    was_cut_short = was_cut_short || is_over();
    if (was_cut_short) return false;
    const Finding finding = checked(smaller);
    return finding.verdict == Verdict::refuted && readable.allows(smaller, finding);
  };
  const Instance smallest = shrink(instance, is_refuted, most_tries);
  const Finding finding = checked(smallest);
  const auto now = make_provenance(found_by.seed);
  write_file(file,
             to_text(CounterexampleFile{.statement = theorem.id,
                                        .mutant = std::nullopt,
                                        .theorem_file = file_text_of(theorem),
                                        .verdict = Verdict::refuted,
                                        .evidence = EvidenceName(finding.rests_on),
                                        .reason = finding.reason.plain(),
                                        .sides = sides_of(finding),
                                        .sampled = sampled_by(how, EvidenceName(finding.rests_on)),
                                        .origin = found_by.origin,
                                        .version = now.version,
                                        .commit = now.commit,
                                        .seed = found_by.seed,
                                        .number = found_by.number,
                                        .is_smallest = !was_cut_short,
                                        .instance = smallest}));
}

std::set<std::size_t> worth_shrinking(const std::vector<VerdictRecord>& refuted) {
  constexpr std::size_t most_a_theorem = 10;
  std::map<std::string, std::vector<std::pair<double, std::size_t>>> by_work;
  for (std::size_t i = 0; i < refuted.size(); ++i) {
    const auto reader = JsonReader::from_text(refuted[i].instance, "instance");
    const Instance instance = read_instance(reader, families_and_constructions());
    by_work[refuted[i].theorem].emplace_back(work_of_a_check(instance), i);
  }
  std::set<std::size_t> chosen;
  for (auto& [theorem, all] : by_work) {
    std::ranges::sort(all);
    for (std::size_t i = 0; i < std::min(all.size(), most_a_theorem); ++i)
      chosen.insert(all[i].second);
  }
  return chosen;
}

std::optional<CounterexampleFile> saved_counterexample(const std::string& file,
                                                       const VerdictRecord& verdict,
                                                       std::uint64_t seed) {
  try {
    CounterexampleFile saved = read_counterexample(file, families_and_constructions());
    const auto now = make_provenance(seed);
    const bool is_this_one = saved.statement == verdict.theorem && !saved.mutant &&
                             saved.seed == seed && saved.number == verdict.number &&
                             saved.version == now.version && saved.commit == now.commit;
    return is_this_one ? std::optional(std::move(saved)) : std::nullopt;
  } catch (const InputError&) {  // none, or something else
    return std::nullopt;
  }
}

Saved saved_in(const std::string& file, const VerdictRecord& verdict, std::uint64_t seed) {
  const auto saved = saved_counterexample(file, verdict, seed);
  if (!saved) return Saved::nothing;
  return saved->is_smallest ? Saved::smallest : Saved::as_found;
}

void save_as_found(const std::string& file, const VerdictRecord& verdict, std::uint64_t seed,
                   const EvaluationOptions& how) {
  const auto now = make_provenance(seed);
  const auto reader = JsonReader::from_text(verdict.instance, file);
  write_file(file, to_text(CounterexampleFile{
                       .statement = verdict.theorem,
                       .mutant = std::nullopt,
                       .theorem_file = file_text_of(verdict.theorem),
                       .verdict = verdict.verdict,
                       .evidence = verdict.evidence,
                       .reason = verdict.reason.plain(),
                       .sides = std::nullopt,
                       .sampled = sampled_by(how, verdict.evidence),
                       .origin = verdict.origin,
                       .version = now.version,
                       .commit = now.commit,
                       .seed = seed,
                       .number = verdict.number,
                       .is_smallest = false,
                       .instance = read_instance(reader, families_and_constructions())}));
}

}  // namespace graddiv::workbench
