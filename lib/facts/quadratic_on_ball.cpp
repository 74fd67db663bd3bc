#include <algorithm>
#include <cmath>

#include "facts/dense_quadratic.h"
#include "facts/guess.h"
#include "linear/eigenvalue.h"
#include "linear/solve.h"
#include "number/exact.h"

// q(c + u) = q(c) + gᵀu + ½ uᵀAu over ‖u‖ ≤ R for any symmetric A: u is a minimiser iff for some ν
// ≥ 0
//   (A + νI)u = −g,   A + νI ⪰ 0,   ν = 0 or ‖u‖ = R.
namespace graddiv {

namespace {

using proof::KktPoint, proof::Unknown;

Rational upper_norm(const Vector<Rational>& v) {
  return upper_end(sqrt(enclose(Rational(v.squaredNorm()))));
}

/// ‖A‖₂ ≤ max_i Σ_j |A_ij|.
Rational norm_bound(const Matrix<Rational>& A) {
  Rational largest = 0;
  for (Eigen::Index i = 0; i < A.rows(); ++i) {
    Rational sum = 0;
    for (Eigen::Index j = 0; j < A.cols(); ++j) sum += abs(A(i, j));
    largest = std::max(largest, sum);
  }
  return largest;
}

class BallProgram {
 public:
  BallProgram(const DenseQuadratic& q, const Domain& ball)
      : A_(q.A),
        c_(ball.center()),
        R_(ball.radius()),
        g_(q.gradient_at(c_)),
        at_center_(q.value_at(c_)),
        lowest_(smallest_eigenvalue_bound(q.A)),
        spectrum_(guess_spectrum(to_double(q.A))),
        slope_(spectrum_.vectors.transpose() * to_double(g_)) {}

  Minimum solve() const {
    if (auto minimum = hard_case()) return *minimum;
    Point p = polished(guess_multiplier());
    if (const auto radii = uncertainty(p)) return on_sphere(p, *radii);
    return between_bounds(p);
  }

 private:
  struct Point {
    Vector<Rational> u;
    Rational nu;
  };

  Vector<Rational> residual(const Point& p) const { return A_.lazyProduct(p.u) + p.u * p.nu + g_; }

  /// ν > max(0, −λ_min) with ‖(A + νI)⁻¹g‖ = R in doubles, as what it exceeds that number by.
  double guess_excess() const {
    const auto R = static_cast<double>(R_);
    double low = 0;
    double high = slope_.norm() / R;
    for (int k = 0; k < 2000 && high - low > 1e-16 * high; ++k) {
      // Halving the exponent first finds tiny multipliers.
      const double excess = low > 0 || k > 900 ? (low + high) / 2 : high / 4;
      (slope_.cwiseQuotient(shifted_spectrum(excess)).norm() > R ? low : high) = excess;
    }
    return high;
  }
  Vector<double> shifted_spectrum(double excess) const {
    const double least = spectrum_.values(0);
    return (spectrum_.values.array() - std::min(least, 0.0) + excess).cwiseMax(1e-300);
  }

  Point guess_multiplier() const {
    const double excess = guess_excess();
    const Vector<double> u = -(spectrum_.vectors * slope_.cwiseQuotient(shifted_spectrum(excess)));
    return {exact_rational(u),
            rational_from(excess) - std::min(rational_from(spectrum_.values(0)), Rational(0))};
  }

  /// Newton's method for (A + νI)u + g = 0, ½(‖u‖² − R²) = 0, with a Jacobian in doubles and an
  /// exact residual: a few digits more with each step.
  Point polished(Point p) const {
    constexpr int bits = 256;
    double smallest = INFINITY;
    Point best = p;
    for (int step = 0; step < 60; ++step) {
      const Vector<double> r = to_double(residual(p));
      const auto r_norm = static_cast<double>(Rational((p.u.squaredNorm() - R_ * R_) / 2));
      const double size = r.norm() + std::abs(r_norm);
      if (!(size < smallest / 2)) break;
      smallest = size;
      best = p;
      const Vector<double> shifted =
          (spectrum_.values.array() + static_cast<double>(p.nu)).cwiseMax(1e-300);
      const auto inverse = [&](const Vector<double>& v) {
        const Vector<double> along = spectrum_.vectors.transpose() * v;
        return Vector<double>(spectrum_.vectors * along.cwiseQuotient(shifted));
      };
      const Vector<double> u = to_double(p.u);
      const Vector<double> a = inverse(r);
      const Vector<double> b = inverse(u);
      const double change = (r_norm - u.dot(a)) / u.dot(b);
      const Vector<double> move = -a - b * change;
      if (!std::isfinite(change) || !move.allFinite()) break;
      p.nu = round_to_bits(p.nu + rational_from(change), bits);
      for (Eigen::Index j = 0; j < move.size(); ++j)
        p.u(j) = round_to_bits(p.u(j) + rational_from(move(j)), bits);
    }
    return best;
  }

