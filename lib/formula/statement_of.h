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

/// What a mutant says instead, in LaTeX and as it is read on a terminal.
struct ChangeOfMutant {
  std::string latex, text;
};
ChangeOfMutant change_of(const TheoremFile& file, const TheoremFile::Mutant& mutant);

}  // namespace graddiv
