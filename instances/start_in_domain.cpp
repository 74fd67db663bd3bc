#include "instances/start_in_domain.h"

#include <algorithm>
#include <utility>

namespace graddiv {
namespace starting {
namespace {

using Numbers = Vector<Rational>;

Domain box(Choices& choices, bool is_on_boundary, const Numbers& start, const Numbers& other) {
  Numbers lower = start.cwiseMin(other);
  Numbers upper = start.cwiseMax(other);
  for (Eigen::Index j = 0; j < start.size(); ++j) {
    const bool is_lower = other(j) > start(j) || (other(j) == start(j) && choices.once_in(2));
    if (!is_on_boundary || !is_lower) lower(j) -= choices.positive();
    if (!is_on_boundary || is_lower) upper(j) += choices.positive();
  }
  return Domain::box(std::move(lower), std::move(upper));
}

Domain ball_around_both(Choices& choices, const Numbers& start, const Numbers& other) {
  const Numbers offset = choices.vector(start.size());
  const Numbers centre = start + offset;
  // ‖v‖ ≤ ‖v‖_1, which is rational.
  const Rational reach = std::max(offset.cwiseAbs().sum(), (other - centre).cwiseAbs().sum());
  return Domain::ball(centre, reach + choices.positive());
}

/// The centre is r away from the start along a coordinate j in which the other point is. It is no
/// farther from that, ‖way − r·e_j‖² ≤ r², from r = ‖way‖²/(2|way_j|) on.
Domain ball_from_start(Choices& choices, const Numbers& start, const Numbers& other) {
  const Numbers way = other - start;
  Eigen::Index j = choices.up_to(start.size() - 1);
  for (Eigen::Index i = 0; i < way.size() && way(j) == 0; ++i) j = i;
  const bool is_up = way(j) > 0 || (way(j) == 0 && choices.once_in(2));
  const Rational least =
      way(j) == 0 ? Rational(0) : Rational(way.squaredNorm() / (2 * abs(way(j))));
  const Rational radius = least + choices.positive();
  Numbers centre = start;
  centre(j) += is_up ? radius : Rational(-radius);
  return Domain::ball(std::move(centre), radius);
}

Domain factor(Choices& choices, Domain::Kind kind, bool is_on_boundary, const Numbers& start,
              const Numbers& other) {
  if (kind == Domain::Kind::box) return box(choices, is_on_boundary, start, other);
  return is_on_boundary ? ball_from_start(choices, start, other)
                        : ball_around_both(choices, start, other);
}

}  // namespace
}  // namespace starting

Domain domain_with(Choices& choices, Domain::Kind kind, bool is_on_boundary,
                   const Vector<Rational>& start, const Vector<Rational>& other) {
  using starting::factor;
  if (kind != Domain::Kind::product) return factor(choices, kind, is_on_boundary, start, other);
  std::vector<Domain> factors;
  for (Eigen::Index begin = 0; begin < start.size();) {
    const Eigen::Index size = std::min<Eigen::Index>(choices.between(1, 2), start.size() - begin);
    const auto own_kind = choices.one_of({Domain::Kind::box, Domain::Kind::ball});
    factors.push_back(factor(choices, own_kind, is_on_boundary && begin == 0,
                             start.segment(begin, size), other.segment(begin, size)));
    begin += size;
  }
  return Domain::product(std::move(factors));
}

}  // namespace graddiv
