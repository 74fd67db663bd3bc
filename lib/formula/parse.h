#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formula/formula.h"
#include "formula/symbol.h"

namespace graddiv {

/// What names a formula may use, beside the vocabulary.
struct Names {
  std::map<std::string, Formula::Type> variables;
  /// Under which quantifiers it stands: those of others are errors that say where they belong.
  std::vector<Under> under{Under::nothing};
};

/// Reads a formula, in Unicode or ASCII spelling: all of text[begin, end). Throws FormulaError,
/// which points into `text`: what is wrong, what was expected, and the nearest name where one is
/// misspelt. docs/theorem-files.md has the grammar.
Formula parse_formula(std::string_view text, SourceRange part, const Names& names);
Formula parse_formula(std::string_view text, const Names& names = {});

/// Whether a name can be given to something: letters, digits and _, of no word of the vocabulary.
/// Throws FormulaError where it cannot.
void require_new_name(const std::string& name, const Names& names, SourceRange where);

/// "; did you mean 'λ'?", or nothing where no candidate is near.
std::string suggestion(std::string_view name, const std::vector<std::string>& candidates);

/// "under 'at every point w'".
std::string_view quantifier_of(Under under);

}  // namespace graddiv
