#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "linear/matrix.h"

namespace graddiv {

/// A symmetric d × d matrix of exact numbers in the form that it has by nature: zero, diagonal,
/// c·xxᵀ, c·xxᵀ + sI or dense. Immutable; copies share their numbers and take O(1). Only dense()
/// and add_to() take O(d²) for the forms that are not dense.
class SymmetricMatrix {
 public:
  using SharedVector = std::shared_ptr<const Vector<Rational>>;
  using SharedMatrix = std::shared_ptr<const Matrix<Rational>>;
  struct Zero {
    Eigen::Index d;
  };
  struct Diagonal {
    SharedVector entries;
  };
  struct RankOne {
    Rational c;
    SharedVector x;
  };
  struct ShiftedRankOne {
    RankOne plain;
    Rational shift;  // s
  };
  struct Dense {
    SharedMatrix A;
  };
  using Form = std::variant<Zero, Diagonal, RankOne, ShiftedRankOne, Dense>;

  /// Throw std::invalid_argument where d < 1, and where A is not symmetric.
  static SymmetricMatrix zero(Eigen::Index d);
  static SymmetricMatrix diagonal(Vector<Rational> entries);
  static SymmetricMatrix rank_one(Rational c, SharedVector x);
  static SymmetricMatrix dense(Matrix<Rational> A);
  static SymmetricMatrix dense(SharedMatrix A);

  /// For what is cheaper in one form than in another: std::get_if, std::visit.
  const Form& form() const { return form_; }

  Eigen::Index dimension() const;                               // O(1)
  Rational operator()(Eigen::Index i, Eigen::Index j) const;    // O(1)
  Rational trace() const;                                       // O(d)
  Vector<Rational> diagonal() const;                            // O(d)
  Vector<Rational> operator*(const Vector<Rational>& v) const;  // O(d), dense O(d²)
  SymmetricMatrix operator*(const Rational& factor) const;      // O(d), dense O(d²)
  SymmetricMatrix plus_identity(const Rational& shift) const;   // A + sI: O(d), dense O(d²)
  bool is_zero() const;                                         // O(d), dense O(d²)
  /// The smallest and the largest eigenvalue, exactly; absent where the form is dense. O(d).
  struct Range {
    Rational smallest, largest;
  };
  std::optional<Range> evident_eigenvalues() const;

  Matrix<Rational> dense() const;              // O(d²)
  void add_to(Matrix<Rational>& total) const;  // O(d²) where neither zero nor diagonal

 private:
  explicit SymmetricMatrix(Form form) : form_(std::move(form)) {}
  Form form_;
};

/// Whether both are the same matrix, whatever their forms.
bool operator==(const SymmetricMatrix& A, const SymmetricMatrix& B);

/// The mean of n ≥ 1 matrices of one size: zero where all are, diagonal where all are zero or
/// diagonal, c·xxᵀ where n = 1, else dense.
SymmetricMatrix mean(const std::vector<SymmetricMatrix>& matrices);

}  // namespace graddiv
