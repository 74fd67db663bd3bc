#pragma once

#include <functional>
#include <string>
#include <vector>

#include "campaign/crew.h"
#include "campaign/store.h"
#include "claim/theorem.h"

namespace graddiv::workbench {

/// What a store has beside verdicts on instances: a mutant on its witness, a construction's law,
/// an instance of the gallery, a figure. It depends on nothing but this version, so one that is in
/// the store is not made again.
struct Part {
  enum class Kind { mutant, law, gallery, figure };
  Kind kind;
  std::string name;                  ///< "mutant rate-pl/no-horizon"; of one part alone
  std::function<void(Store&)> make;  ///< and writes it
};

/// Those of the theorems, and the laws of all constructions, that the store does not have yet;
/// without gallery and figures where only laws and mutants are wanted.
enum class Parts { all, laws_and_mutants };
std::vector<Part> missing_parts(const std::vector<const Theorem*>& theorems, const Store& store,
                                Parts wanted);

/// Makes them on so many threads, and on those of the other ranks of a crew where there is one, in
/// no order, each written as soon as it is made; none is begun once `is_over` says so.
void make_parts(std::vector<Part> parts, Store& store, int jobs,
                const std::function<bool()>& is_over, Crew* crew = nullptr);

/// What the other ranks do meanwhile.
void help_make_parts(const std::vector<Part>& all, int jobs, Crew& crew);

}  // namespace graddiv::workbench
