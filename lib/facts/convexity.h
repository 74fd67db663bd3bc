#pragma once

#include <optional>

#include "facts/facts.h"

// That F is convex, or curved by at least t, where a proof of w* or F* rests on it: for the factors
// of that proof and for its check. All of these proofs compare points of W alone: what holds on W
// will do, where it does not hold on R^d.
namespace graddiv::convexity {

/// The t of ∇²F − tI ⪰ 0; absent where the proof rests on something else.
std::optional<Rational> asked_by(const Problem& problem, const proof::KktPoint& proof);
std::optional<Rational> asked_by(const Problem& problem, const proof::Bracket& proof);
std::optional<Rational> asked_by(const Problem& problem, const proof::Nearness& proof);
std::optional<Rational> asked_by(const Problem& problem, const proof::DualityGap& proof);

/// ∇²F − tI ⪰ 0, without factors.
proof::Semidefinite claim(const Problem& problem, const Rational& t);

/// Whether it holds: by the factors that the proof holds, else found out anew.
bool is_shown(const Problem& problem, const std::optional<Rational>& t,
              const proof::Convexity& proof);
template <class Kind>
bool is_shown(const Problem& problem, const Kind& proof) {
  return is_shown(problem, asked_by(problem, proof), proof.convexity);
}

}  // namespace graddiv::convexity
