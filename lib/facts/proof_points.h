#pragma once

#include <memory>
#include <vector>

#include "facts/proof_matrices.h"

// Proofs by a point or a direction: w* exactly, or that there is none (facts/proof.h).
namespace graddiv::proof {

using Point = std::shared_ptr<const Vector<Rational>>;
Point point(Vector<Rational> w);

/// F falls below every number along d: dᵀAd < 0, or Ad = 0 and bᵀd < 0, for F = ½wᵀAw + bᵀw + c.
struct UnboundedBelow {
  Point direction;
  Rational curvature;  ///< dᵀAd/‖d‖²; 0 where A ⪰ 0
  Rational size;       ///< max |A_jk|, what the curvature is to be compared with
};

/// w ∈ W with −∇F(w) in the normal cone of W at w; F is convex, or F + (ν/2)‖· − c‖² on a sphere
/// where F is quadratic. The multipliers are ∇F(w), whose signs a box asks for, and the one ν ≥ 0
/// with ∇F(w) = −ν(w − c) on the sphere of a ball.
struct KktPoint {
  enum class Found {
    solve,
    least_norm,
    center,
    inside_ball,
    sphere,
    active_set,
    newton,
    rounding,
    faces,  ///< q is not convex: the least of the KKT points of all faces of the box
  };
  Found found;
  Point w;
  Vector<Enclosure> multipliers;
  Convexity convexity = nullptr;  ///< t = 0; −ν for a quadratic function on a sphere
};

/// 0 = Σ_i Σ_l μ_il a_il + Σ_i q_i ∘ w + Aw + b with weights μ_i of the pieces of f_i that are
/// largest at w, and ½wᵀAw + bᵀw beside the maxima (facts/max_affine_minimum.cpp). Behind the f_i
/// stand the sides of a box; no weights: equal ones.
struct Subgradients {
  Point w;
  std::shared_ptr<const std::vector<Vector<Rational>>> weights;
};

/// Every f_i is at w as small as it can be anywhere.
struct Interpolation {
  Point w;
};

}  // namespace graddiv::proof
