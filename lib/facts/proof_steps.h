#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "facts/proof_points.h"
#include "linear/matrix.h"
#include "number/rational.h"

// Proofs that put several steps together: boxes that were searched, and other facts
// (facts/proof.h).
namespace graddiv {

struct Proof;

namespace proof {

/// Boxes that cover W, or the range of x_iᵀw, on each of which intervals show the bound: the box
/// [lower, upper] halved along its widest side (1, then both halves) or not (0); for curvature also
/// cut at its jumps, and the bound shown exactly (facts/strong_convexity_on_W.h). No sides: all of
/// R^d at one go, or the bounding box of W.
struct Bisection {
  enum class Of { batch_size_bound, gradients, loss_slope, curvature };
  Of of;
  Rational bound;
  Vector<Rational> lower, upper;
  std::shared_ptr<const std::vector<bool>> halved;
};

/// JSON shows every part of a step from so many, and of a step from more its decisive part only.
inline constexpr std::size_t most_parts_shown = 64;

/// A step from other facts.
struct Derived {
  enum class Step {
    bounding_box,      ///< what holds on the bounding box of W holds on W
    value_in_W,        ///< above the minimum over the bounding box, below the value at a point
    strong_convexity,  ///< λ-strongly convex functions are λ-PL
    on_all_of_space,   ///< what holds on R^d holds on W
    largest_gradient,  ///< the largest of bounds of ‖∇f_i‖², one `from` each
    mean_gradient,     ///< their mean
    attained,          ///< a bound, and w where it is attained: no better one exists
    regularization,    ///< λ of the functions without ½ρ‖w‖², plus ρ
    approached,        ///< likewise, and w about which it is: all gradients vanish there
  };
  Step step;
  std::shared_ptr<const std::vector<Proof>> from;
  std::size_t decisive = 0;  ///< the one of `from` that the result rests on most
  Point w = nullptr;
};

Derived derived(Derived::Step step, const Proof& from);

}  // namespace proof

}  // namespace graddiv
