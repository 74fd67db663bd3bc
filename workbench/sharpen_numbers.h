#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "workbench/sharpen_questions.h"

// Private to sharpen: how far a number of the statement is from the best possible.
namespace graddiv::workbench {

/// The file with another number in its place, without mutants.
TheoremFile with_number(const FileNumber& number, const Rational& value);

/// Of a number that a claim could be solved for, the index-th of those: where instances turn it
/// false is what a search drives as far as it can. One finding in every regime of δ, then one in
/// every slice that has instances.
std::vector<NumberFinding> best_of_solved(const Inquiry& inquiry, std::size_t index);

/// Of any other number, in one direction: from the nearest other value that is refuted towards its
/// own, by bisection on the instances that refute it there, and by searches just beyond what comes
/// out. Nothing where that direction asserts less, or is not refuted by any of the mutants.
std::optional<NumberFinding> best_by_bisection(const Inquiry& inquiry, std::size_t number,
                                               bool down,
                                               const std::vector<VariantFinding>& mutants);

}  // namespace graddiv::workbench
