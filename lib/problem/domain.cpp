#include "problem/domain.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "json/print.h"
#include "json/reader.h"
#include "number/exact.h"

namespace graddiv {
namespace {

void require_kind(bool condition, const char* message) {
  if (!condition) throw std::logic_error(message);
}

// The arithmetic of a ball for either scalar: w − center, ‖v‖², and the projection
//   Π(w) = center + v · radius / max(radius, ‖v‖),   v = w − center,
// one formula for inside and outside, so that an enclosure of points on both sides gets a valid
// result.
template <class T>
Vector<T> project_on_ball(const Vector<T>& w, const Vector<T>& center, const T& radius) {
  using std::max, std::min, std::sqrt;
  const Vector<T> v = w - center;
  const T scale = radius / max(radius, T(sqrt(v.squaredNorm())));
  Vector<T> result(w.size());
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    // No coordinate of the ball is farther than the radius from the centre: keeps wide enclosures
    // within it.
    const T offset = max(T(-radius), min(T(v(j) * scale), radius));
    result(j) = center(j) + offset;
  }
  return result;
}

}  // namespace

Domain Domain::all() { return {}; }

Domain Domain::box(Vector<Rational> lower, Vector<Rational> upper) {
  if (lower.size() != upper.size() || lower.size() < 1) {
    throw std::invalid_argument("a box needs lower and upper bounds of the same length");
  }
  for (Eigen::Index j = 0; j < lower.size(); ++j) {
    if (lower(j) > upper(j)) {
      throw std::invalid_argument("a lower bound of the box exceeds its upper bound");
    }
  }
  Domain result;
  result.kind_ = Kind::box;
  result.first_ = std::move(lower);
  result.second_ = std::move(upper);
  return result;
}

Domain Domain::ball(Vector<Rational> center, Rational radius) {
  if (center.size() < 1) throw std::invalid_argument("the dimension must be at least 1");
  if (radius < 0) throw std::invalid_argument("the radius of a ball must not be negative");
  Domain result;
  result.kind_ = Kind::ball;
  result.first_ = std::move(center);
  result.radius_ = std::move(radius);
  return result;
}

Domain Domain::product(std::vector<Domain> factors) {
  if (factors.empty()) throw std::invalid_argument("a product needs at least one factor");
  for (const Domain& factor : factors) {
    if (factor.kind() != Kind::box && factor.kind() != Kind::ball)
      throw std::invalid_argument("the factors of a product are boxes and balls");
  }
  Domain result;
  result.kind_ = Kind::product;
  result.factors_ = std::move(factors);
  return result;
}

Eigen::Index Domain::dimension() const {
  require_kind(is_bounded(), "R^d has no dimension of its own");
  if (kind_ != Kind::product) return first_.size();
  Eigen::Index sum = 0;
  for (const Domain& factor : factors_) sum += factor.dimension();
  return sum;
}

const Vector<Rational>& Domain::lower() const {
  require_kind(kind_ == Kind::box, "only a box has lower bounds");
  return first_;
}

const Vector<Rational>& Domain::upper() const {
  require_kind(kind_ == Kind::box, "only a box has upper bounds");
  return second_;
}

const Vector<Rational>& Domain::center() const {
  require_kind(kind_ == Kind::ball, "only a ball has a center");
  return first_;
}

const Rational& Domain::radius() const {
  require_kind(kind_ == Kind::ball, "only a ball has a radius");
  return radius_;
}

const std::vector<Domain>& Domain::factors() const {
  require_kind(kind_ == Kind::product, "only a product has factors");
  return factors_;
}

Truth Domain::contains(const Vector<Enclosure>& w) const {
  switch (kind_) {
    case Kind::all:
      return Truth::yes;
    case Kind::box: {
      Truth inside = Truth::yes;
      for (Eigen::Index j = 0; j < w.size(); ++j) {
        inside =
            inside && (enclose(first_(j)) <= w(j)).truth() && (w(j) <= enclose(second_(j))).truth();
      }
      return inside;
    }
    case Kind::ball: {
      const Vector<Enclosure> v = w - enclose(first_);
      return v.squaredNorm() <= square(enclose(radius_));
    }
    case Kind::product: {
      Truth inside = Truth::yes;
      Eigen::Index begin = 0;
      for (const Domain& factor : factors_) {
        const Eigen::Index size = factor.dimension();
        inside = inside && factor.contains(w.segment(begin, size));
        begin += size;
      }
      return inside;
    }
  }
  throw std::logic_error("a domain of no kind");
}

