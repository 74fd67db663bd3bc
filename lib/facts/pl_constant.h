#pragma once

#include "facts/facts.h"

namespace graddiv {

/// μ with ½‖∇F‖² ≥ μ(F − F*) on R^d: from strong convexity, or for convex quadratics from their
/// smallest non-zero eigenvalue.
Fact<Rational> pl_constant(const Problem& problem, const Fact<Rational>& strong_convexity);

}  // namespace graddiv
