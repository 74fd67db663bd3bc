#include "campaign/mutants.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "claim/conclusion_text.h"
#include "sgd/shrink.h"

namespace graddiv {

namespace {

constexpr int most_tries = 150;  // at shrinking a witness

// How far the mutant is off at its worst: the ratio of both sides of a refuted conclusion, rounded
// towards 1 so that it never claims more than was shown.
std::string ratio_of(const Finding& finding) {
  constexpr int digits = 6;
  const Enclosure* largest = nullptr;
  for (const auto& [conclusion, holds, tightness] : finding.conclusions) {
    if (holds != Truth::no || !tightness || !tightness->is_bounded()) continue;
    if (largest == nullptr || (*largest < *tightness).truth() == Truth::yes) largest = &*tightness;
  }
  if (largest == nullptr) return "";
  const bool below = (*largest < Enclosure(1)).truth() == Truth::yes;
  return below ? largest->decimal_upper(digits) : largest->decimal_lower(digits);
}

/// What is false by exact values is refuted once an enclosure ends on this side of the bound.
std::optional<double> runs_needed(const Finding& by_runs, const Finding& exact, std::int64_t runs) {
  const auto difference = [](const Comparison& c) { return c.left - c.right; };
  std::optional<double> least;
  for (const ConclusionFinding& open : by_runs.conclusions) {
    const auto same = std::ranges::find(
        exact.conclusions, open.conclusion.place,
        [](const ConclusionFinding& f) -> const Place& { return f.conclusion.place; });
    if (same == exact.conclusions.end() || same->holds != Truth::no ||
        same->conclusion.applies != Truth::yes)
      continue;
    const Enclosure known = difference(open.conclusion.comparison);
    const double is = difference(same->conclusion.comparison).approximate();
    const double reach =
        is > 0 ? is - known.lower().approximate() : known.upper().approximate() - is;
    const double needed = is_guess(evidence_of(open.conclusion))
                              ? std::numeric_limits<double>::infinity()
                              : static_cast<double>(runs) * std::pow(reach / is, 2);
    least = std::min(least.value_or(needed), needed);
  }
  return least;
}

}  // namespace

Instance witness_of(const Mutant& mutant, const std::vector<FamilyEntry>& known) {
  const std::string name = mutant.witness_source + ", witness of " + mutant.id;
  return read_instance(JsonReader::from_text(mutant.witness, name), known);
}

MutantFinding check_mutant(const Theorem& theorem, const Mutant& mutant,
                           const std::vector<FamilyEntry>& known, const EvaluationOptions& how) {
  MutantFinding found;
  found.record.theorem = theorem.id;
  found.record.mutant = mutant.id;
  found.record.change = mutant.change;
  found.record.witness = mutant.witness;
  try {
    const Instance witness = witness_of(mutant, known);
    found.record.witness = to_text(witness);

    const Evaluation evaluation(witness, how);
    const Finding finding = check(mutant.statement, evaluation);
    found.verdict = finding.verdict;
    found.record.refuted = finding.verdict == Verdict::refuted;
    found.record.evidence = EvidenceName(finding.rests_on);
    found.record.reason = finding.reason;
    found.record.ratio = ratio_of(finding);

    const bool is_certain = finding.evidence != Evidence::statistical;
    if (found.record.refuted && is_certain) {
      const auto is_refuted = [&](const Instance& instance) {
        return check(mutant.statement, instance).verdict == Verdict::refuted;
      };
      found.record.smallest = to_text(shrink(witness, is_refuted, most_tries));
    }

    if (!found.record.refuted && how.sampling) {
      found.runs_needed =
          runs_needed(finding, check(mutant.statement, witness), how.sampling->runs);
    }

    const Finding truth = check(theorem.statement, evaluation);
    found.record.truth = truth.verdict;
    found.record.truth_reason = truth.reason;
  } catch (const std::exception& error) {
    found.record.reason = Text::words(error.what());
  }
  return found;
}

}  // namespace graddiv
