#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "number/rational.h"

namespace graddiv {

/// A statement made from random draws, false with at most its error level: "at most 7 % fail", say.
struct Sample {
  /// What was drawn and what was concluded from it: statements with the same id are the same. Two
  /// conclusions from the same draws are two statements, as each may be false without the other.
  std::string id;
  Rational error_level;  ///< in [0, 1]

  friend bool operator==(const Sample&, const Sample&) = default;
};

/// How a number is known. The weakest of all that entered it decides:
/// none ⊏ exact ⊏ interval ⊏ statistical.
///
/// `exact` is a number held as a rational or by square roots of rationals, `interval` one that is
/// only enclosed; both are certain.
/// `statistical` is one that is as stated unless one of its samples misled, whether it is held as
/// a rational or as an interval.
struct Evidence {
  enum class Kind { none, exact, interval, statistical };
  using enum Kind;

  Kind kind = none;
  /// An exact stand-in for an irrational number entered: what is known is known of the stand-in.
  bool surrogate = false;
  std::vector<Sample> samples;  ///< each once, ordered by id; not empty iff statistical

  /// The probability that one of the samples misled is at most this: the sum of their error levels
  /// (union bound: they need not be independent), cut at 1.
  Rational error_level() const;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// What a number made of both rests on. Associative, commutative, idempotent; `none` is neutral.
Evidence join(const Evidence& a, const Evidence& b);

std::string_view to_string(Evidence::Kind kind);
/// Throws std::invalid_argument.
Evidence::Kind parse_evidence(std::string_view text);

}  // namespace graddiv
