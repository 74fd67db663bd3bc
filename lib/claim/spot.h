#pragma once

#include <compare>

namespace graddiv {

/// A point of W that statements are checked at.
struct Spot {
  enum class Kind {
    start,         ///< w_0, or the point of W nearest to it
    visited,       ///< that a run can be at after the iterations of its place
    after_a_step,  ///< that one draw of the first iteration leads to
    start_plus,    ///< w_0 + e_j
    start_minus,   ///< w_0 − e_j
    origin,
    lower_corner,
    upper_corner,
    centre,
    middle
  };
  Kind kind = Kind::start;
  int number = 0;  ///< which of its kind, from 1; 0 where there is one only

  friend auto operator<=>(const Spot&, const Spot&) = default;
};

}  // namespace graddiv
