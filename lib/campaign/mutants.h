#pragma once

#include <optional>
#include <vector>

#include "campaign/record.h"
#include "claim/check.h"
#include "claim/evaluation.h"
#include "sgd/instance.h"

namespace graddiv {

/// A mutant checked on its witness, and the true statement checked on the same instance.
struct MutantFinding {
  MutantRecord record;
  Verdict verdict = Verdict::inconclusive;  ///< on the mutant
  /// Where runs left it open: about how many would refute it, from what so many gave (widths fall
  /// as 1/√runs). Infinite where no number does, as what is recorded of a run has no known bound.
  std::optional<double> runs_needed = std::nullopt;
};

/// The witness of a mutant that has one. Throws InputError, which names the place it stands at.
Instance witness_of(const Mutant& mutant, const std::vector<FamilyEntry>& known);

/// Expectations along the run are found as `how` says. Never throws for what the check ran into:
/// the reason of the record says it.
MutantFinding check_mutant(const Theorem& theorem, const Mutant& mutant,
                           const std::vector<FamilyEntry>& known = families(),
                           const EvaluationOptions& how = {});

}  // namespace graddiv
