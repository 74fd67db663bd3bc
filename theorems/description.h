#pragma once

#include "formula/draw_line.h"
#include "instances/described.h"

namespace graddiv {

/// The description of a draw with its numbers. Throws FormulaError for those that no instance has.
Description description_of(const DrawLine& draw);

/// The ends of a range of whole numbers from 1 to a million. Throws FormulaError for others.
Description::Counts counts_of(const DrawLine::Range& range);

}  // namespace graddiv
