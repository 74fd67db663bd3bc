#pragma once

// Proofs that are nothing but their name: why there is none, and rules without data
// (facts/proof.h).
namespace graddiv::proof {

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
    convex_with_bounded_gradients,
    flat_beside_rows,
  };
  Rule rule;
};

}  // namespace graddiv::proof
