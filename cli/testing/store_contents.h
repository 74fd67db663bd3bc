#pragma once

#include <map>
#include <string>
#include <vector>

namespace graddiv::cli::testing {

/// All records of a store, table by table, sorted, each with the names and values of its columns;
/// without the order of writing, the date and how long checks took.
using Contents = std::map<std::string, std::vector<std::string>>;
Contents contents(const std::string& path);

/// Where they differ first, in a few words: "verdicts: theorem: one-step / number: 7 …"; empty
/// where they are the same.
std::string difference(const Contents& a, const Contents& b);

}  // namespace graddiv::cli::testing
