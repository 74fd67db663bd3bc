#pragma once

#include <string_view>

namespace graddiv {

/// What a rigorous comparison can say. Enclosures that overlap give `unknown`; nothing in this
/// library turns `unknown` into a yes. The connectives are Kleene's.
enum class Truth { no, unknown, yes };

constexpr Truth truth(bool b) { return b ? Truth::yes : Truth::no; }

constexpr Truth operator!(Truth a) {
  return a == Truth::unknown ? Truth::unknown : truth(a == Truth::no);
}
constexpr Truth operator&&(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth operator||(Truth a, Truth b) { return a < b ? b : a; }

constexpr std::string_view to_string(Truth t) {
  return t == Truth::yes ? "yes" : t == Truth::no ? "no" : "unknown";
}

}  // namespace graddiv
