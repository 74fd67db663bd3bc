#pragma once

#include <cstdint>

#include "number/rational.h"
#include "number/text.h"

namespace graddiv {

/// How a campaign shares out its error level: everything that it concludes from draws holds at once
/// but for this probability (a union bound, so that nothing need be independent).
struct Ledger {
  Rational error_level{1, 1'000'000};
  /// Statements that a campaign can have, whichever it is asked about: so shares do not depend on
  /// that.
  std::int64_t statements = 1;

  /// What the check of one statement on its number-th instance may spend, number ≥ 0:
  ///   error_level / (statements (number + 1)(number + 2)).
  /// Over all numbers 1/((i + 1)(i + 2)) sums to 1, so shares do not depend on how many instances
  /// there will be, and a campaign can be continued, or made in parts.
  Rational share(std::int64_t number) const {
    return error_level / statements / (number + 1) / (number + 2);
  }

  /// For people.
  Text in_words() const;
};

}  // namespace graddiv
