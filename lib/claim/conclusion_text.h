#pragma once

#include <string>

#include "claim/conclusion.h"
#include "number/text.h"

// What a finding says of a conclusion and of its numbers.
namespace graddiv {

inline bool is_statistical(const Evidence& e) { return e.kind == Evidence::statistical; }
/// Known from draws of which no bound is known: it may be false with any probability.
inline bool is_guess(const Evidence& e) { return is_statistical(e) && e.error_level() >= 1; }

/// A fraction that can be read at a glance, else the decimals that x lies between.
std::string short_text(const Enclosure& x, int digits);

/// "unless a sample misled (with probability $0.01$ at most)".
Text unless_misled(const Evidence& evidence);

/// "the end: $[0.18, 0.19] ≤ 0.1$", and what it rests on where that is draws.
Text in_words(const Conclusion& c);

}  // namespace graddiv
