#include "linear/ldlt.h"

#include <gmp.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "linear/fast_psd.h"
#include "linear/integer_matrix.h"

namespace graddiv {

using Eigen::Index;

namespace {

int sign(const Integer& x) { return mpz_sgn(x.backend().data()); }

/// Symmetric elimination on integers. A = g D⁻¹ M D⁻¹ with D = diag(d), d_i the common denominator
/// of row i, and g the content of D A D: congruent matrices, so that M decides the signs of A.
/// Nothing is moved: the pivots are listed by their index.
class Elimination {
 public:
  explicit Elimination(const Matrix<Rational>& A) : n_(A.rows()), M_(n_, n_) {
    if (!is_symmetric(A)) throw std::invalid_argument("the matrix is not square and symmetric");
    for (Index i = 0; i < n_; ++i) d_.push_back(detail::row_denominator(A, i));
    for (Index j = 0; j < n_; ++j)
      for (Index i = 0; i < n_; ++i) M_(i, j) = detail::scaled(A(i, j), d(i)) * d(j);
    g_ = detail::content(M_);
    if (g_ != 1)
      for (Index j = 0; j < n_; ++j)
        for (Index i = 0; i < n_; ++i) M_(i, j) = detail::exact_quotient(M_(i, j), g_);
    left_.resize(static_cast<std::size_t>(n_));
    std::iota(left_.begin(), left_.end(), Index{0});
  }

  /// Eliminates with the first non-zero diagonal entry left; false where there is none.
  bool step() {
    const auto found =
        std::find_if(left_.begin(), left_.end(), [&](Index i) { return sign(M_(i, i)) != 0; });
    if (found == left_.end()) return false;
    const Index p = *found;
    left_.erase(found);
    const Integer pivot = M_(p, p);
    const Integer former = former_pivot();
    Integer scratch;
    for (std::size_t t = 0; t < left_.size(); ++t)
      for (std::size_t s = t; s < left_.size(); ++s) {
        const Index i = left_[s];
        const Index j = left_[t];
        detail::bareiss_step(at(i, j), pivot, at(i, p), at(j, p), former, scratch);
      }
    pivots_.push_back(p);
    return true;
  }

  /// The sign of the diagonal entry i of the Schur complement left, M(i, i) / former_pivot().
  int diagonal_sign(Index i) const { return sign(M_(i, i)) * sign(former_pivot()); }

  const std::vector<Index>& left() const { return left_; }
  const std::vector<Index>& pivots() const { return pivots_; }

  /// An index j with a non-zero entry (i, j) left.
  std::optional<Index> non_zero_in_row(Index i) const {
    for (const Index j : left_)
      if (sign(at(i, j)) != 0) return j;
    return std::nullopt;
  }

  /// Entry (i, j) of the Schur complement left, times the positive number |former_pivot()|.
  Integer remainder(Index i, Index j) const {
    return sign(former_pivot()) < 0 ? Integer(-at(i, j)) : at(i, j);
  }

  /// The v with vᵀAv = g · yᵀSy, for the Schur complement S and y over left(): Lᵀv̂ = (0, y), v = D
  /// v̂.
  Vector<Rational> lift(Vector<Rational> y) const {
    for (std::size_t c = pivots_.size(); c-- > 0;) {
      const Index p = pivots_[c];
      Rational sum = 0;
      for (Index i = 0; i < n_; ++i)
        if (i != p && y(i) != 0) sum += Rational(at(i, p)) * y(i);
      y(p) = -sum / Rational(M_(p, p));
    }
    for (Index i = 0; i < n_; ++i) y(i) *= Rational(d(i));
    return y;
  }

