#include <algorithm>
#include <cmath>
#include <vector>

#include "facts/guess.h"
#include "facts/minimizer.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"

// q(w) = ½ wᵀAw + bᵀw + c over R^d, a box or a ball.
namespace graddiv {

namespace {

using proof::ByDefinition, proof::KktPoint, proof::Unknown;

struct DenseQuadratic {
  Matrix<Rational> A;  // d × d, symmetric
  Vector<Rational> b;
  Rational c;
};

Rational value_at(const DenseQuadratic& q, const Vector<Rational>& w) {
  return quadratic_form(q.A, w) / 2 + q.b.dot(w) + q.c;
}

Vector<Rational> gradient_at(const DenseQuadratic& q, const Vector<Rational>& w) {
  const Vector<Rational> Aw = q.A.lazyProduct(w);
  return Aw + q.b;
}

Rational clamp(const Rational& x, const Rational& lower, const Rational& upper) {
  return std::max(lower, std::min(x, upper));
}

bool is_within(const Vector<Rational>& w, const Domain& domain) {
  return domain.contains(enclose(w)) == Truth::yes;
}

// ---- on a box -----------------------------------------------------------------------------------

// A point that coordinate descent in doubles takes for the minimiser; coordinates without influence
// stay as near 0 as they can.
Vector<double> guess_on_box(const DenseQuadratic& q, const Domain& box) {
  const Matrix<double> A = to_double(q.A);
  const Vector<double> b = to_double(q.b);
  const Vector<double> lower = to_double(box.lower());
  const Vector<double> upper = to_double(box.upper());
  Vector<double> w = Vector<double>::Zero(b.size()).cwiseMin(upper).cwiseMax(lower);
  for (int sweep = 0; sweep < 2000; ++sweep) {
    double change = 0;
    for (Eigen::Index j = 0; j < w.size(); ++j) {
      const double slope = A.row(j).dot(w) + b(j);
      double next = w(j);
      if (A(j, j) > 0) {
        next = std::clamp(w(j) - slope / A(j, j), lower(j), upper(j));
      } else if (slope != 0) {
        next = slope > 0 ? lower(j) : upper(j);
      }
      change =
          std::max(change, std::abs(next - w(j)) / (std::abs(next) + upper(j) - lower(j) + 1e-300));
      w(j) = next;
    }
    if (change < 1e-15) break;
  }
  return w;
}

// The primal active-set method in exact arithmetic. Each coordinate is free or held at one of its
// bounds. It ends: a step from the minimiser over the free coordinates that lets one coordinate j
// go has p_j ≠ 0 pointing inwards (g_j p_j = −pᵀAp < 0 unless g = 0), steps of length 0 only hold
// further coordinates and never j again, so q falls strictly before the next such minimiser, and
// each choice of held coordinates has but one minimal value.
class BoxProgram {
 public:
  BoxProgram(const DenseQuadratic& q, const Domain& box)
      : q_(q),
        lower_(box.lower()),
        upper_(box.upper()),
        held_(static_cast<std::size_t>(q.b.size()), Held::no) {
    const Vector<double> guess = guess_on_box(q, box);
    w_.resize(guess.size());
    for (Eigen::Index j = 0; j < guess.size(); ++j) {
      w_(j) = clamp(rational_from(guess(j)), lower_(j), upper_(j));
      const double tolerance = 1e-9 * static_cast<double>(Rational(upper_(j) - lower_(j)));
      if (static_cast<double>(Rational(w_(j) - lower_(j))) <= tolerance) {
        hold(j, Held::lower);
      } else if (static_cast<double>(Rational(upper_(j) - w_(j))) <= tolerance) {
        hold(j, Held::upper);
      }
    }
  }

  Vector<Rational> solve() {
    for (;;) {
      if (step_to_minimum_over_free()) {
        if (!release_one()) return w_;
      }
    }
  }

 private:
  enum class Held { no, lower, upper };

  Held& held(Eigen::Index j) { return held_[static_cast<std::size_t>(j)]; }

  void hold(Eigen::Index j, Held where) {
    held(j) = where;
    w_(j) = where == Held::lower ? lower_(j) : upper_(j);
  }

  std::vector<Eigen::Index> free_coordinates() {
    std::vector<Eigen::Index> result;
    for (Eigen::Index j = 0; j < w_.size(); ++j) {
      if (held(j) == Held::no) result.push_back(j);
    }
    return result;
  }

