#include "campaign/record.h"

#include <array>
#include <stdexcept>

namespace graddiv {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 3> regime_names{{"any", "delta-zero", "delta-positive"}};
constexpr std::array<std::string_view, 3> part_names{{"number", "hypothesis", "mutants"}};

template <class Enum, std::size_t n>
Enum value_named(const std::array<std::string_view, n>& names, std::string_view text,
                 const char* what) {
  for (std::size_t i = 0; i < n; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  throw std::invalid_argument("'" + std::string(text) + "' is no " + what);
}

}  // namespace

std::string_view to_string(Regime regime) {
  return regime_names.at(static_cast<std::size_t>(regime));
}

Regime parse_regime(std::string_view text) {
  return value_named<Regime>(regime_names, text, "regime");
}

std::string_view to_string(SharpnessPart part) {
  return part_names.at(static_cast<std::size_t>(part));
}

SharpnessPart parse_sharpness_part(std::string_view text) {
  return value_named<SharpnessPart>(part_names, text, "part of how sharp a statement is");
}

}  // namespace graddiv
