#pragma once

#include "problem/problem.h"

namespace graddiv {

/// W as simple as it is: the product of boxes, of intervals given as balls and of points is a box,
/// and the product of one set is that set.
Domain simplified(const Domain& W);
/// Whether a point of the bounding box of W, a product of sets, lies in W: its boxes need not be
/// asked, whose ends enclosures round.
Truth lies_within(const Domain& W, const Vector<Enclosure>& w);

}  // namespace graddiv
