#pragma once

#include "formula/symbol.h"

namespace graddiv {

/// The words of formulas that speak of worst-case families (constructions/): which one the
/// functions are a member of, and its parameters.
std::vector<Symbol> construction_words();

/// Adds them to the vocabulary, once.
void know_construction_words();

}  // namespace graddiv
