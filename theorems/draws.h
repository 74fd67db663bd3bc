#pragma once

#include <vector>

#include "claim/theorem.h"
#include "formula/theorem_file.h"

namespace graddiv {

/// Whether one in five of the instances sits at the edge of a hypothesis (theorems/edges.h), where
/// the draw does not say what the step is.
enum class Edges { none, some };

/// Where the `draw` lines of a file take instances from; runs of all families where it has none.
/// Throws FormulaError for a class that is none, and for numbers that no instance has.
std::vector<DrawnFrom> draws_of(const TheoremFile& file, Edges edges);

}  // namespace graddiv
