#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "formula/tree.h"

namespace graddiv {

/// The formula with every variable of that name replaced.
Formula substituted(const Formula& in, const std::string& variable, const Formula& by);
/// The same operation on other parts, as many as it has.
Formula with_parts(const Formula& formula, std::vector<Formula> parts);
/// How often a variable of that name stands in it.
std::size_t count(const Formula& in, const std::string& variable);
/// Adds the names of all variables.
void collect_variables(const Formula& in, std::set<std::string>& names);
/// Whether some word of the formula is so.
bool has_word(const Formula& in, const std::function<bool(const Symbol&)>& is_so);
/// Without factors of 1, sums with 0 and the like, which constants leave behind.
Formula tidied(const Formula& formula);

}  // namespace graddiv
