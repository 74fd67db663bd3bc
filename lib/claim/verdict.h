#pragma once

#include <string_view>

#include "number/evidence.h"

namespace graddiv {

/// What a check can end with. `supported` is for statistical evidence at a stated error level that
/// would all but surely have refuted what is claimed, or a small multiple of it; `consistent`,
/// where nothing speaks against the claim but it could be wrong by far: no verdict on it, and no
/// pass. `error`, where a check threw: the statement says nothing there, not even that it is open.
enum class Verdict { proved, refuted, supported, consistent, inconclusive, not_applicable, error };

std::string_view to_string(Verdict v);         ///< "not applicable"
Verdict parse_verdict(std::string_view text);  ///< throws std::invalid_argument

// In JSON by their names.
template <class Json>
void to_json(Json& json, const Verdict& v) {
  json = to_string(v);
}
template <class Json>
void to_json(Json& json, const Evidence::Kind& e) {
  json = to_string(e);
}

}  // namespace graddiv
