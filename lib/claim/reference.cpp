#include "claim/reference.h"

#include <algorithm>

namespace graddiv {

bool is_exact(const Vector<Enclosure>& w) {
  return std::all_of(w.begin(), w.end(), [](const Enclosure& x) { return x.is_exact(); });
}

Vector<Enclosure> exact_beside(const Vector<Enclosure>& w, const Domain& domain) {
  if (is_exact(w)) return w;
  const Vector<Enclosure> guess =
      w.unaryExpr([](const Enclosure& x) { return Enclosure(x.approximate()); });
  if (domain.kind() != Domain::Kind::ball) return domain.project(guess);
  // Towards the centre until it certainly lies inside.
  const Vector<Enclosure> center = enclose(domain.center());
  Enclosure share = Enclosure(1) / 1'000'000'000'000;
  Vector<Enclosure> inside = guess;
  while (domain.contains(inside) != Truth::yes) {
    inside = guess + (center - guess) * share;
    share = min(2 * share, 1);
  }
  return inside;
}

}  // namespace graddiv
