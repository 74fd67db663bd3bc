#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claim/theorem.h"

namespace graddiv::workbench {

/// "; did you mean 'glm'?" where some of the known names look like it, else nothing.
std::string suggestion(std::string_view given, const std::vector<std::string>& known);

/// The end of a message on a name that is not known: a suggestion where there is one, else
/// "; see <where>".
std::string hint(std::string_view given, const std::vector<std::string>& known,
                 std::string_view where);

/// A theorem, or one of its mutants.
struct StatementRef {
  const Theorem* theorem = nullptr;
  const Mutant* mutant = nullptr;  ///< nullptr: the theorem itself

  const Statement& statement() const { return mutant ? mutant->statement : theorem->statement; }
  std::string id() const { return theorem->id + (mutant ? "/" + mutant->id : ""); }
};

/// Whether it names a theorem file, or a mutant in one.
bool names_a_file(std::string_view id);

/// Finds "theorem" or "theorem/mutant", where a theorem is an id of the catalogue or a file,
/// "claim.theorem". Throws RequestError with suggestions, and InputError for what a file says.
StatementRef find_statement(const std::string& id);

/// The theorems with these ids or in these files, each once, in the order of the catalogue and then
/// of the files; all of the catalogue where none is named. Throws RequestError and InputError.
std::vector<const Theorem*> select_theorems(const std::vector<std::string>& ids);

/// The mutants with these ids and those of the theorems with these ids; all where none is named.
/// Throws RequestError and InputError.
std::vector<StatementRef> select_mutants(const std::vector<std::string>& ids);

/// Whether a theorem of that id is among these.
bool is_among(const std::vector<const Theorem*>& theorems, const std::string& id);

}  // namespace graddiv::workbench