Vector<Enclosure> Domain::project(const Vector<Enclosure>& w) const {
  switch (kind_) {
    case Kind::all:
      return w;
    case Kind::box: {
      Vector<Enclosure> result(w.size());
      for (Eigen::Index j = 0; j < w.size(); ++j) {
        result(j) = max(enclose(first_(j)), min(w(j), enclose(second_(j))));
      }
      return result;
    }
    case Kind::ball: {
      if (contains(w) == Truth::yes) return w;  // without a rounding
      const Vector<Enclosure> center = enclose(first_);
      if (radius_ == 0) return center;
      return project_on_ball(w, center, enclose(radius_));
    }
    case Kind::product:
      return by_factors(
          *this, w, [](const Domain& factor, const auto& part) { return factor.project(part); });
  }
  throw std::logic_error("a domain of no kind");
}

Vector<double> Domain::project(const Vector<double>& w) const {
  switch (kind_) {
    case Kind::all:
      return w;
    case Kind::box:
      return w.cwiseMin(to_double(second_)).cwiseMax(to_double(first_));
    case Kind::ball: {
      const Vector<double> center = to_double(first_);
      if (radius_ == 0) return center;
      return project_on_ball(w, center, static_cast<double>(radius_));
    }
    case Kind::product:
      return by_factors(
          *this, w, [](const Domain& factor, const auto& part) { return factor.project(part); });
  }
  throw std::logic_error("a domain of no kind");
}

Domain Domain::bounding_box() const {
  switch (kind_) {
    case Kind::all:
    case Kind::box:
      return *this;
    case Kind::ball: {
      const Vector<Rational> reach = Vector<Rational>::Constant(first_.size(), radius_);
      return box(first_ - reach, first_ + reach);
    }
    case Kind::product: {
      const Vector<Rational> none(dimension());
      return box(by_factors(*this, none,
                            [](const Domain& factor, const auto&) {
                              return factor.bounding_box().lower();
                            }),
                 by_factors(*this, none, [](const Domain& factor, const auto&) {
                   return factor.bounding_box().upper();
                 }));
    }
  }
  throw std::logic_error("a domain of no kind");
}

std::optional<Vector<Enclosure>> Domain::coordinate_ranges() const {
  if (kind_ == Kind::all) return std::nullopt;
  const Domain box = bounding_box();
  Vector<Enclosure> result(box.first_.size());
  for (Eigen::Index j = 0; j < result.size(); ++j)
    result(j) = enclose(box.first_(j), box.second_(j));
  return result;
}

std::optional<Rational> Domain::squared_diameter() const {
  switch (kind_) {
    case Kind::all:
      return std::nullopt;
    case Kind::box:
      return Rational((second_ - first_).squaredNorm());
    case Kind::ball:
      return Rational(4 * radius_ * radius_);
    case Kind::product: {
      Rational sum = 0;
      for (const Domain& factor : factors_) sum += *factor.squared_diameter();
      return sum;
    }
  }
  throw std::logic_error("a domain of no kind");
}

nlohmann::ordered_json Domain::to_json() const {
  nlohmann::ordered_json result = {{"kind", std::string(to_string(kind_))}};
  if (kind_ == Kind::box) {
    result["lower"] = graddiv::to_json(first_);
    result["upper"] = graddiv::to_json(second_);
  } else if (kind_ == Kind::ball) {
    result["center"] = graddiv::to_json(first_);
    result["radius"] = graddiv::to_string(radius_);
  } else if (kind_ == Kind::product) {
    for (const Domain& factor : factors_) result["factors"].push_back(factor.to_json());
  }
  return result;
}

std::string_view to_string(Domain::Kind kind) {
  switch (kind) {
    case Domain::Kind::all:
      return "all";
    case Domain::Kind::box:
      return "box";
    case Domain::Kind::ball:
      return "ball";
    case Domain::Kind::product:
      return "product";
  }
  throw std::logic_error("a domain of no kind");
}

}  // namespace graddiv
