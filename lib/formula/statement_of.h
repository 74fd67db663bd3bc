#pragma once

#include <string>

#include "claim/statement.h"
#include "formula/theorem_file.h"

namespace graddiv {

/// What a theorem file asserts, to be checked on instances (claim/check.h).
Statement statement_of(const TheoremFile& file);

/// What one of its mutants asserts instead.
Statement statement_of(const TheoremFile& file, const TheoremFile::Mutant& mutant);

/// The statement in LaTeX and on one line of Unicode, from the formulas that are evaluated, with
/// the values of the constants put in.
std::string latex_of(const TheoremFile& file);
std::string text_of(const TheoremFile& file);

/// What a mutant changes, in LaTeX: "$bound: 1 \to \frac{9}{10}$".
std::string change_of(const TheoremFile& file, const TheoremFile::Mutant& mutant);

}  // namespace graddiv
