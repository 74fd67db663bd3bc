#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claim/theorem.h"

namespace graddiv {

/// Every theorem the workbench verifies, in the order of the theory.
const std::vector<Theorem>& theorems();

/// Of those and of the ones that were read from files. Throws std::out_of_range with the list of
/// known ids.
const Theorem& find_theorem(std::string_view id);

/// The theorem of a .theorem file, or of its text; it stays. The same file again is the same
/// theorem. Throws InputError, also where the catalogue has one of that name.
const Theorem& theorem_from_file(const std::string& path);
const Theorem& theorem_from_text(const std::string& text, const std::string& path);

}  // namespace graddiv
