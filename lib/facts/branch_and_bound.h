#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "linear/matrix.h"

namespace graddiv {

/// How hard to try; every answer is certified, more work only makes it better.
struct BranchLimits {
  int evaluations = 2000;  ///< of the interval bound
  double relative_gap =
      1e-6;  ///< stop once the certified bound is this close to a value that is attained
};

/// A function to be bounded from below over a box; +∞ is an absent value.
struct BoxFunction {
  /// A number that the function does not fall below anywhere in a box with coordinates [lower_j,
  /// upper_j] (nor at +∞).
  std::function<std::optional<Rational>(const Vector<Enclosure>& box)> bound_below;
  /// Its value at a point, or a number above it.
  std::function<std::optional<Rational>(const Vector<Rational>& point)> attained;
};

/// A lower bound on a box, and the boxes that show it.
struct BoxBound {
  std::optional<Rational> value;  ///< absent: the function is +∞ on the whole box
  /// Which boxes were halved along their (first) widest side: one answer a box, the whole box
  /// first, and after each `true` those of its lower half and then those of its upper half.
  std::shared_ptr<const std::vector<bool>> halved;
};

/// A certified lower bound of the minimum over lower ≤ w ≤ upper: the box with the smallest bound
/// is halved along its widest side, again and again.
BoxBound lower_bound_on_box(const Vector<Rational>& lower, const Vector<Rational>& upper,
                            const BoxFunction& f, const BranchLimits& limits = {});

/// Whether f is nowhere below `bound` on the boxes that `halved` leaves of lower ≤ w ≤ upper. False
/// too where `halved` is no list of answers.
bool is_bound_on_boxes(const Vector<Rational>& lower, const Vector<Rational>& upper,
                       const BoxFunction& f, const std::vector<bool>& halved,
                       const Rational& bound);

}  // namespace graddiv
