#pragma once

#include <cstddef>
#include <vector>

#include "workbench/sharpen_questions.h"

// Private to sharpen.
namespace graddiv::workbench {

/// What came of the j-th variant: of the trials, of the instances that were found for numbers, and
/// of a search where these leave it open.
VariantFinding outcome_of(const Inquiry& inquiry, std::size_t j,
                          const std::vector<NumberFinding>& numbers);

}  // namespace graddiv::workbench
