#pragma once

#include <string>

#include "claim/evidence_name.h"
#include "claim/verdict.h"
#include "number/text.h"

namespace graddiv {

/// A mutant on its witness, and the theorem on the same instance.
struct MutantRecord {
  std::string theorem;
  std::string mutant;
  std::string change;  ///< LaTeX
  bool refuted = false;
  EvidenceName evidence;
  Text reason;          ///< "$k = 8$, in expectation: $0.1853 ≤ 0.1$ is false"
  std::string ratio;    ///< actual / claimed, decimal rounded towards 1
  std::string witness;  ///< JSON text of the instance
  /// The same of what shrinking the witness left; none where the evidence is statistical.
  std::string smallest{};
  Verdict truth = Verdict::inconclusive;  ///< on the theorem itself, on the same instance
  Text truth_reason{};
  int rank = 0;  ///< its place among those of its theorem

  /// A suite can tell right from wrong where the mutant is refuted and the theorem is not.
  bool as_it_should_be() const { return refuted && truth != Verdict::refuted; }
};

}  // namespace graddiv
