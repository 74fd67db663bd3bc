#include "sampling/row_diversity.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linear/fast_psd.h"
#include "linear/spectrum.h"
#include "number/exact.h"

namespace graddiv {
namespace {

using Eigen::Index;

/// An eigenvector v of YᵀY for its largest eigenvalue, guessed from YYᵀ or YᵀY, and rounded to
/// integers below 2^20.
Vector<long> guess_top_direction(const Matrix<double>& Y, const Matrix<double>& gram) {
  const Spectrum spectrum = guess_spectrum(gram);
  Vector<double> v = spectrum.vectors.col(gram.cols() - 1);
  if (gram.cols() != Y.cols()) v = Y.transpose() * v;
  v *= 0x1p20 / v.cwiseAbs().maxCoeff();
  return v.unaryExpr([](double x) { return std::lround(x); });
}

/// ‖Yv‖² / ‖v‖² = Σ ⟨x_i, v⟩²/‖x_i‖² / ‖v‖²: integers below 2^63, then intervals.
Enclosure rayleigh_quotient(const Matrix<long>& X, const Vector<long>& v) {
  Enclosure sum = Enclosure(0).as_interval();
  for (Index i = 0; i < X.rows(); ++i)
    sum += square(Enclosure(X.row(i).dot(v)).as_interval()) / X.row(i).squaredNorm();
  return sum / v.squaredNorm();
}

}  // namespace

// Let Y be the unit rows of the integers drawn, Y° those of the rows they stand for. A row is off
// by at most e√d, e the rounding, and ‖x/‖x‖ − z/‖z‖‖ ≤ 2‖x − z‖/‖x‖, so that
//   ‖Y° − Y‖_F ≤ η = 2e √(nd) / min ‖x_i‖   and   |σ_max(Y°) − σ_max(Y)| ≤ η.
// With c = n/b, B_S(w) ≥ b everywhere iff σ_max(Y°) ≤ √c. It is, where σ_max(Y) ≤ √c − η; it is
// not, where some ‖Yv‖ > (√c + η)‖v‖.
Truth rows_are_diverse(const RowLaw& law, const Matrix<long>& X, const Rational& b) {
  const Vector<long> norms2 = X.rowwise().squaredNorm();
  if (norms2.minCoeff() == 0 || !is_within_rounding(law, X)) return Truth::unknown;
  const long n = X.rows(), d = X.cols();
  const Enclosure root = sqrt(Enclosure(n) / enclose(b));
  const Enclosure eta =
      2 * enclose(law.rounding()) * sqrt(Enclosure(n) * d / Enclosure(norms2.minCoeff()));

  // The entries of Y in doubles have a relative error of at most 2ε, ε = 2^−52, and those of YYᵀ or
  // YᵀY, sums of k = max(n, d) products, one of (k/2 + 5)ε of the sum of their absolute values. In
  // norm that is at most (k/2 + 5)ε ‖Y‖_F² = (k/2 + 5)ε n. τ ≤ n and τ − (YYᵀ)_ii are off by ε n
  // each at most: k/2 + 7 in all, and twice that for the rounding of the radius.
  const Matrix<double> Y =
      norms2.cast<double>().cwiseSqrt().cwiseInverse().asDiagonal() * X.cast<double>();
  const Matrix<double> gram =
      n < d ? Matrix<double>(Y * Y.transpose()) : Matrix<double>(Y.transpose() * Y);
  const double roundings = static_cast<double>(std::max(n, d)) + 20;
  const double radius = roundings * std::numeric_limits<double>::epsilon() * static_cast<double>(n);
  if ((root > eta) == Truth::yes) {
    const double tau = square(root - eta).lower().approximate();
    Matrix<double> slack = -gram;
    slack.diagonal().array() += tau;
    if (proves_psd(slack, radius)) return Truth::yes;
  }

  const Enclosure quotient = rayleigh_quotient(X, guess_top_direction(Y, gram));
  return (quotient > square(root + eta)) == Truth::yes ? Truth::no : Truth::unknown;
}

}  // namespace graddiv
