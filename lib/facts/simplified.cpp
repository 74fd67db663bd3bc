#include "facts/simplified.h"

#include <algorithm>

namespace graddiv {

Domain simplified(const Domain& W) {
  if (W.kind() != Domain::Kind::product) return W;
  const bool is_box = std::ranges::all_of(W.factors(), [](const Domain& factor) {
    return factor.kind() == Domain::Kind::box || factor.dimension() == 1 || factor.radius() == 0;
  });
  if (is_box) return W.bounding_box();
  return W.factors().size() == 1 ? W.factors().front() : W;
}

Truth lies_within(const Domain& W, const Vector<Enclosure>& w) {
  Truth inside = Truth::yes;
  Eigen::Index begin = 0;
  for (const Domain& factor : W.factors()) {
    const Vector<Enclosure> part = w.segment(begin, factor.dimension());
    if (factor.kind() != Domain::Kind::box) inside = inside && factor.contains(part);
    begin += factor.dimension();
  }
  return inside;
}

}  // namespace graddiv
