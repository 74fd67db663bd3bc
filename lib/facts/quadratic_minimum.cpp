#include <algorithm>

#include "facts/dense_quadratic.h"
#include "facts/guess.h"
#include "facts/minimizer.h"
#include "facts/shown_minimum.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"

// q(w) = ½ wᵀAw + bᵀw + c over R^d, a box or a ball.
namespace graddiv {

namespace {

using proof::ByDefinition, proof::KktPoint, proof::Unknown;

bool is_within(const Vector<Rational>& w, const Domain& domain) {
  return domain.contains(enclose(w)) == Truth::yes;
}

// ---- on a ball ----------------------------------------------------------------------------------

// Whether a multiplier found shows a minimum, by exact solves (facts/verify_minimum.cpp).
// u(ν) = −(A + νI)⁻¹ g.
Vector<Rational> shifted_solution(const Matrix<Rational>& A, const Vector<Rational>& g,
                                  const Rational& nu) {
  const Matrix<Rational> M = A + nu * Matrix<Rational>::Identity(A.rows(), A.cols());
  return *solve<Rational>(M, -g);
}

// For A ⪰ 0, w* = c + u(ν) with ‖u(ν)‖ = R: ν ↦ ‖u(ν)‖ falls strictly on ν > 0, so ‖u(ν₁)‖ ≥ R ≥
// ‖u(ν₂)‖ encloses ν; and
//   u(ν) − u(ν₁) = −(ν − ν₁)(A + νI)⁻¹ u(ν₁)   gives   ‖u(ν) − u(ν₁)‖ ≤ ((ν₂ − ν₁)/ν₁) ‖u(ν₁)‖.
std::optional<Minimum> minimum_with_multiplier(const DenseQuadratic& q, const Domain& ball,
                                               const proof::Bracket& multiplier) {
  const Rational& nu1 = multiplier.lower;
  const Rational& nu2 = multiplier.upper;
  if (nu1 <= 0 || nu2 < nu1) return std::nullopt;
  const Vector<Rational> g = q.gradient_at(ball.center());
  const Rational radius2 = ball.radius() * ball.radius();
  const Vector<Rational> u = shifted_solution(q.A, g, nu1);
  if (u.squaredNorm() < radius2 || shifted_solution(q.A, g, nu2).squaredNorm() > radius2)
    return std::nullopt;
  const Rational distance = (nu2 - nu1) / nu1 * upper_end(sqrt(enclose(Rational(u.squaredNorm()))));
  Vector<Enclosure> offset(u.size());
  for (Eigen::Index j = 0; j < u.size(); ++j) offset(j) = enclose(u(j) - distance, u(j) + distance);
  const Vector<Enclosure> Au = enclose(q.A).lazyProduct(offset);
  const Enclosure value =
      offset.dot(Au) / 2 + enclose(g).dot(offset) + enclose(q.value_at(ball.center()));
  return Minimum{{Vector<Enclosure>(enclose(ball.center()) + offset), true, multiplier},
                 {value, true, multiplier}};
}

// Convex or not.
Minimum minimize_on_ball(const DenseQuadratic& q, const Domain& ball, bool convex) {
  const Vector<Rational>& c = ball.center();
  const Vector<Rational> g = q.gradient_at(c);
  if (ball.radius() == 0 || (convex && g.isZero()))
    return exact_minimum(c, enclose(q.value_at(c)),
                         KktPoint{KktPoint::Found::center, proof::point(c), {}});
  if (const auto offset = convex ? least_norm_solve<Rational>(q.A, -g) : std::nullopt) {
    const Vector<Rational> w = c + *offset;  // the nearest to the centre of all minimisers over R^d
    if (is_within(w, ball))
      return exact_minimum(w, enclose(q.value_at(w)),
                           KktPoint{KktPoint::Found::inside_ball, proof::point(w), {}});
  }
  return minimize_on_sphere(q, ball);
}

// A direction with as little curvature as there is, where the eigenvector in doubles has less than
// the given one.
Vector<Rational> downward_direction(const Matrix<Rational>& A, const Vector<Rational>& known) {
  const Matrix<double> guess = to_double(Matrix<Rational>(A / A.cwiseAbs().maxCoeff()));
  const Vector<double> v = guess_spectrum(guess).vectors.col(0);
  if (!v.allFinite()) return known;
  const Vector<Rational> d = exact_rational(v);
  const auto curvature = [&](const Vector<Rational>& u) {
    return Rational(quadratic_form(A, u) / u.squaredNorm());
  };
  return !d.isZero() && curvature(d) < curvature(known) ? d : known;
}

// ---- linear functions ---------------------------------------------------------------------------

// bᵀw + c: nothing here takes more than O(d).
Minimum minimize_linear(const Vector<Rational>& b, const Rational& c, const Domain& domain) {
  const auto value = [&](const Vector<Rational>& w) { return enclose(Rational(b.dot(w) + c)); };
  const Vector<Rational> zero = Vector<Rational>::Zero(b.size());
  if (b.isZero() && is_within(zero, domain))
    return exact_minimum(zero, value(zero),
                         KktPoint{KktPoint::Found::least_norm, proof::point(zero), {}});
  switch (domain.kind()) {
    case Domain::Kind::all:
      return unknown_minimum(proof::UnboundedBelow{proof::point(-b), 0, 0});
    case Domain::Kind::box: {
      Vector<Rational> w(b.size());
      for (Eigen::Index j = 0; j < w.size(); ++j) {
        const Rational &lower = domain.lower()(j), &upper = domain.upper()(j);
        w(j) = b(j) > 0 ? lower : b(j) < 0 ? upper : std::max(lower, std::min(Rational(0), upper));
      }
      return exact_minimum(w, value(w),
                           KktPoint{KktPoint::Found::active_set, proof::point(w), enclose(b)});
    }
    case Domain::Kind::ball: {
      const Vector<Rational>& center = domain.center();
      if (domain.radius() == 0 || b.isZero())
        return exact_minimum(center, value(center),
                             KktPoint{KktPoint::Found::center, proof::point(center), {}});
      // w* = center − R b/‖b‖.
      const Enclosure norm = sqrt(enclose(Rational(b.squaredNorm())));
      const Enclosure R = enclose(domain.radius());
      Vector<Enclosure> w(b.size());
      for (Eigen::Index j = 0; j < w.size(); ++j)
        w(j) = enclose(center(j)) - R * enclose(b(j)) / norm;
      const ByDefinition proof{ByDefinition::Rule::linear_on_ball};
      return {{w, true, proof}, {value(center) - R * norm, true, proof}};
    }
    case Domain::Kind::product:
      return unknown_minimum(Unknown{Unknown::Reason::product_of_sets});
  }
  throw std::logic_error("a domain of no kind");
}

}  // namespace

std::optional<Minimum> minimum_on_sphere(const QuadraticFunction& q, const Domain& ball,
                                         const proof::Bracket& multiplier) {
  return minimum_with_multiplier({q.A.dense(), q.b, q.c}, ball, multiplier);
}

std::optional<proof::UnboundedBelow> unbounded_below(const QuadraticFunction& function) {
  if (function.A.is_zero()) {
    if (function.b.isZero()) return std::nullopt;
    return proof::UnboundedBelow{proof::point(-function.b), 0, 0};
  }
  const DenseQuadratic q = {function.A.dense(), function.b, function.c};
  const PsdCertificate certificate = certify_psd(q.A);
  const Rational size = q.A.cwiseAbs().maxCoeff();
  if (certificate.negative_direction) {
    const Vector<Rational> d = downward_direction(q.A, *certificate.negative_direction);
    return proof::UnboundedBelow{proof::point(d), quadratic_form(q.A, d) / d.squaredNorm(), size};
  }
  if (certificate.positive_definite || least_norm_solve<Rational>(q.A, -q.b)) return std::nullopt;
  // b is not in the range of A: along minus its part in the null space q falls for ever.
  const Matrix<Rational> Z = null_space(q.A);
  const Vector<Rational> weights = Z.transpose().lazyProduct(-q.b);
  return proof::UnboundedBelow{proof::point(Z.lazyProduct(weights)), 0, size};
}

Minimum minimize_quadratic(const QuadraticFunction& function, const Domain& domain) {
  if (function.A.is_zero()) return minimize_linear(function.b, function.c, domain);
  const DenseQuadratic q = {function.A.dense(), function.b, function.c};
  const PsdCertificate certificate = certify_psd(q.A);
  if (!certificate.positive_semidefinite) {
    if (domain.kind() == Domain::Kind::all) return unknown_minimum(*unbounded_below(function));
    if (domain.kind() == Domain::Kind::ball) return minimize_on_ball(q, domain, false);
    if (domain.kind() == Domain::Kind::box) return minimize_nonconvex_on_box(q, domain);
    return unknown_minimum(Unknown{Unknown::Reason::not_convex});
  }
  // Of all minimisers over R^d the one of least norm, if it is in W.
  const std::optional<Vector<Rational>> w = least_norm_solve<Rational>(q.A, -q.b);
  if (w && is_within(*w, domain)) {
    return exact_minimum(*w, enclose(q.value_at(*w)),
                         KktPoint{certificate.positive_definite ? KktPoint::Found::solve
                                                                : KktPoint::Found::least_norm,
                                  proof::point(*w),
                                  {}});
  }
  switch (domain.kind()) {
    case Domain::Kind::all:
      return unknown_minimum(*unbounded_below(function));
    case Domain::Kind::box:
      return minimize_on_box(q, domain);
    case Domain::Kind::ball:
      return minimize_on_ball(q, domain, true);
    case Domain::Kind::product:
      return unknown_minimum(  // Facts asks for its bounding box
          Unknown{Unknown::Reason::product_of_sets});
  }
  throw std::logic_error("a domain of no kind");
}

}  // namespace graddiv
