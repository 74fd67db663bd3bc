#pragma once

#include <string>
#include <vector>

#include "campaign/change.h"
#include "campaign/record.h"

namespace graddiv {

class Store;

Subject subject_of(const StatementRecord& statement);
Subject subject_of(const TheoremSummary& summary);
Subject subject_of(const MutantRecord& mutant);
Subject subject_of(const ConstructionRecord& construction);
Subject subject_of(const SharpestRecord& sharpest);
Subject subject_of(const FigureRecord& figure);

/// "the mutant smaller", for who knows the theorem; of a theorem, "its statement".
std::string in_words(const Subject& subject);

/// All that two campaigns are compared by, whether it changed or not: the campaign as a whole, then
/// theorems, mutants, laws, instances of the gallery and figures, those of the later one first.
std::vector<Subject> subjects(const Store& before, const Store& after);

}  // namespace graddiv
