#pragma once

#include "number/evidence.h"

namespace graddiv {

/// What answers rest on that no longer are numbers: collects, while it lives, the samples and
/// surrogates of the numbers that this thread compares (Comparison::truth) or takes apart
/// (exact_value, lower_end, upper_end). So what a predicate rests on is known, whatever way it
/// takes to its yes or no. Scopes nest: the outer one has what the inner one collects.
///
/// Whether numbers were exact or intervals is not collected: either way the answer is certain.
class EvidenceScope {
 public:
  EvidenceScope();
  ~EvidenceScope();
  EvidenceScope(const EvidenceScope&) = delete;
  EvidenceScope& operator=(const EvidenceScope&) = delete;

  /// `none` where no marked number was asked.
  const Evidence& collected() const { return collected_; }

  /// Adds to the innermost scope of this thread, if there is one: for what is remembered of an
  /// earlier answer.
  static void note(const Evidence& evidence);

 private:
  Evidence collected_;
  EvidenceScope* outer_;
};

}  // namespace graddiv