  /// How far (u, ν) is from the minimiser u* and its multiplier ν* at most.
  struct Uncertainty {
    Rational u, nu;
  };

  // Let u(ν) = −(A + νI)⁻¹g and ψ(ν) = ‖u(ν)‖ on ν > −λ_min; m ≤ ν + λ_min, m > 0. The residual r
  // of û at ν makes ‖u(ν) − û‖ ≤ ‖r‖/m = e and |ψ(ν) − R| ≤ |‖û‖ − R| + e = δ. As ψ' = −uᵀ(A +
  // νI)⁻¹u/ψ, log ψ falls at a rate of at least 1/(ν + Λ), Λ ≥ λ_max. With ℓ = δ/(R − δ) ≥
  // |log(ψ(ν)/R)|, ψ is R at some ν* with
  //   |ν* − ν| ≤ (ν + Λ) ℓ/(1 − ℓ) = Δ,
  // if Δ < m and Δ < ν; and u(ν) − u* = (ν* − ν)(A + νI)⁻¹u* gives ‖u* − û‖ ≤ e + ΔR/m.
  std::optional<Uncertainty> uncertainty(const Point& p) const {
    const Rational m = p.nu + lowest_.value;
    if (m <= 0 || p.nu <= 0) return std::nullopt;
    const Rational e = upper_norm(residual(p)) / m;
    const Enclosure norm = sqrt(enclose(Rational(p.u.squaredNorm())));
    const Rational delta = upper_end(abs(norm - enclose(R_))) + e;
    if (2 * delta >= R_) return std::nullopt;
    const Rational l = delta / (R_ - delta);
    const Rational reach =
        upper_end(enclose(Rational((p.nu + norm_bound(A_)) * l / (1 - l))).as_interval());
    if (reach >= m || reach >= p.nu) return std::nullopt;
    return Uncertainty{upper_end(enclose(Rational(e + reach * R_ / m)).as_interval()), reach};
  }

  Minimum on_sphere(const Point& p, const Uncertainty& radii) const {
    const Rational nu1 = p.nu - radii.nu, nu2 = p.nu + radii.nu;
    // A simple multiplier may belong to a rational minimiser.
    const Rational simple =
        simplest_between(p.nu * (1 - rational_from(1e-10)), p.nu * (1 + rational_from(1e-10)));
    if (nu1 <= simple && simple <= nu2) {
      const Matrix<Rational> M = A_ + simple * Matrix<Rational>::Identity(A_.rows(), A_.cols());
      const auto u = graddiv::solve<Rational>(M, -g_);
      if (u && u->squaredNorm() == R_ * R_) return exactly(*u, simple);
    }
    // Wider than it need be, to hold what exact solves at ν₁ and ν₂ show in intervals: there
    // ‖u(ν₁) − u*‖ ≤ ((ν₂ − ν₁)/ν₁) ‖u(ν₁)‖.
    const Rational reach =
        round_to_bits(4 * (radii.u + 2 * radii.nu * R_ / nu1) * Rational(65, 64), 64);
    Vector<Enclosure> offset(p.u.size());
    for (Eigen::Index j = 0; j < p.u.size(); ++j)
      offset(j) = enclose(p.u(j) - reach, p.u(j) + reach);
    const proof::Bracket proof{proof::Bracket::Of::sphere_multiplier, nu1, nu2};
    // q(u*) − q(û) = (g + Aû)ᵀ(u* − û) + ½(u* − û)ᵀA(u* − û).
    const Rational slope = upper_norm(g_) + norm_bound(A_) * (R_ + reach);
    const Rational off = 2 * reach * slope * Rational(g_.size());
    const Rational value = value_at(p.u);
    return {{Vector<Enclosure>(enclose(c_) + offset), true, proof},
            {enclose(value - off, value + off), true, proof}};
  }

  Rational value_at(const Vector<Rational>& u) const {
    return at_center_ + g_.dot(u) + quadratic_form(A_, u) / 2;
  }

  Minimum exactly(const Vector<Rational>& u, const Rational& nu) const {
    const Vector<Rational> w = c_ + u;
    return exact_minimum(w, enclose(value_at(u)),
                         KktPoint{KktPoint::Found::sphere, proof::point(w),
                                  Vector<Enclosure>::Constant(1, enclose(nu))});
  }

