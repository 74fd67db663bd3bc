#include "facts/diversity_forms.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "facts/guess.h"
#include "linear/gram.h"
#include "linear/ldlt.h"
#include "number/exact.h"

namespace graddiv {

namespace {

// C_i = [A_i | b_i].
Matrix<Rational> affine_gradient(const QuadraticFunction& f) {
  const Eigen::Index d = f.A.dimension();
  Matrix<Rational> C(d, d + 1);
  C << f.A.dense(), f.b;
  return C;
}

}  // namespace

DiversityForms DiversityForms::under(const Matrix<Rational>& T) const {
  const Matrix<Rational> NT = N.lazyProduct(T);
  const Matrix<Rational> QT = Q.lazyProduct(T);
  return {T.transpose().lazyProduct(NT), T.transpose().lazyProduct(QT)};
}

std::optional<Rational> DiversityForms::ratio(const Vector<Rational>& z) const {
  const Rational below = quadratic_form(Q, z);
  if (below == 0) return std::nullopt;
  return Rational(quadratic_form(N, z) / below);
}

// For generalized linear functions C_i = x_i v_iᵀ, and C_iᵀC_i = ‖x_i‖² v_i v_iᵀ.
std::optional<DiversityForms> diversity_forms(const Problem& problem) {
  const Eigen::Index size = problem.dimension() + 1;
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  Matrix<Rational> squares = Matrix<Rational>::Zero(size, size);
  Matrix<Rational> sum = Matrix<Rational>::Zero(size - 1, size);
  Matrix<Rational> V = Matrix<Rational>::Zero(X ? X->rows() : 0, size);
  for (int i = 0; i < problem.size(); ++i) {
    const auto& f = problem.sum->facts(i).quadratic;
    if (!f) return std::nullopt;
    const Matrix<Rational> C = affine_gradient(*f);
    sum += C;
    if (X == nullptr) {
      squares += gram(C);
      continue;
    }
    Eigen::Index p = 0;
    while (p < X->cols() && (*X)(i, p) == 0) ++p;
    if (p < X->cols()) V.row(i) = C.row(p) / (*X)(i, p);
  }
  if (X != nullptr) squares = weighted_gram(V, X->rowwise().squaredNorm());
  return DiversityForms{squares * Rational(problem.size()), gram(sum)};
}

namespace {

// t(s) = max {t : N − tQ − Σ s_k G_k ⪰ 0} in doubles: concave in s, with the supergradient −zᵀG_k z
// / zᵀQz at the z where the matrix for t(s) is singular. Every t is sought as 1 + τ, since t = 1
// will always do (Cauchy–Schwarz).
class MultiplierSearch {
 public:
  MultiplierSearch(const DiversityForms& forms, const std::vector<Vector<Rational>>& constraints)
      : Q_(to_double(forms.Q)) {
    above_one_ = to_double(Matrix<Rational>(forms.N - forms.Q));
    scale_ = std::max(above_one_.cwiseAbs().maxCoeff(), 1e-300);
    for (const Vector<Rational>& G : constraints) constraints_.push_back(to_double(G));
  }

  static constexpr double minus_infinity = -std::numeric_limits<double>::infinity();
  struct Point {
    double tau = minus_infinity;  // not even t = 1 will do
    Vector<double> z;
  };

  Point at(const Vector<double>& s) const {
    Matrix<double> M = above_one_;
    for (std::size_t k = 0; k < constraints_.size(); ++k)
      M.diagonal() -= s(static_cast<Eigen::Index>(k)) * constraints_[k];
    const Spectrum spectrum = guess_spectrum(M);
    const double margin = 1e-13 * scale_;
    if (spectrum.values(0) < -margin) return {minus_infinity, spectrum.vectors.col(0)};
    // M ⪰ τQ iff τ times the largest eigenvalue of M^{−1/2} Q M^{−1/2} is at most 1.
    const Vector<double> roots = (spectrum.values.array() + 2 * margin).sqrt();
    const Matrix<double> half = spectrum.vectors * roots.cwiseInverse().asDiagonal();
    const Spectrum scaled = guess_spectrum(half.transpose() * Q_ * half);
    const Eigen::Index last = roots.size() - 1;
    return {1 / std::max(scaled.values(last), 1e-300), half * scaled.vectors.col(last)};
  }

