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

/// A box is cut in two where its coordinate `side` is `at`, inside of it.
struct Cut {
  Eigen::Index side;
  Rational at;
};

/// A function to be bounded from below over a box; +∞ is an absent value.
struct BoxFunction {
  /// A number that the function does not fall below anywhere in a box with coordinates [lower_j,
  /// upper_j] (nor at +∞).
  std::function<std::optional<Rational>(const Vector<Enclosure>& box)> bound_below;
  /// Its value at a point, or a number above it: what tells that further work is in vain.
  std::function<std::optional<Rational>(const Vector<Rational>& point)> attained;
  /// As bound_below, in whose place it stands where the sides must not be rounded outward.
  std::function<std::optional<Rational>(const Vector<Rational>& lower,
                                        const Vector<Rational>& upper)>
      bound_below_exactly = nullptr;
  /// Where a box is better cut than in the middle of its widest side; always the same for a box.
  std::function<std::optional<Cut>(const Vector<Rational>& lower, const Vector<Rational>& upper)>
      cut = nullptr;
};

/// A lower bound on a box, and the boxes that show it.
struct BoxBound {
  std::optional<Rational> value;  ///< absent: the function is +∞ on the whole box
  /// Which boxes were halved along their (first) widest side, or where the function says: one
  /// answer a box, the whole box first, and after each `true` those of its lower part and then
  /// those of its upper part.
  std::shared_ptr<const std::vector<bool>> halved;
  /// The same with all boxes that the search looked at, where `halved` has none that the bound does
  /// not need.
  std::shared_ptr<const std::vector<bool>> all_halved;
};

/// A certified lower bound of the minimum over lower ≤ w ≤ upper: the box with the smallest bound
/// is halved along its widest side, again and again.
BoxBound lower_bound_on_box(const Vector<Rational>& lower, const Vector<Rational>& upper,
                            const BoxFunction& f, const BranchLimits& limits = {});

/// Calls `visit` with the sides of every box that `halved` leaves of lower ≤ w ≤ upper, as long as
/// it answers `true`. False where it does not, or where `halved` is no list of answers.
bool visit_boxes(
    const Vector<Rational>& lower, const Vector<Rational>& upper, const BoxFunction& f,
    const std::vector<bool>& halved,
    const std::function<bool(const Vector<Rational>& lower, const Vector<Rational>& upper)>& visit);

/// Whether f is nowhere below `bound` on the boxes that `halved` leaves of lower ≤ w ≤ upper. False
/// too where `halved` is no list of answers.
bool is_bound_on_boxes(const Vector<Rational>& lower, const Vector<Rational>& upper,
                       const BoxFunction& f, const std::vector<bool>& halved,
                       const Rational& bound);

}  // namespace graddiv
