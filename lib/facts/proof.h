#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>
#include <vector>

#include "linear/matrix.h"
#include "number/text.h"

// What shows that a fact holds, as data: enough to check it anew without a search
// (facts/verify.h). Large parts are shared, so that proofs are cheap to copy.
namespace graddiv {

struct Ldlt;
struct Proof;

namespace proof {

using Point = std::shared_ptr<const Vector<Rational>>;
Point point(Vector<Rational> w);

/// Nothing was certified.
struct Unknown {
  enum class Reason {
    no_upper_curvature,
    no_lower_curvature,
    not_convex,
    not_certified_convex,
    no_convex_lower_bound,
    no_other_lower_bound,
    no_bounded_value,
    no_guess,
    no_minimizer,
    no_sphere_multiplier,
    outside_W,
    product_of_sets,
    beyond_doubles,
    bounded_domain,
    neither_strongly_convex_nor_quadratic,
    no_positive_constant,
    dependent_rows,
    not_generalized_linear,
    unbounded_gradients,
  };
  Reason reason;
};

/// F falls below every number along d: dᵀAd < 0, or Ad = 0 and bᵀd < 0, for F = ½wᵀAw + bᵀw + c.
struct UnboundedBelow {
  Point direction;
  Rational curvature;  ///< dᵀAd/‖d‖²; 0 where A ⪰ 0
  Rational size;       ///< max |A_jk|, what the curvature is to be compared with
};

/// A rule with nothing to search for: it can be read off the problem, or evaluated.
struct ByDefinition {
  enum class Rule {
    constant_objective,
    all_gradients_vanish,
    gradients_sum_to_zero,
    gradients_sum_to_zero_on_W,
    one_function,
    cauchy_schwarz,
    conflict_graph,
    constant_gradient,
    steepest_piece,
    zero_gradient,
    bounded_loss_slope,
    ends_of_range,
    vertex_of_box,
    W_is_a_point,
    smoothness_about_center,
    linear_on_ball,
    row_norms,
  };
  Rule rule;
};

/// The LDLᵀ factors of the matrices of an inequality, one after the other.
using Factors = std::shared_ptr<const std::vector<Ldlt>>;

/// A matrix inequality in the number t that the fact states.
struct Semidefinite {
  enum class Inequality {
    hessian,           ///< ∇²F − tI ⪰ 0, or tI ± ∇²F ⪰ 0; of F or of every f_i
    curvature_bounds,  ///< the same of matrices lower ⪯ ∇²f ⪯ upper
    hessian_squared,   ///< H² − tH ⪰ 0 and H ⪰ 0, H = ∇²F
    pl_rows,           ///< m XXᵀ − ntI ⪰ 0: the losses of independent rows are m-PL
    columns,           ///< tI − XᵀX ⪰ 0, and not ≻ 0 for the lower end
    rows,              ///< tI − XXᵀ ⪰ 0, likewise
    unit_rows,         ///< tI − YᵀY ⪰ 0, likewise; Y the rows scaled to unit length
    unit_rows_bound,   ///< (n/t)I − YᵀY ⪰ 0
    diversity,         ///< N − tQ ⪰ 0 (facts/diversity_forms.h)
  };
  Inequality inequality;
  Rational bound;      ///< t
  bool tight = false;  ///< a matrix is singular where it must be: no better t exists
  Factors factors = nullptr;
};

/// A quadratic inequality on W, from one on R^d by multipliers s ≥ 0 of the constraints.
struct SProcedure {
  enum class Claim {
    diversity_on_W,     ///< N − tQ − Σ s_k G_k ⪰ 0 in the unit coordinates of W
    gradients_on_ball,  ///< sI − P ≻ 0, t = sR² + pᵀ(sI − P)⁻¹p + r, on the ball about W
    eigenvalue_on_ball  ///< sI − P ⪰ 0, t = sR² + r: the same where p = 0
  };
  Claim claim;
  Rational bound;  ///< t
  Vector<Rational> multipliers;
  Factors factors = nullptr;
};

/// w ∈ W with −∇F(w) in the normal cone of W at w; F is convex. The multipliers are ∇F(w), whose
/// signs a box asks for, and the one ν ≥ 0 with ∇F(w) = −ν(w − c) on the sphere of a ball.
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
};

/// 0 = Σ_i Σ_l μ_il a_il + Σ_i q_i ∘ w with weights μ_i of the pieces of f_i that are largest at w
/// (facts/max_affine_minimum.cpp). Behind the f_i stand the sides of a box; no weights: equal ones.
struct Subgradients {
  Point w;
  std::shared_ptr<const std::vector<Vector<Rational>>> weights;
};

/// Every f_i is at w as small as it can be anywhere.
struct Interpolation {
  Point w;
};

/// A number between two at which a function that grows changes its sign.
struct Bracket {
  enum class Of { derivative, sphere_multiplier };
  Of of;
  Rational lower, upper;
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
};

/// Boxes that cover W, or the range of x_iᵀw, on each of which intervals show the bound: the box
/// [lower, upper] halved along its widest side (1, then both halves) or not (0). No sides: all of
/// R^d at one go, or the bounding box of W.
struct Bisection {
  enum class Of { batch_size_bound, gradients, loss_slope };
  Of of;
  Rational bound;
  Vector<Rational> lower, upper;
  std::shared_ptr<const std::vector<bool>> halved;
};

/// A step from other facts.
struct Derived {
  enum class Step {
    bounding_box,      ///< what holds on the bounding box of W holds on W
    value_in_W,        ///< above the minimum over the bounding box, below the value at a point
    strong_convexity,  ///< λ-strongly convex functions are λ-PL
    largest_gradient,  ///< the largest of bounds of ‖∇f_i‖², one `from` each
    mean_gradient,     ///< their mean
    attained,          ///< a bound, and w where it is attained: no better one exists
    approached,        ///< likewise, and w about which it is: all gradients vanish there
  };
  Step step;
  std::shared_ptr<const std::vector<Proof>> from;
  std::size_t decisive = 0;  ///< the one of `from` that the result rests on most
  Point w = nullptr;
};

Derived derived(Derived::Step step, const Proof& from);

using Kind =
    std::variant<Unknown, UnboundedBelow, ByDefinition, Semidefinite, SProcedure, KktPoint,
                 Subgradients, Interpolation, Bracket, Nearness, DualityGap, Bisection, Derived>;

}  // namespace proof

struct Proof : proof::Kind {
  using proof::Kind::Kind;
  Proof() : proof::Kind(proof::Unknown{}) {}
  const proof::Kind& kind() const { return *this; }
};

/// How the fact was certified, or why it could not be.
Text to_text(const Proof& proof);
std::string to_sentence(const Proof& proof);  ///< plain
/// {"kind": …, …}, exact numbers as text.
nlohmann::ordered_json to_json(const Proof& proof);

}  // namespace graddiv
