#pragma once

#include <vector>

#include "campaign/record.h"
#include "claim/check.h"
#include "sgd/instance.h"

namespace graddiv {

/// A mutant checked on its witness, and the true statement checked on the same instance.
struct MutantFinding {
  MutantRecord record;
  Verdict verdict = Verdict::inconclusive;  ///< on the mutant
};

/// Never throws for what the check ran into: the record's reason says it.
MutantFinding check_mutant(const Theorem& theorem, const Mutant& mutant,
                           const std::vector<FamilyEntry>& known = families(),
                           const CheckOptions& options = {});

}  // namespace graddiv
