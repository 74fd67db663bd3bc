#pragma once

#include <map>
#include <string>
#include <vector>

namespace graddiv::cli::testing {

/// All records of a store, table by table, sorted, each with the names and values of its columns;
/// without the order of writing and the date.
using Contents = std::map<std::string, std::vector<std::string>>;
Contents contents(const std::string& path);

}  // namespace graddiv::cli::testing
