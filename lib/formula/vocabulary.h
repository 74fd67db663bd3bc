#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "formula/symbol.h"

namespace graddiv {

/// Every word that formulas may use: one line a word, which `graddiv list --vocabulary` prints. The
/// order is that of the list.
const std::deque<Symbol>& vocabulary();

/// Adds words that rooms above this one know, before a formula is read that uses them, and while no
/// thread reads one. Throws std::logic_error where one is there already.
void add_words(std::vector<Symbol> words);

/// By its ASCII name; null where there is none.
const Symbol* find_symbol(std::string_view name);

/// A word as a formula, by its ASCII name, with its index where it has one: word("gamma"),
/// word("distance", word("k") - 1). Throws std::out_of_range where there is none of that name.
Formula word(std::string_view name);
Formula word(std::string_view name, const Formula& index);

// Its parts, a file each: formula/vocabulary_run.cpp, …
namespace vocabulary_part {
std::vector<Symbol> run();
std::vector<Symbol> constants();
std::vector<Symbol> expectations();
std::vector<Symbol> points();
std::vector<Symbol> pairs();
std::vector<Symbol> coupled();
std::vector<Symbol> mechanisms();
std::vector<Symbol> random_rows();
}  // namespace vocabulary_part

}  // namespace graddiv
