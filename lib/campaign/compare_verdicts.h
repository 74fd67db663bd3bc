#pragma once

#include <string>
#include <vector>

#include "campaign/change.h"
#include "campaign/verdict_record.h"
#include "number/rational.h"

namespace graddiv {

/// What changed in the verdicts on one theorem, number by number; where a number stands for another
/// instance, it is not compared. Both are ordered by number. `of_one_plan` says whether the plan
/// was the same, so that a number that is missing now is a loss.
std::vector<Change> compare_verdicts(const std::string& theorem,
                                     const std::vector<VerdictRecord>& before,
                                     const std::vector<VerdictRecord>& after, bool of_one_plan);

/// A ratio, or another decimal of a store. Throws StoreError where it is none.
Rational decimal(const std::string& text);

/// How much more or less a verdict says for a theorem; neither silence nor doubt is better.
Trend trend_of(Verdict before, Verdict after);
/// How evidence changed; at surrogates it is weaker.
Trend trend_of(const EvidenceName& before, const EvidenceName& after);

}  // namespace graddiv