  Ldlt factorisation() const {
    Ldlt result;
    result.rank = static_cast<Index>(pivots_.size());
    result.permutation = pivots_;
    result.permutation.insert(result.permutation.end(), left_.begin(), left_.end());
    result.L = Matrix<Rational>::Zero(n_, result.rank);
    result.D = Vector<Rational>(result.rank);
    Integer former = 1;
    for (Index k = 0; k < result.rank; ++k) {
      const Index p = pivots_[static_cast<std::size_t>(k)];
      // M = L D Lᵀ has D_k = M(p,p)/former pivot; scaling back, L(i,k) ← L(i,k) d_p/d_i and D_k ← g
      // D_k/d_p².
      const Integer& pivot = M_(p, p);
      result.D(k) = Rational(g_ * pivot, former * d(p) * d(p));
      result.L(k, k) = 1;
      for (Index row = k + 1; row < n_; ++row) {
        const Index i = result.permutation[static_cast<std::size_t>(row)];
        result.L(row, k) = Rational(at(i, p) * d(p), pivot * d(i));
      }
      former = pivot;
    }
    return result;
  }

 private:
  const Integer& d(Index i) const { return d_[static_cast<std::size_t>(i)]; }
  /// Only the lower triangle is kept up to date.
  Integer& at(Index i, Index j) { return i >= j ? M_(i, j) : M_(j, i); }
  const Integer& at(Index i, Index j) const { return i >= j ? M_(i, j) : M_(j, i); }
  Integer former_pivot() const {
    return pivots_.empty() ? Integer(1) : M_(pivots_.back(), pivots_.back());
  }

  Index n_;
  Matrix<Integer> M_;
  std::vector<Integer> d_;
  Integer g_;
  std::vector<Index> left_;
  std::vector<Index> pivots_;
};

/// A short vector near the direction of v that still has vᵀAv < 0: easier to read, cheaper to
/// check.
Vector<Rational> shortened(const Matrix<Rational>& A, const Vector<Rational>& v) {
  Rational largest = 0;
  for (const Rational& x : v) largest = std::max(largest, Rational(abs(x)));
  for (const unsigned bits : {1U, 2U, 4U, 8U, 16U, 32U, 64U}) {
    const Rational scale = Rational(Integer(1) << bits) / largest;
    const Vector<Rational> candidate = v.unaryExpr([&scale](const Rational& x) {
      const Rational y = x * scale + Rational(1, 2);  // ⌊y⌋ is the integer nearest to x · scale
      Integer nearest;
      mpz_fdiv_q(nearest.backend().data(), mpq_numref(y.backend().data()),
                 mpq_denref(y.backend().data()));
      return Rational(nearest);
    });
    if (quadratic_form(A, candidate) < 0) return candidate;
  }
  return v;
}

/// The direction that shows A indefinite where a diagonal entry left is negative, or where it is
/// zero in a row that is not.
std::optional<Vector<Rational>> negative_direction(const Elimination& elimination, Index n) {
  for (const Index i : elimination.left()) {
    const int diagonal = elimination.diagonal_sign(i);
    if (diagonal > 0) continue;
    Vector<Rational> y = Vector<Rational>::Zero(n);
    if (diagonal < 0) {
      y(i) = 1;  // yᵀSy = S(i,i) < 0
      return elimination.lift(y);
    }
    if (const std::optional<Index> j = elimination.non_zero_in_row(i)) {
      // S(i,i) = 0 ≠ S(i,j): y = a e_i + e_j gives yᵀSy = 2a S(i,j) + S(j,j), which is −|former
      // pivot|⁻¹ for this a.
      y(i) = -Rational(elimination.remainder(*j, *j) + 1, 2 * elimination.remainder(i, *j));
      y(*j) = 1;
      return elimination.lift(y);
    }
  }
  return std::nullopt;
}

/// From these sizes on, short numbers and floating point are worth a try before exact numbers,
/// which grow with every pivot.
constexpr Index least_size_of_short_numbers = 3, least_size_of_floating_point = 24;

/// The eigenvector in floating point, where it shows A indefinite exactly.
std::optional<Vector<Rational>> guessed_negative_direction(const Matrix<Rational>& A) {
  const Vector<double> scale =
      to_double(A.diagonal()).cwiseAbs().cwiseMax(1e-300).cwiseSqrt().cwiseInverse();
  const Matrix<double> scaled = scale.asDiagonal() * to_double(A) * scale.asDiagonal();
  if (!scaled.allFinite()) return std::nullopt;
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(scaled);
  if (solver.info() != Eigen::Success || !(solver.eigenvalues()(0) < 0)) return std::nullopt;
  const Vector<double> v = scale.cwiseProduct(solver.eigenvectors().col(0));
  if (!v.allFinite()) return std::nullopt;
  const Vector<Rational> direction = exact_rational(v);
  if (quadratic_form(A, direction) >= 0) return std::nullopt;
  return shortened(A, direction);
}

}  // namespace

Matrix<Rational> Ldlt::reconstruct() const {
  const Index n = L.rows();
  Matrix<Rational> A(n, n);
  for (Index j = 0; j < n; ++j)
    for (Index i = 0; i < n; ++i) {
      Rational sum = 0;
      for (Index k = 0; k < rank; ++k) sum += L(i, k) * D(k) * L(j, k);
      A(permutation[static_cast<std::size_t>(i)], permutation[static_cast<std::size_t>(j)]) = sum;
    }
  return A;
}

std::optional<Ldlt> ldlt(const Matrix<Rational>& A) {
  Elimination elimination(A);
  while (elimination.step()) {
  }
  for (const Index i : elimination.left())
    if (elimination.non_zero_in_row(i)) return std::nullopt;
  return elimination.factorisation();
}

// D A D for the common denominators of the rows is integer, of b bits an entry at most; column k of
// L and D has n − k fractions of minors of order k or k − 1, of about kb bits each.
double ldlt_bits(const Matrix<Rational>& A) {
  const auto bits_of = [](mpz_srcptr x) { return static_cast<double>(mpz_sizeinbase(x, 2)); };
  double of_numerators = 1, of_rows = 1;
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index j = 0; j < A.cols(); ++j)
      of_numerators = std::max(of_numerators, bits_of(mpq_numref(A(i, j).backend().data())));
    of_rows = std::max(of_rows, bits_of(detail::row_denominator(A, i).backend().data()));
  }
  const auto n = static_cast<double>(A.rows());
  return n * (n + 1) * (n + 2) / 3 * (of_numerators + 2 * of_rows);
}

