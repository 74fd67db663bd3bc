#pragma once

#include <concepts>
#include <string>

#include "number/enclosure.h"
#include "number/text.h"

namespace graddiv::workbench {

/// A number for people: "5/4" where that is short; "0.18533…", cut off, where all of the enclosure
/// begins so; else "[0.1853, 0.1854]".
std::string brief(const Enclosure& x, int digits = 10);

/// The text, or its beginning and "…": exact numbers in a reason can fill pages.
std::string shortened(const std::string& text, std::size_t most_characters = 120);
template <std::same_as<Text> T>
std::string shortened(const T& text, std::size_t most_characters = 120) {
  return shortened(text.plain(), most_characters);
}

}  // namespace graddiv::workbench
