#pragma once

#include <string>

#include "claim/theorem.h"

namespace graddiv {

/// The theorem that a .theorem file states (docs/theorem-files.md). Witnesses in files of their own
/// are read from beside it. Throws InputError, which names the file, line and column.
Theorem read_theorem_file(const std::string& path);

/// The same from its text; `path` for messages and for the files beside it. One that is built in
/// draws its instances without those at the edge of a hypothesis (theorems/edges.h), which it has
/// among its witnesses and in the gallery.
Theorem theorem_from(const std::string& text, const std::string& path, bool is_built_in = false);

}  // namespace graddiv
