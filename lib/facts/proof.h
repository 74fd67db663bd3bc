#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>

#include "facts/proof_doubles.h"
#include "facts/proof_enclosures.h"
#include "facts/proof_matrices.h"
#include "facts/proof_points.h"
#include "facts/proof_reasons.h"
#include "facts/proof_steps.h"
#include "number/text.h"

// What shows that a fact holds, as data: enough to check it anew without a search
// (facts/verify.h). Large parts are shared, so that proofs are cheap to copy.
namespace graddiv {

namespace proof {

using Kind = std::variant<Unknown, UnboundedBelow, ByDefinition, Semidefinite, SProcedure, KktPoint,
                          Subgradients, Interpolation, Bracket, Nearness, DualityGap, Bisection,
                          Derived, InDoubles>;

}  // namespace proof

struct Proof : proof::Kind {
  using proof::Kind::Kind;
  Proof() : proof::Kind(proof::Unknown{}) {}
  const proof::Kind& kind() const { return *this; }
};

/// How the fact was certified, or why it could not be.
Text to_text(const Proof& proof);
std::string to_sentence(const Proof& proof);  ///< plain
/// {"kind": …, …}, exact numbers as text.
nlohmann::ordered_json to_json(const Proof& proof);

}  // namespace graddiv
