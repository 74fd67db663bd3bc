#pragma once

#include <string>
#include <string_view>

namespace graddiv::reports {

/// A sentence with formulas written as plain text, as hypotheses and reasons are ("F is λ-strongly
/// convex", "2γλB ≤ 1", "k = 8, in expectation: 0.18 ≤ 0.1 is false"), as LaTeX with its formulas
/// in mathematics.
///
/// Which words are formulas is guessed from their characters and neighbours; a wrong guess sets a
/// letter upright or slanted, but the result is always valid LaTeX. Unknown characters: as for
/// latex_escape().
std::string prose(std::string_view text);

}  // namespace graddiv::reports
