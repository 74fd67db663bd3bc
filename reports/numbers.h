#pragma once

#include <cstdint>
#include <string>

#include "number/text.h"

namespace graddiv::reports {

// Numbers that are bounds come as decimal texts, rounded outward. They are shortened only in the
// direction that keeps them true, and a text that is no decimal is printed as it stands. All
// results are LaTeX for text.

/// At or below the number, with at most `digits` significant digits.
std::string shortened_down(const std::string& decimal, int digits = 5);
std::string shortened_up(const std::string& decimal, int digits = 5);
/// A ratio: down if it is above 1, up if it is below.
std::string shortened_towards_one(const std::string& decimal, int digits = 5);

/// The factor by which a bound may be too large when a ratio at or above `tightness` was attained:
/// 1/tightness, rounded up. Empty if the text is no positive decimal.
std::string looseness(const std::string& tightness, int digits = 4);

/// True for a text that is a decimal ≥ 1.
bool is_attained(const std::string& tightness);

/// A text whose numbers of more than `longest` characters are cut after their first digits:
/// "$15646…/16000…0 ≤ 1$" → "$0.0097785420… ≤ 1$". What is cut off is always marked by dots. Not
/// LaTeX yet.
Text with_short_numbers(const Text& text, std::size_t longest = 24);

/// "1234", "12\,345".
std::string count_text(std::int64_t count);

}  // namespace graddiv::reports