  // Moves towards the minimum over the free coordinates; false if a bound stopped it (that
  // coordinate is held now).
  bool step_to_minimum_over_free() {
    const std::vector<Eigen::Index> free = free_coordinates();
    if (free.empty()) return true;
    const Matrix<Rational> A = q_.A(free, free);
    const Vector<Rational> slope = gradient_at(q_, w_)(free);
    std::optional<Vector<Rational>> direction = least_norm_solve<Rational>(A, -slope);
    const bool bounded = direction.has_value();
    if (!bounded) {
      // No minimum: q falls for ever along the part of −slope in the null space of A, until a bound
      // stops it.
      const Matrix<Rational> Z = null_space(A);
      const Vector<Rational> weights = Z.transpose().lazyProduct(slope);
      direction = Z.lazyProduct(-weights);
    }
    std::optional<Rational> longest;
    Eigen::Index blocking = 0;
    for (std::size_t k = 0; k < free.size(); ++k) {
      const Eigen::Index j = free[k];
      const Rational& p = (*direction)(static_cast<Eigen::Index>(k));
      if (p == 0) continue;
      const Rational room = ((p > 0 ? upper_(j) : lower_(j)) - w_(j)) / p;
      if (!longest || room < *longest) {
        longest = room;
        blocking = static_cast<Eigen::Index>(k);
      }
    }
    const bool blocked = longest && (!bounded || *longest < 1);
    const Rational length = blocked ? *longest : Rational(1);
    for (std::size_t k = 0; k < free.size(); ++k)
      w_(free[k]) += length * (*direction)(static_cast<Eigen::Index>(k));
    if (blocked) {
      hold(free[static_cast<std::size_t>(blocking)],
           (*direction)(blocking) > 0 ? Held::upper : Held::lower);
    }
    return !blocked;
  }

  // Lets go the held coordinate along which q falls fastest; false if there is none: w is optimal.
  bool release_one() {
    const Vector<Rational> slope = gradient_at(q_, w_);
    Eigen::Index steepest = -1;
    Rational steepness = 0;
    for (Eigen::Index j = 0; j < w_.size(); ++j) {
      if (held(j) == Held::no || lower_(j) == upper_(j)) continue;
      const Rational fall = held(j) == Held::lower ? Rational(-slope(j)) : slope(j);
      if (fall > steepness) {
        steepness = fall;
        steepest = j;
      }
    }
    if (steepest < 0) return false;
    held(steepest) = Held::no;
    return true;
  }

