#pragma once

#include <string>

#include "sgd/instance.h"

namespace graddiv::cli {

/// Reads an instance file with all families and constructions of the workbench. Throws InputError.
Instance read_instance_file(const std::string& path);

}  // namespace graddiv::cli
