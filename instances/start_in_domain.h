#pragma once

#include "instances/choices.h"
#include "problem/domain.h"

namespace graddiv {

/// A box, a ball, or a product of them on one or two coordinates each, that holds two points and
/// has the start inside, or on its boundary: in a corner of a box, on the sphere of a ball; of a
/// product, of the first factor.
Domain domain_with(Choices& choices, Domain::Kind kind, bool is_on_boundary,
                   const Vector<Rational>& start, const Vector<Rational>& other);

}  // namespace graddiv
