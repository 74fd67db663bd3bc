#pragma once

#include <memory>
#include <string>

#include "facts/proof_points.h"
#include "number/rational.h"

// Proofs that enclose w* and F* about a point that is only near w* (facts/proof.h).
namespace graddiv::proof {

/// A number between two at which a function that grows changes its sign.
struct Bracket {
  enum class Of { derivative, sphere_multiplier };
  Of of;
  Rational lower, upper;
  Convexity convexity = nullptr;  ///< t = 0, or minus the lower multiplier where F is not convex
};

/// w* is near Π_W(w) (facts/minimizer_enclosure.cpp).
struct Nearness {
  enum class Rule {
    sphere_multiplier,
    strong_convexity,
    strong_convexity_about_point,
    weights_of_pieces,  ///< a λ-strongly convex function on W below F, all but equal to F at w
  };
  Rule rule;
  Point w;
  Rational distance;      ///< at least ‖Π_W(w) − w*‖
  Rational beta, lambda;  ///< of F, or of F within `radius` of w; λ = ν on a sphere
  Rational radius = 0;
  bool along_rows = false;
  Convexity convexity = nullptr;  ///< t = λ, or 0 where λ holds about w only
  Factors factors = nullptr;      ///< of the matrix that shows λ about w (facts/semidefinite.h)
  std::string factors_left_out = {};
};

/// F* lies between a lower bound and F(Π_W(w)).
struct DualityGap {
  enum class Rule {
    lower_bounds,
    frank_wolfe,
    strong_convexity,
    sphere_multiplier,  ///< from q(c + u) ≥ min_v [q(c + v) + (ν/2)(‖v‖² − R²)], ν = `lambda`
    weights_of_pieces,  ///< from Σ_i Σ_l μ_il (⟨a_il, w⟩ + offset_il) + ½ Σ_ij q_ij w_j² ≤ nF(w)
    convex_minorant,  ///< from q(w) − (a/2) Σ_j (w_j − lower_j)(upper_j − w_j), a = `lambda`
  };
  Rule rule;
  Point w;
  std::shared_ptr<const Nearness> near = nullptr;  ///< where strong convexity holds about w only
  Rational lambda = 0;
  Convexity convexity = nullptr;  ///< t = 0 or λ; −λ where F is not convex
};

}  // namespace graddiv::proof