PsdCertificate certify_psd(const Matrix<Rational>& A) {
  if (!is_symmetric(A)) throw std::invalid_argument("the matrix is not square and symmetric");
  if (A.rows() >= least_size_of_short_numbers && proves_positive_definite(A))
    return {true, true, A.rows(), std::nullopt};
  if (A.rows() >= least_size_of_floating_point) {
    if (auto direction = guessed_negative_direction(A)) return {false, false, 0, direction};
  }
  Elimination elimination(A);
  PsdCertificate certificate;
  do {
    if (const auto direction = negative_direction(elimination, A.rows())) {
      certificate.negative_direction = shortened(A, *direction);
      return certificate;
    }
  } while (elimination.step());
  certificate.rank = static_cast<Index>(elimination.pivots().size());
  certificate.positive_semidefinite = true;
  certificate.positive_definite = certificate.rank == A.rows();
  return certificate;
}

Rational quadratic_form(const Matrix<Rational>& A, const Vector<Rational>& v) {
  if (A.rows() != v.size() || A.cols() != v.size())
    throw std::invalid_argument("quadratic_form: the shapes of A and v differ");
  Rational sum = 0;
  for (Index j = 0; j < A.cols(); ++j) {
    if (v(j) == 0) continue;
    Rational column = 0;
    for (Index i = 0; i < A.rows(); ++i) column += v(i) * A(i, j);
    sum += column * v(j);
  }
  return sum;
}

}  // namespace graddiv
