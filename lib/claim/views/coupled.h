#pragma once

#include <memory>
#include <vector>

#include "claim/place.h"
#include "claim/views/asked.h"

namespace graddiv {

/// Two points w ≠ w' of W, as a statement on both sees them.
class PointPair {
 public:
  const Place& place() const;                     ///< "the start and the centre of W"
  Enclosure squared_distance() const;             ///< ‖w − w'‖²
  Enclosure squared_gradient_difference() const;  ///< ‖∇F(w) − ∇F(w')‖²
  /// 1/B̄_S(w,w'), where 1/∞ = 0.
  Enclosure inverse_batch_size_bound() const;
  /// The same pair with ∇f_i(w) − ∇f_i(w') = a_i x_i for surrogates a_i, for generalized linear
  /// functions whose 1/B̄_S is not known exactly: see Point::with_exact_derivatives.
  PointPair with_exact_derivatives() const;
  /// E‖G(w) − G(w')‖² for the mini-batch step map G with its projection, both from the same draws,
  /// by enumeration of all multisets of B indices. NotCertified where there are too many.
  Enclosure expected_squared_distance_after_step(const Enclosure& gamma, const Enclosure& B) const;

  bool is_all_exact() const;  ///< the points and their gradients are

  struct State;
  explicit PointPair(std::shared_ptr<const State> state);

 private:
  std::shared_ptr<const State> state_;
};

/// Where smoothness and convexity of the single functions are asked for.
enum class Region {
  everywhere,  ///< on R^d
  domain       ///< on W alone: what is left of them in the directions that W has
};

/// |E f(w_k; z) − E f(w'_k; z)| for one example z.
struct ValueGap {
  int example;  ///< i for z_i, from 1; 0 for z'
  Enclosure value;
};

/// Pairs of points and, where the instance has a neighbouring data set S', two runs with the same
/// indices on S and on S'. Whatever is not to be had throws NotCertified.
class CoupledView {
 public:
  explicit CoupledView(AskedPtr asked) : asked_(std::move(asked)) {}

  Enclosure component_beta(Region region = Region::everywhere) const;  ///< each f_i is β-smooth
  Truth components_convex(Region region) const;
  Truth components_strongly_convex(Region region) const;
  Enclosure component_lambda(Region region = Region::everywhere) const;  ///< λ-strongly convex
  /// δ̄ = (B−1)/inf B̄_S for the batch size of iteration 0, the infimum certified over R^d.
  Enclosure delta() const;
  /// The start with other exact points of W: beside it, the corners or the centre of W, and points
  /// that the run visits in its first iteration.
  const std::vector<PointPair>& pairs() const;
  /// The start and the start + e_j, j = 0, …, d − 1.
  PointPair start_and_beside(int j) const;
  Truth has_neighbour() const;              ///< the instance names an S'
  Enclosure lipschitz() const;              ///< ‖∇f(w; z)‖ ≤ L on W for every z in S and S'
  Enclosure least_value() const;            ///< inf f(w; z) over w ∈ W, z in S and S'
  Enclosure largest_value() const;          ///< sup f(w; z), likewise
  Enclosure distance(int k) const;          ///< E‖w_k − w'_k‖
  Enclosure squared_distance(int k) const;  ///< E‖w_k − w'_k‖²
  std::vector<ValueGap> value_gaps(int k) const;  ///< for every z in S and S'
  // Rational functions as a population of equally probable examples, of which S is a sample of n.
  Enclosure generalization_gap(int k) const;  ///< E_{S,A}[F_D(w_k) − F_S(w_k)]
  /// max |E f(w_k; z) − E f(w'_k; z)| over all S, S' that differ in one example and all z: ε_stab.
  Enclosure uniform_stability(int k) const;

 private:
  AskedPtr asked_;
};

}  // namespace graddiv