  // Where λ_min = λ ≤ 0 is known exactly, with the null space K of A − λI orthogonal to g, and the
  // solution of least norm of (A − λI)u = −g is u₀ with ‖u₀‖ ≤ R, all u₀ + τk on the sphere with k
  // ∈ K are minimisers, ν = −λ. There
  //   q(c + u) = q(c) + ½ gᵀu₀ + ½ λR².
  std::optional<Minimum> hard_case() const {
    if (!lowest_.exact || lowest_.value > 0) return std::nullopt;
    const Rational& lambda = lowest_.value;
    const Matrix<Rational> M = A_ - lambda * Matrix<Rational>::Identity(A_.rows(), A_.cols());
    const auto u0 = least_norm_solve<Rational>(M, -g_);
    if (!u0 || u0->squaredNorm() > R_ * R_) return std::nullopt;
    Vector<Rational> k = null_space(M).col(0);
    if (k.dot(c_) > 0) k = -k;  // towards 0
    const Enclosure tau = sqrt(enclose(Rational((R_ * R_ - u0->squaredNorm()) / k.squaredNorm())));
    const Vector<Enclosure> w = enclose(Vector<Rational>(c_ + *u0)) + enclose(k) * tau;
    const Rational value = at_center_ + (g_.dot(*u0) + lambda * R_ * R_) / 2;
    const proof::Bracket proof{proof::Bracket::Of::sphere_multiplier, -lambda, -lambda};
    return Minimum{{w, true, proof}, {enclose(value), true, proof}};
  }

  // For ν ≥ 0 with m = ν + λ_min > 0 and any û, r the residual:
  //   q(c + u) ≥ q(c) + gᵀu + ½ uᵀ(A + νI)u − ½ νR² ≥ q(c) + gᵀû + ½ ûᵀ(A + νI)û − ‖r‖²/(2m) − ½
  //     νR².
  Minimum between_bounds(Point p) const {
    const Rational least = std::max(Rational(-lowest_.value), Rational(0));
    p.nu = std::max(p.nu, least);
    p.nu += (p.nu + R_ / (R_ + 1)) * rational_from(std::ldexp(1.0, -30));
    const Rational m = p.nu + lowest_.value;
    const Vector<double> shifted =
        (spectrum_.values.array() + static_cast<double>(p.nu)).cwiseMax(1e-300);
    for (int step = 0; step < 8; ++step) {
      const Vector<double> r = spectrum_.vectors.transpose() * to_double(residual(p));
      p.u -= exact_rational(Vector<double>(spectrum_.vectors * r.cwiseQuotient(shifted)));
      for (Rational& x : p.u) x = round_to_bits(x, 128);
    }
    const Rational lower = at_center_ + g_.dot(p.u) +
                           (quadratic_form(A_, p.u) + p.nu * p.u.squaredNorm()) / 2 -
                           residual(p).squaredNorm() / (2 * m) - p.nu * R_ * R_ / 2;
    // A point of the ball: as far along the lowest direction as it goes.
    Vector<double> u = to_double(p.u);
    const Vector<double> v = spectrum_.vectors.col(0);
    const auto R = static_cast<double>(R_) * (1 - 1e-12);
    if (u.norm() > R) u *= R / u.norm();
    const double along = u.dot(v);
    const double room = std::sqrt(std::max(along * along + R * R - u.squaredNorm(), 0.0));
    const Vector<Rational> ends[] = {exact_rational(u),
                                     exact_rational(Vector<double>(u + (room - along) * v)),
                                     exact_rational(Vector<double>(u - (room + along) * v))};
    Rational value = at_center_;
    Vector<Rational> w = c_;
    for (const Vector<Rational>& end : ends) {
      if (end.squaredNorm() > R_ * R_ || value_at(end) >= value) continue;
      value = value_at(end);
      w = c_ + end;
    }
    return {{std::nullopt, false, Unknown{Unknown::Reason::no_sphere_multiplier}},
            {enclose(std::min(lower, value), value), false,
             proof::DualityGap{proof::DualityGap::Rule::sphere_multiplier, proof::point(w), nullptr,
                               p.nu}}};
  }

  const Matrix<Rational>& A_;
  const Vector<Rational>& c_;
  const Rational& R_;
  Vector<Rational> g_;
  Rational at_center_;
  EigenvalueBound lowest_;
  Spectrum spectrum_;
  Vector<double> slope_;  ///< g in the basis of the eigenvectors
};

}  // namespace

Minimum minimize_on_sphere(const DenseQuadratic& q, const Domain& ball) {
  return BallProgram(q, ball).solve();
}

}  // namespace graddiv
