#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "number/rational.h"

namespace graddiv::workbench {

/// A file with one number a line, read exactly; blank lines are skipped. Throws InputError with
/// file and line.
std::vector<Rational> read_numbers_file(const std::filesystem::path& file);

}  // namespace graddiv::workbench
