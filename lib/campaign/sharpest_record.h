#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "claim/evidence_name.h"
#include "claim/place.h"
#include "claim/verdict.h"

namespace graddiv {

/// A bound may be tight without mini-batches and loose with them, or the other way round.
enum class Regime {
  any,            ///< the statement speaks of no δ
  delta_zero,     ///< δ = 0
  delta_positive  ///< δ > 0
};
std::string_view to_string(Regime regime);   ///< "any", "delta-zero", "delta-positive"
Regime parse_regime(std::string_view text);  ///< throws std::invalid_argument
template <class Json>
void to_json(Json& json, const Regime& regime) {
  json = to_string(regime);
}

/// The sharpest instance known for a theorem in one regime of δ, replayed (campaign/gallery.h).
struct SharpestRecord {
  std::string theorem{};
  Regime regime = Regime::any;
  std::optional<std::string>
      ratio;  ///< decimal at or below what the instance attains; none where it certifies nothing
  std::string stored{};    ///< what it must attain: decimal at or below the gallery's own ratio
  bool as_stored = false;  ///< it attains that with rigorous evidence
  std::optional<Place> where{};
  Text delta{};  ///< in words; empty where no δ is spoken of
  EvidenceName evidence{};
  Text shows{};            ///< one sentence
  std::string instance{};  ///< JSON text
};

}  // namespace graddiv
