#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "linear/matrix.h"

namespace graddiv {

/// The closed convex set W ⊆ R^d that the iterates are projected onto.
class Domain {
 public:
  enum class Kind { all, box, ball, product };

  static Domain all();
  /// {w : lower ≤ w ≤ upper}. Throws std::invalid_argument where a lower bound exceeds its upper
  /// bound.
  static Domain box(Vector<Rational> lower, Vector<Rational> upper);
  /// {w : ‖w − center‖ ≤ radius}. Throws std::invalid_argument if radius < 0.
  static Domain ball(Vector<Rational> center, Rational radius);
  /// W_1 × W_2 × …, boxes and balls on consecutive coordinates. Throws std::invalid_argument for
  /// any other factor, and for none.
  static Domain product(std::vector<Domain> factors);

  Kind kind() const { return kind_; }
  bool is_bounded() const { return kind_ != Kind::all; }
  Eigen::Index dimension() const;              ///< bounded domains only
  const Vector<Rational>& lower() const;       ///< box only
  const Vector<Rational>& upper() const;       ///< box only
  const Vector<Rational>& center() const;      ///< ball only
  const Rational& radius() const;              ///< ball only
  const std::vector<Domain>& factors() const;  ///< product only

  Truth contains(const Vector<Enclosure>& w) const;
  /// Π_W(w): exact on boxes, and on balls for exact points inside or at a rational distance from
  /// the centre; otherwise enclosed.
  Vector<Enclosure> project(const Vector<Enclosure>& w) const;
  Vector<double> project(const Vector<double>& w) const;
  /// The smallest box that holds W; `all` for all of R^d.
  Domain bounding_box() const;
  /// The sides of the bounding box, each coordinate an enclosure [lower_j, upper_j]; absent for
  /// `all`.
  std::optional<Vector<Enclosure>> coordinate_ranges() const;

  /// The largest distance of two points, squared; absent for `all`.
  std::optional<Rational> squared_diameter() const;

  nlohmann::ordered_json to_json() const;

 private:
  Kind kind_ = Kind::all;
  Vector<Rational> first_;   // lower, or center
  Vector<Rational> second_;  // upper
  Rational radius_;
  std::vector<Domain> factors_;
};

std::string_view to_string(Domain::Kind kind);

/// Applies `map` to every factor of a product and the coordinates of w in it, and puts the results
/// one after the other.
template <class T, class Map>
Vector<T> by_factors(const Domain& product, const Vector<T>& w, const Map& map) {
  Vector<T> result(w.size());
  Eigen::Index begin = 0;
  for (const Domain& factor : product.factors()) {
    const Eigen::Index size = factor.dimension();
    result.segment(begin, size) = map(factor, Vector<T>(w.segment(begin, size)));
    begin += size;
  }
  return result;
}

}  // namespace graddiv
