#include "campaign/mutants.h"

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

    const Finding truth = check(theorem.statement, evaluation);
    found.record.truth = truth.verdict;
    found.record.truth_reason = truth.reason;
  } catch (const std::exception& error) {
    found.record.reason = Text::words(error.what());
  }
  return found;
}

}  // namespace graddiv
