#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "linear/matrix.h"

namespace graddiv {

struct RowLaw;

/// f(w) = ½ wᵀA w + bᵀw + c, with A symmetric.
struct QuadraticFunction {
  Matrix<Rational> A;  // d × d
  Vector<Rational> b;  // d
  Rational c;
};

/// f(w) = max_l (⟨a_l, w⟩ + offset_l) + ½ Σ_j q_j w_j².
struct AffinePiece {
  Vector<Rational> a;  // d
  Rational offset = 0;
};
struct MaxAffineFunction {
  std::vector<AffinePiece> pieces;  // at least one
  Vector<Rational> curvature;       // q: d numbers ≥ 0
};

/// Symmetric d × d matrices with lower ⪯ ∇²f(w) ⪯ upper for all w in R^d (in the sense of a
/// Lipschitz gradient where f is not twice differentiable everywhere). Absent where there is no
/// such matrix.
struct CurvatureBounds {
  std::optional<Matrix<Rational>> lower;
  std::optional<Matrix<Rational>> upper;
};

/// The functions f_1, …, f_n on R^d of a finite sum F = (1/n) Σ f_i, with rational coefficients.
///
/// A family is written once, as a template over the scalar (see families/), and evaluated in
/// doubles for guesses and in enclosures for everything that is claimed. Indices i are 0, …, n − 1.
class FiniteSum {
 public:
  virtual ~FiniteSum() = default;

  virtual std::string family() const = 0;
  virtual int dimension() const = 0;  ///< d ≥ 1
  virtual int size() const = 0;       ///< n ≥ 1

  virtual double value(int i, const Vector<double>& w) const = 0;
  virtual Enclosure value(int i, const Vector<Enclosure>& w) const = 0;
  /// ∇f_i(w), or the subgradient that the family chooses.
  virtual Vector<double> gradient(int i, const Vector<double>& w) const = 0;
  virtual Vector<Enclosure> gradient(int i, const Vector<Enclosure>& w) const = 0;

  /// Whether values and gradients at rational points are rational.
  virtual bool is_rational() const = 0;
  /// f_i as a quadratic function, where every f_i is one (then every f_i is; `linear` has A = 0).
  virtual std::optional<QuadraticFunction> quadratic(int i) const = 0;
  /// f_i as a maximum of affine functions and a quadratic, where the family is written so.
  virtual std::optional<MaxAffineFunction> max_affine(int /*i*/) const { return std::nullopt; }
  /// The rows x_iᵀ of X ∈ R^{n×d} where f_i(w) = ℓ_i(x_iᵀw) (Theorem 1's generalized linear
  /// functions), else nullptr.
  virtual const Matrix<Rational>* rows() const = 0;
  virtual CurvatureBounds curvature(int i) const = 0;
  /// `lower` of the same for w in a box, given by enclosures of its d coordinates.
  virtual std::optional<Matrix<Rational>> least_curvature_within(
      int i, const Vector<Enclosure>& /*box*/) const {
    return curvature(i).lower;
  }
  /// A number that f_i never falls below on R^d, where the family knows one.
  virtual std::optional<Rational> lower_bound(int i) const = 0;
  /// For generalized linear functions, a number m > 0 with ½ ℓ_i'(t)² ≥ m (ℓ_i(t) − min ℓ_i) for all i
  /// and t (the losses are m-PL), where the family knows one; every ℓ_i then attains its minimum.
  virtual std::optional<Rational> loss_pl_constant() const { return std::nullopt; }
  /// For generalized linear functions, sup |ℓ_i'| over R, where the family knows it.
  virtual std::optional<Rational> largest_loss_slope(int /*i*/) const { return std::nullopt; }
  /// Whether ∇f_i can have a non-zero j-th coordinate, for j = 0, …, d − 1.
  virtual std::vector<bool> support(int i) const = 0;

  /// The sum of the functions with the given indices (valid, at least one), of the same family.
  virtual std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const = 0;
  /// The members of "problem" in an instance file, less "domain" (design: formats).
  virtual nlohmann::ordered_json to_json() const = 0;

  /// The law that rows() were drawn from (problem/random_rows.h), else nullptr: what statements on random
  /// functions speak of.
  virtual const RowLaw* row_law() const { return nullptr; }
};

/// The functions with the given indices (repeats allowed), in that order: replication, neighbouring
/// data sets. Throws std::out_of_range for an index that is none and std::invalid_argument if there
/// are no indices.
std::shared_ptr<const FiniteSum> select(const std::shared_ptr<const FiniteSum>& sum,
                                        const std::vector<int>& indices);

}  // namespace graddiv