  // Whether t(s) falls with s_k at s: the tightest z is inside the k-th constraint.
  bool falls(const Point& p, std::size_t k) const {
    return p.z.cwiseAbs2().dot(constraints_[k]) >= 0;
  }

  // The best s_k for given others, by bisection; `together`: all s_k are the same number.
  void improve(Vector<double>& s, std::size_t k, bool together) const {
    const auto set = [&](double x) {
      if (together) {
        s.setConstant(x);
      } else {
        s(static_cast<Eigen::Index>(k)) = x;
      }
      const Point p = at(s);
      if (!together) return falls(p, k);
      double slope = 0;
      for (const Vector<double>& G : constraints_) slope += p.z.cwiseAbs2().dot(G);
      return slope >= 0;
    };
    // At y = (0, …, 0, 1) the matrix must not be negative.
    double high = above_one_(above_one_.rows() - 1, above_one_.cols() - 1) /
                  constraints_[k](above_one_.rows() - 1);
    if (!(high > 0) || set(0)) {
      set(0);
      return;
    }
    double low = 0;
    for (int step = 0; step < 120 && high - low > 1e-14 * high; ++step) {
      const double x = low == 0         ? high / 16
                       : high > 4 * low ? std::sqrt(low * high)
                                        : (low + high) / 2;
      if (low == 0 && x < 1e-18 * scale_) break;
      (set(x) ? high : low) = x;
    }
    // Of the two ends, the one with the larger t.
    set(low);
    const double tau_low = at(s).tau;
    set(high);
    if (tau_low > at(s).tau) set(low);
  }

  Vector<double> best() const {
    Vector<double> s = Vector<double>::Zero(static_cast<Eigen::Index>(constraints_.size()));
    improve(s, 0, true);
    for (int round = 0; round < 6 && constraints_.size() > 1 && constraints_.size() <= 16;
         ++round) {
      const double before = at(s).tau;
      for (std::size_t k = 0; k < constraints_.size(); ++k) {
        const Vector<double> kept = s;
        const double tau = at(s).tau;
        improve(s, k, false);
        if (!(at(s).tau >= tau)) s = kept;
      }
      if (!(at(s).tau > before * (1 + 1e-9))) break;
    }
    return s;
  }

 private:
  Matrix<double> Q_;
  Matrix<double> above_one_;  // N − Q
  double scale_ = 0;
  std::vector<Vector<double>> constraints_;
};

}  // namespace

std::optional<MultiplierBound> multiplier_bound(const DiversityForms& forms,
                                                const std::vector<Vector<Rational>>& constraints) {
  const MultiplierSearch search(forms, constraints);
  const Vector<double> s = search.best();
  const MultiplierSearch::Point target = search.at(s);
  std::optional<MultiplierBound> best;
  for (const double tolerance : {1e-2, 1e-4, 1e-7, 1e-10, 1e-13}) {
    Vector<Rational> multipliers(s.size());
    for (Eigen::Index k = 0; k < s.size(); ++k) {
      const Rational x = rational_from(s(k));
      multipliers(k) =
          simplest_between(x * (1 - rational_from(tolerance)), x * (1 + rational_from(tolerance)));
    }
    // Doubles tell which rounding is worth a certificate.
    if (search.at(to_double(multipliers)).tau < target.tau * (1 - 1e-9) && tolerance > 1e-12)
      continue;
    Matrix<Rational> M = forms.N - forms.Q;
    for (std::size_t k = 0; k < constraints.size(); ++k) {
      M.diagonal() -= multipliers(static_cast<Eigen::Index>(k)) * constraints[k];
    }
    if (!certify_psd(M).positive_semidefinite) continue;
    const auto tau = largest_generalized(M, forms.Q, Known::gram);
    if (!tau) continue;
    const Rational t = 1 + tau->value;
    if (!best || t > best->t) best = MultiplierBound{t, tau->exact, multipliers, target.z};
    if (tau->value >= 0 && static_cast<double>(tau->value) >= target.tau * (1 - 1e-9)) break;
  }
  return best;
}

}  // namespace graddiv
