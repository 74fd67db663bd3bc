#pragma once

#include "testing/problems.h"

namespace graddiv::test {

/// A rational point of the unit sphere: the stereographic image of a random rational point, so that
/// the boundary of a ball can be hit exactly.
Vector<Rational> on_unit_sphere(int d);

/// A rational point of W, on its boundary in one case of four or more.
Vector<Rational> point_of(const Domain& domain, int d);

Domain bounded_domain(int d);

/// A random problem of any kind and domain, with one function, equal functions or zero coefficients
/// now and then.
Problem any_problem();

/// Positive semidefinite with small rational entries, often singular.
Matrix<Rational> psd(int d);

/// Convex quadratic functions.
std::shared_ptr<const FiniteSum> convex_quadratics(int n, int d);

Enclosure squared_norm(const Vector<Enclosure>& v);

/// Whether a ≤ b is at least possible: a refutation of it would be certain.
bool can_be_below(const Enclosure& a, const Enclosure& b);

}  // namespace graddiv::test
