#pragma once

#include "claim/views/asked.h"

namespace graddiv {

/// The certified constants of a problem. What could not be certified throws NotCertified.
class ConstantsView {
 public:
  Enclosure n() const;
  Enclosure d() const;
  // A bound on λ that is not the best one tells only that F is convex, never that it is not.
  // Both are those of F on W, where runs stay.
  Truth convex() const;
  Truth strongly_convex() const;
  Enclosure lambda() const;               ///< F is λ-strongly convex
  Enclosure beta() const;                 ///< F is β-smooth
  Enclosure mu() const;                   ///< F is μ-PL
  Enclosure optimum() const;              ///< F* = min F over W
  Enclosure diameter() const;             ///< max ‖w − w'‖ over W
  Enclosure noise_at_minimizer() const;   ///< σ*² = M²(w*)
  Enclosure second_moment_bound() const;  ///< M²(w) ≤ this on W
  Truth interpolation() const;            ///< σ*² = 0: all ∇f_i(w*) = 0
  Truth quadratic() const;                ///< all f_i are

  // The rows of generalized linear functions f_i(w) = ℓ_i(x_iᵀw).
  Truth generalized_linear() const;
  Enclosure smallest_row_norm2() const;       ///< min_i ‖x_i‖²
  Enclosure largest_row_norm2() const;        ///< max_i ‖x_i‖²
  Enclosure mean_row_norm2() const;           ///< (1/n) Σ ‖x_i‖²
  Enclosure largest_residual2() const;        ///< max_i ℓ_i'(x_iᵀw*)², of x_i ≠ 0
  Enclosure largest_singular_value2() const;  ///< σ_max(X)²
  Truth has_zero_row() const;                 ///< some x_i = 0
  /// σ_max(Y)², Y the non-zero rows of X scaled to unit length.
  Enclosure largest_singular_value2_of_unit_rows() const;

  Enclosure conflict_degree() const;  ///< ρ, the maximum degree of the conflict graph
  Enclosure mean_conflict_degree() const;

 protected:
  explicit ConstantsView(AskedPtr asked) : asked_(std::move(asked)) {}

 private:
  AskedPtr asked_;
};

}  // namespace graddiv
