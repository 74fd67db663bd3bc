#pragma once

#include <string>
#include <vector>

#include "sgd/instance.h"

namespace graddiv::workbench {

/// Reads an instance file with all families and constructions of the workbench. Throws InputError.
Instance read_instance_file(const std::string& path);

/// The instance files of the examples folder beside the sources this was built from, sorted; none
/// where the folder is not there.
std::vector<std::string> shipped_examples();

}  // namespace graddiv::workbench
