#pragma once

#include <string_view>
#include <vector>

#include "formula/symbol.h"

namespace graddiv {

/// Every word that formulas may use: one line a word, which `graddiv list --vocabulary` and
/// docs/vocabulary.md print. The order is that of the list.
const std::vector<Symbol>& vocabulary();

/// By its ASCII name; null where there is none.
const Symbol* find_symbol(std::string_view name);

// Its parts, a file each: formula/vocabulary_run.cpp, …
namespace vocabulary_part {
std::vector<Symbol> run();
std::vector<Symbol> constants();
std::vector<Symbol> expectations();
std::vector<Symbol> points();
std::vector<Symbol> pairs();
std::vector<Symbol> coupled();
}  // namespace vocabulary_part

}  // namespace graddiv
