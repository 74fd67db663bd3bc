#pragma once

#include "facts/minimizer.h"
#include "linear/ldlt.h"

// The parts of minimize_quadratic, for a dense Hessian.
namespace graddiv {

/// q(w) = ½ wᵀAw + bᵀw + c.
struct DenseQuadratic {
  Matrix<Rational> A;  // d × d, symmetric
  Vector<Rational> b;
  Rational c;

  Rational value_at(const Vector<Rational>& w) const {
    return quadratic_form(A, w) / 2 + b.dot(w) + c;
  }
  Vector<Rational> gradient_at(const Vector<Rational>& w) const {
    const Vector<Rational> Aw = A.lazyProduct(w);
    return Aw + b;
  }
};

/// The minimum of any q over a ball of radius R > 0 where it is on the boundary, and for A ⪰ 0
/// nowhere inside (facts/quadratic_on_ball.cpp).
Minimum minimize_on_sphere(const DenseQuadratic& q, const Domain& ball);
/// A minimiser over a box of q with A ⪰ 0 (facts/quadratic_on_box.cpp).
Vector<Rational> convex_minimizer_on_box(const DenseQuadratic& q, const Domain& box);
/// The minimum over a box of q with A ⪰ 0, and of q with any A: exact where it takes few faces of
/// the box to tell (facts/quadratic_on_box.cpp, facts/nonconvex_on_box.cpp).
Minimum minimize_on_box(const DenseQuadratic& q, const Domain& box);
Minimum minimize_nonconvex_on_box(const DenseQuadratic& q, const Domain& box);

}  // namespace graddiv
