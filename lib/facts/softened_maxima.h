#pragma once

#include <optional>
#include <vector>

#include "linear/matrix.h"
#include "problem/problem.h"

// Where a sum of maxima of affine functions is least, guessed in floating point.
namespace graddiv {

/// Whether there are maxima, and exact equations in their pieces are worth the time.
bool are_few_pieces(const Problem& problem);

/// A point near a minimiser, and the weights of all pieces there.
struct WeightedGuess {
  Vector<double> w;
  std::vector<Vector<double>> weights;

  bool is_usable() const;
};

/// The sum with softened maxima τ log Σ_l exp(v_l/τ): their gradients are Σ_l p_l a_l with weights
/// p_l ∝ exp(v_l/τ).
class SoftenedMaxima {
 public:
  explicit SoftenedMaxima(const std::vector<MaxAffineFunction>& functions);

  /// With a quadratic function beside the maxima.
  void add(const QuadraticFunction& beside);

  /// Keeps it inside a ball, by a barrier: −τ log(R² − ‖w − c‖²).
  void keep_inside(const Domain& ball);

  /// How large the numbers of the maxima are: what τ is to be compared with. Infinite for numbers
  /// beyond floating point.
  double scale() const;

  /// Where it is least, by Newton's method.
  WeightedGuess guess(Vector<double> w, double tau) const;

 private:
  struct Maximum {
    Matrix<double> slopes;  // one piece a row
    Vector<double> offsets;
  };
  static Vector<double> weights(const Maximum& m, const Vector<double>& w, double tau);
  double value(const Vector<double>& w, double tau) const;
  std::optional<Vector<double>> improved(const Vector<double>& w, double tau) const;

  std::vector<Maximum> maxima_;
  Vector<double> q_;
  Matrix<double> A_;  // of the quadratic function beside them, ½wᵀAw + bᵀw
  Vector<double> b_;
  Vector<double> center_;
  double radius2_ = 0;  // 0: no ball
};

}  // namespace graddiv
