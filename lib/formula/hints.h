#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace graddiv {

/// What somebody may have meant who wrote this where no word of the vocabulary stands: "; did you
/// mean 'F is convex'?" of the word nearest to how the text goes on, in either spelling, "; here it
/// is β/λ, or L_max/λ" of a notation that papers use, or the nearest of some names. Empty where
/// nothing is near.
std::string hint(std::string_view text, std::string_view name,
                 const std::vector<std::string>& names);

}  // namespace graddiv
