#pragma once

#include <cstddef>
#include <string_view>

namespace graddiv {

/// How many characters must be put in, left out, replaced or swapped with the next one to make one
/// name of the other: the optimal string alignment distance. For suggestions.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b);

}  // namespace graddiv