  const DenseQuadratic& q_;
  const Vector<Rational>& lower_;
  const Vector<Rational>& upper_;
  Vector<Rational> w_;
  std::vector<Held> held_;
};

Minimum minimize_on_box(const DenseQuadratic& q, const Domain& box) {
  const Vector<Rational> w = BoxProgram(q, box).solve();
  return exact_minimum(
      w, enclose(value_at(q, w)),
      KktPoint{KktPoint::Found::active_set, proof::point(w), enclose(gradient_at(q, w))});
}

// ---- on the boundary of a ball ------------------------------------------------------------------

// u(ν) = −(A + νI)⁻¹ g.
Vector<Rational> shifted_solution(const Matrix<Rational>& A, const Vector<Rational>& g,
                                  const Rational& nu) {
  const Matrix<Rational> M = A + nu * Matrix<Rational>::Identity(A.rows(), A.cols());
  return *solve<Rational>(M, -g);
}

double guess_multiplier(const Matrix<Rational>& A, const Vector<Rational>& g,
                        const Rational& radius) {
  const Spectrum spectrum = guess_spectrum(to_double(A));
  const Vector<double> slope = spectrum.vectors.transpose() * to_double(g);
  const auto R = static_cast<double>(radius);
  double low = 0;
  double high = slope.norm() / R;
  for (int k = 0; k < 2000 && high - low > 1e-16 * high; ++k) {
    // Halving the exponent first finds tiny multipliers.
    const double nu = low > 0 || k > 900 ? (low + high) / 2 : high / 4;
    const double norm =
        slope.cwiseQuotient((spectrum.values.cwiseMax(0).array() + nu).matrix()).norm();
    (norm > R ? low : high) = nu;
  }
  return high;
}

// For A ⪰ 0, w* = c + u(ν) with ‖u(ν)‖ = R: ν ↦ ‖u(ν)‖ falls strictly on ν > 0, so ‖u(ν₁)‖ ≥ R ≥
// ‖u(ν₂)‖ encloses ν; and
//   u(ν) − u(ν₁) = −(ν − ν₁)(A + νI)⁻¹ u(ν₁)   gives   ‖u(ν) − u(ν₁)‖ ≤ ((ν₂ − ν₁)/ν₁) ‖u(ν₁)‖.
std::optional<Minimum> minimum_with_multiplier(const DenseQuadratic& q, const Domain& ball,
                                               const proof::Bracket& multiplier) {
  const Rational& nu1 = multiplier.lower;
  const Rational& nu2 = multiplier.upper;
  if (nu1 <= 0 || nu2 < nu1) return std::nullopt;
  const Vector<Rational> g = gradient_at(q, ball.center());
  const Rational radius2 = ball.radius() * ball.radius();
  const Vector<Rational> u = shifted_solution(q.A, g, nu1);
  if (u.squaredNorm() < radius2 || shifted_solution(q.A, g, nu2).squaredNorm() > radius2)
    return std::nullopt;
  const Rational distance = (nu2 - nu1) / nu1 * upper_end(sqrt(enclose(Rational(u.squaredNorm()))));
  Vector<Enclosure> offset(u.size());
  for (Eigen::Index j = 0; j < u.size(); ++j) offset(j) = enclose(u(j) - distance, u(j) + distance);
  const Vector<Enclosure> Au = enclose(q.A).lazyProduct(offset);
  const Enclosure value =
      offset.dot(Au) / 2 + enclose(g).dot(offset) + enclose(value_at(q, ball.center()));
  return Minimum{{Vector<Enclosure>(enclose(ball.center()) + offset), true, multiplier},
                 {value, true, multiplier}};
}

Minimum minimize_on_sphere(const DenseQuadratic& q, const Domain& ball) {
  constexpr int bits = 220;
  const Vector<Rational> g = gradient_at(q, ball.center());
  const Rational radius2 = ball.radius() * ball.radius();
  const double guess = guess_multiplier(q.A, g, ball.radius());
  Rational nu = rational_from(guess);
  if (nu <= 0) nu = Rational(1) / 1024;

  const Rational simple =
      simplest_between(nu * (1 - rational_from(1e-10)), nu * (1 + rational_from(1e-10)));
  const Vector<Rational> u_simple = shifted_solution(q.A, g, simple);
  if (u_simple.squaredNorm() == radius2) {
    const Vector<Rational> w = ball.center() + u_simple;
    return exact_minimum(w, enclose(value_at(q, w)),
                         KktPoint{KktPoint::Found::sphere, proof::point(w),
                                  Vector<Enclosure>::Constant(1, enclose(simple))});
  }

  // Newton's method for φ(ν) = ‖u(ν)‖² = R², φ' = −2 uᵀ(A + νI)⁻¹u. φ is convex, so the iterates
  // stay positive from the left.
  for (int step = 0; step < 60; ++step) {
    const Vector<Rational> u = shifted_solution(q.A, g, nu);
    const Vector<Rational> v = shifted_solution(q.A, u, nu);  // −(A + νI)⁻¹u
    const Rational change = (u.squaredNorm() - radius2) / (-2 * u.dot(v));
    Rational next = round_to_bits(nu + change, bits);
    if (next <= 0) next = nu / 2;
    const bool settled =
        abs(next - nu) <= nu * round_to_bits(rational_from(std::ldexp(1.0, -bits / 2 - 10)), 10);
    nu = next;
    if (settled) break;
  }
  for (int e = 10 - bits; e < -1; e += 10) {
    const Rational margin = nu * rational_from(std::ldexp(1.0, e));
    const auto minimum = minimum_with_multiplier(
        q, ball, {proof::Bracket::Of::sphere_multiplier, nu - margin, nu + margin});
    if (minimum) return *minimum;
  }
  return unknown_minimum(Unknown{Unknown::Reason::no_sphere_multiplier});
}

Minimum minimize_on_ball(const DenseQuadratic& q, const Domain& ball) {
  const Vector<Rational>& c = ball.center();
  const Vector<Rational> g = gradient_at(q, c);
  if (ball.radius() == 0 || g.isZero())
    return exact_minimum(c, enclose(value_at(q, c)),
                         KktPoint{KktPoint::Found::center, proof::point(c), {}});
  if (const auto offset = least_norm_solve<Rational>(q.A, -g)) {
    const Vector<Rational> w = c + *offset;  // the nearest to the centre of all minimisers over R^d
    if (is_within(w, ball))
      return exact_minimum(w, enclose(value_at(q, w)),
                           KktPoint{KktPoint::Found::inside_ball, proof::point(w), {}});
  }
  if (q.A.isZero()) {
    // Linear: w* = c − R g/‖g‖.
    const Enclosure norm = sqrt(enclose(Rational(g.squaredNorm())));
    const Enclosure R = enclose(ball.radius());
    Vector<Enclosure> w(c.size());
    for (Eigen::Index j = 0; j < c.size(); ++j) w(j) = enclose(c(j)) - R * enclose(g(j)) / norm;
    const ByDefinition proof{ByDefinition::Rule::linear_on_ball};
    return {{w, true, proof}, {enclose(value_at(q, c)) - R * norm, true, proof}};
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

}  // namespace

std::optional<Minimum> minimum_on_sphere(const QuadraticFunction& q, const Domain& ball,
                                         const proof::Bracket& multiplier) {
  return minimum_with_multiplier({q.A.dense(), q.b, q.c}, ball, multiplier);
}

std::optional<proof::UnboundedBelow> unbounded_below(const QuadraticFunction& function) {
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
  const DenseQuadratic q = {function.A.dense(), function.b, function.c};
  const PsdCertificate certificate = certify_psd(q.A);
  if (!certificate.positive_semidefinite) {
    return domain.is_bounded() ? unknown_minimum(Unknown{Unknown::Reason::not_convex})
                               : unknown_minimum(*unbounded_below(function));
  }
  // Of all minimisers over R^d the one of least norm, if it is in W.
  const std::optional<Vector<Rational>> w = least_norm_solve<Rational>(q.A, -q.b);
  if (w && is_within(*w, domain)) {
    return exact_minimum(*w, enclose(value_at(q, *w)),
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
      return minimize_on_ball(q, domain);
    case Domain::Kind::product:
      return unknown_minimum(  // Facts asks for its bounding box
          Unknown{Unknown::Reason::product_of_sets});
  }
  throw std::logic_error("a domain of no kind");
}

}  // namespace graddiv
