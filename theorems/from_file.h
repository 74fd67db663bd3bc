#pragma once

#include <string>

#include "claim/theorem.h"

namespace graddiv {

/// The theorem that a .theorem file states (docs/theorem-files.md). Witnesses in files of their own
/// are read from beside it. Throws InputError, which names the file, line and column.
Theorem read_theorem_file(const std::string& path);

/// The same from its text; `path` for messages and for the files beside it.
Theorem theorem_from(const std::string& text, const std::string& path);

}  // namespace graddiv
