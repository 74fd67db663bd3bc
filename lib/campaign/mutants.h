#pragma once

#include <vector>

#include "campaign/record.h"
#include "claim/check.h"
#include "sgd/instance.h"

namespace graddiv {

/// A mutant checked on its witness, and the true statement checked on the same instance. The suite
/// can tell right from wrong where the first is refuted and the second is not.
struct MutantFinding {
  MutantRecord record;
  Verdict verdict = Verdict::inconclusive;  ///< on the mutant
  Verdict truth = Verdict::inconclusive;    ///< on the theorem itself
  Text truth_reason;

  bool as_it_should_be() const { return record.refuted && truth != Verdict::refuted; }
};

/// Never throws for what the check ran into: the record's reason says it.
MutantFinding check_mutant(const Theorem& theorem, const Mutant& mutant,
                           const std::vector<FamilyEntry>& known = families(),
                           const CheckOptions& options = {});

}  // namespace graddiv
