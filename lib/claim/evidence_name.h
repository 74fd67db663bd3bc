#pragma once

#include <string>
#include <string_view>

#include "number/evidence.h"

namespace graddiv {

/// A kind of evidence and whether it is known of surrogates, as the one thing that people are told:
/// "exact", "interval at surrogates".
struct EvidenceName {
  Evidence::Kind kind = Evidence::none;
  /// What is known is known of stand-ins for irrational numbers.
  bool at_surrogates = false;

  EvidenceName() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): without surrogates a kind is all there is to say
  EvidenceName(Evidence::Kind of_kind) : kind(of_kind) {}
  explicit EvidenceName(const Evidence& e)
      : kind(e.kind), at_surrogates(e.surrogate && e.kind != Evidence::none) {}

  friend bool operator==(const EvidenceName&, const EvidenceName&) = default;
};

std::string to_string(const EvidenceName& name);
/// Throws std::invalid_argument.
EvidenceName parse_evidence_name(std::string_view text);

// In JSON by its text.
template <class Json>
void to_json(Json& json, const EvidenceName& name) {
  json = to_string(name);
}

}  // namespace graddiv
