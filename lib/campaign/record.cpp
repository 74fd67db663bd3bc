#include "campaign/record.h"

#include <array>
#include <stdexcept>

namespace graddiv {
namespace {

// In the order of Regime.
constexpr std::array<std::string_view, 3> regime_names{{"any", "delta-zero", "delta-positive"}};

}  // namespace

std::string_view to_string(Regime regime) {
  return regime_names.at(static_cast<std::size_t>(regime));
}

Regime parse_regime(std::string_view text) {
  for (std::size_t i = 0; i < regime_names.size(); ++i) {
    if (regime_names[i] == text) return static_cast<Regime>(i);
  }
  throw std::invalid_argument("'" + std::string(text) + "' is no regime");
}

}  // namespace graddiv
