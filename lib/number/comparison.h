#pragma once

#include "number/enclosure_class.h"
#include "number/truth.h"

namespace graddiv {

enum class Relation { less, less_equal, equal, greater_equal, greater };

/// Two enclosures compared: a Truth, with both sides kept so that a claim can report how tight it
/// is.
struct Comparison {
  Enclosure left;
  Relation relation;
  Enclosure right;

  /// yes: holds for all values enclosed; no: for none; otherwise unknown.
  Truth truth() const;
  /// What the answer rests on: that of both sides.
  Evidence evidence() const;
  // NOLINTNEXTLINE(google-explicit-constructor): reads as a statement
  operator Truth() const { return truth(); }
};

Comparison operator<(const Enclosure& a, const Enclosure& b);
Comparison operator<=(const Enclosure& a, const Enclosure& b);
Comparison operator==(const Enclosure& a, const Enclosure& b);
Comparison operator>=(const Enclosure& a, const Enclosure& b);
Comparison operator>(const Enclosure& a, const Enclosure& b);

}  // namespace graddiv
