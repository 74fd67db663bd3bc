#pragma once

#include <optional>
#include <vector>

#include "linear/upper_bound.h"
#include "problem/finite_sum.h"

namespace graddiv {

/// Bounds of what rounding does to kernels of doubles (problem/kernel.h), by the standard model of
/// floating-point arithmetic (Higham 2002, chapter 3: a sum or dot product of m numbers is off by
/// at most γ_m = mu/(1 − mu) of the sum of their absolute values, u = 2^−53) and from functions of
/// the C library (exp, log, sin) that err by at most 4 units in the last place.
class KernelRounding {
 public:
  /// Absent for functions whose gradients jump.
  static std::optional<KernelRounding> of(const FiniteSum& sum);

  // For all i and all doubles w with ‖w‖ ≤ M:
  UpperBound gradient_error(UpperBound M) const;  ///< ‖∇f_i(w) as computed − ∇f_i(w)‖
  UpperBound value_error(UpperBound M) const;     ///< |f_i(w) as computed − f_i(w)|

  /// ‖∇f_i(w) − ∇f_i(v)‖ ≤ that ‖w − v‖ for all i, of functions of rows.
  UpperBound smoothness() const;

  static constexpr double u = 0x1p-53;

 private:
  UpperBound plain_gradient_error(UpperBound M) const;  // without the regularization
  UpperBound plain_value_error(UpperBound M) const;
  UpperBound slope(UpperBound M) const;  // of what is computed of ‖∇f_i(w)‖, likewise
  UpperBound size(UpperBound M) const;   // of |f_i(w)|

  std::vector<KernelRounding> parts_;  // of a sum of several families, all else for those of one
  enum class Form { linear, quadratic, loss };
  Form form_ = Form::linear;
  int d_ = 1;
  UpperBound norm_, shift_, offset_;  // max ‖x_i‖ or ‖A_i‖_F, |y_i| or ‖c_i‖, |offset_i|
  UpperBound curvature_;              // max |ℓ_i''|
  UpperBound ridge_;                  // ρ of ½ρ‖w‖²
};

}  // namespace graddiv
