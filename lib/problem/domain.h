#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "linear/matrix.h"

namespace graddiv {

/// The closed convex set W ⊆ R^d that the iterates are projected onto.
class Domain {
 public:
  enum class Kind { all, box, ball };

  static Domain all();
  /// {w : lower ≤ w ≤ upper}. Throws std::invalid_argument where a lower bound exceeds its upper
  /// bound.
  static Domain box(Vector<Rational> lower, Vector<Rational> upper);
  /// {w : ‖w − center‖ ≤ radius}. Throws std::invalid_argument if radius < 0.
  static Domain ball(Vector<Rational> center, Rational radius);

  Kind kind() const { return kind_; }
  bool is_bounded() const { return kind_ != Kind::all; }
  const Vector<Rational>& lower() const;   ///< box only
  const Vector<Rational>& upper() const;   ///< box only
  const Vector<Rational>& center() const;  ///< ball only
  const Rational& radius() const;          ///< ball only

  Truth contains(const Vector<Enclosure>& w) const;
  /// Π_W(w): exact on boxes, and on balls for exact points inside or at a rational distance from
  /// the centre; otherwise enclosed.
  Vector<Enclosure> project(const Vector<Enclosure>& w) const;
  Vector<double> project(const Vector<double>& w) const;
  /// The smallest box that holds W, each coordinate an enclosure [lower_j, upper_j]; absent for
  /// `all`.
  std::optional<Vector<Enclosure>> bounding_box() const;

  nlohmann::ordered_json to_json() const;

 private:
  Kind kind_ = Kind::all;
  Vector<Rational> first_;   // lower, or center
  Vector<Rational> second_;  // upper
  Rational radius_;
};

std::string_view to_string(Domain::Kind kind);

}  // namespace graddiv
