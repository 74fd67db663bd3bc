#pragma once

#include <memory>
#include <optional>

#include "linear/near_matrix.h"
#include "problem/domain.h"
#include "problem/families.h"
#include "problem/kernel_rounding.h"

namespace graddiv {

/// The functions f_i(w) = ℓ_i(x_iᵀw) of a sum all at once in doubles: for sums of so many numbers
/// that exact ones take minutes and gigabytes. What an Enclosure or a NearMatrix says is certified,
/// with bounds of what rounding did (problem/kernel_rounding.h).
class SumInDoubles {
 public:
  /// Sums with n · d above this have one (FiniteSum::in_doubles).
  static constexpr long most_exact_numbers = 1L << 15U;

  SumInDoubles(const FiniteSum& sum, Loss loss, Rational tau, const Vector<Rational>& targets);
  /// The same with ½ρ‖w‖² added to each function. What is said of rows stays.
  SumInDoubles regularized(const Rational& rho) const;

  /// What all functions give at a point.
  struct At {
    Enclosure value;              ///< F(w)
    Vector<Enclosure> gradient;   ///< ∇F(w)
    Enclosure second_moment;      ///< M²(w)
    UpperBound largest_gradient;  ///< of ‖∇f_i(w)‖ for all i
    UpperBound largest_value;     ///< of |f_i(w)| for all i
  };
  At at(const Vector<Enclosure>& w) const;
  double value(const Vector<double>& w) const;             ///< F(w), for guesses
  Vector<double> gradient(const Vector<double>& w) const;  ///< ∇F(w), likewise

  /// {w : ‖w − center‖ ≤ radius}.
  struct Ball {
    Vector<Enclosure> center;
    Enclosure radius;
    static std::optional<Ball> around(const Domain& W);  ///< absent for R^d
  };
  /// A ⪯ ∇²F(w) in a ball, or on R^d: A = (1/n) Σ c_i x_i x_iᵀ + ρI with c_i ≤ ℓ_i''.
  NearMatrix least_curvature(const std::optional<Ball>& ball = {}) const;
  NearMatrix most_curvature() const;  ///< A ⪰ ∇²F(w) on R^d, likewise

  /// In a ball, by ‖∇f_i(center)‖ + β_i ‖w − center‖ or the slope of the loss; absent if unbounded.
  struct Lengths {
    UpperBound largest;      ///< of ‖∇f_i(w)‖ for all i
    UpperBound mean_square;  ///< of M²(w)
  };
  std::optional<Lengths> gradients(const std::optional<Ball>& ball = {}) const;
  /// XᵀX or XXᵀ, the smaller one; of the rows, or of those that are not zero at unit length.
  enum class Rows { plain, unit };
  NearMatrix smaller_gram(Rows rows) const;

 private:
  struct Pass;
  Pass pass(const Vector<double>& w, Vector<double>* squared_norms = nullptr) const;
  At plain_at(const Vector<Enclosure>& w) const;
  NearMatrix weighted_gram(const Vector<double>& weights) const;
  NearMatrix with_ridge(NearMatrix curvature) const;
  /// A number that ℓ_i'' does not fall below on an interval is the lower end of this.
  Enclosure second_derivative(Eigen::Index i, const Enclosure& z) const;
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Loss loss_;
  Rational tau_;
  std::shared_ptr<const RowMajor> X_;
  Vector<Rational> exact_targets_;
  Vector<double> targets_, squared_norms_;
  // Of each function: bounds of ℓ_i'', and of ‖∇f_i‖² anywhere (infinite where there is none).
  Vector<double> lower_, upper_, bound_;
  KernelRounding rounding_;
  Rational ridge_ = 0;  // ρ
};

/// The same with a SumInDoubles, however few; std::invalid_argument for those that never have one.
std::shared_ptr<const FiniteSum> treated_as_large(const FiniteSum& sum);

}  // namespace graddiv
