#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "claim/place.h"
#include "number/enclosure.h"
#include "number/evidence.h"
#include "sampling/failure_probability.h"

namespace graddiv {

/// One inequality (or equation) that a statement claims of an instance, where `applies` holds.
struct Conclusion {
  Place place;
  Truth applies;
  Comparison comparison;
  bool is_lemma = false;  ///< a step of the proof: it can refute a statement, but does not make it
                          ///< apply to an instance, nor tight
  /// What the left side is known from, where it is a failure probability known from draws only.
  std::optional<RowSample> sample = std::nullopt;
  // What it is claimed with, where it speaks of them.
  std::optional<Enclosure> delta = std::nullopt;          ///< a bound may be tight at δ = 0 only
  std::optional<Enclosure> second_moment = std::nullopt;  ///< M²
  std::optional<Enclosure> epsilon = std::nullopt;        ///< the accuracy of a rate
  /// Where it is false: what the words of its formula are worth, "$γ = 1/4$, $B = 2$".
  std::optional<Text> values = std::nullopt;
  /// Why it is not claimed, where something would be expected to be.
  std::optional<Text> left_out = std::nullopt;
  /// Whether its truth tells something, in the sense of its statement (Statement::tells_where).
  Truth telling = Truth::yes;
  /// What it took to make this claim, beside the numbers compared: where `applies` was asked, say.
  Evidence rests_on = {};
};

/// What the answer to it rests on: the numbers compared, and what made the claim.
inline Evidence evidence_of(const Conclusion& c) {
  return join(c.comparison.evidence(), c.rests_on);
}

/// All that a statement claims of an instance.
struct Claimed {
  std::vector<Conclusion> conclusions;
  std::optional<Text> not_certified;  ///< why one of its claims could not be made
  std::optional<Text> reference;      ///< what stands for w* in them
};

/// "If `applies`, then `comparison`", for the accuracy ε that a step aims at.
struct When {
  Truth applies;
  Comparison comparison;
  std::optional<Enclosure> epsilon;
};
inline When when(Truth applies, Comparison comparison, const Enclosure& epsilon) {
  return {applies, std::move(comparison), epsilon};
}

}  // namespace graddiv
