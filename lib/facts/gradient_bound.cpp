#include "facts/gradient_bound.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "facts/branch_and_bound.h"
#include "facts/curvature.h"
#include "facts/diversity_forms.h"
#include "facts/guess.h"
#include "facts/minimizer.h"
#include "facts/registry.h"
#include "facts/simplified.h"
#include "facts/verify.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"

namespace graddiv::gradient_bound {

namespace {

using proof::Bisection, proof::ByDefinition, proof::Derived, proof::SProcedure;

// An upper bound, with what made it.
struct Bound {
  Rational value;
  bool is_best = false;
  Proof proof;
};

void improve(std::optional<Bound>& best, const std::optional<Bound>& candidate) {
  if (!candidate) return;
  if (!best || candidate->value < best->value ||
      (candidate->value == best->value && candidate->is_best))
    best = candidate;
}

constexpr proof::Unknown unbounded{proof::Unknown::Reason::unbounded_gradients};

// ---- affine gradients: ‖Aw + b‖² summed up is a convex quadratic P(w) = wᵀPw + 2qᵀw + r ---------

struct ConvexForm {
  Matrix<Rational> P;
  Vector<Rational> q;
  Rational r;

  Rational at(const Vector<Rational>& w) const { return quadratic_form(P, w) + 2 * q.dot(w) + r; }
};

ConvexForm squared_gradient(const QuadraticFunction& f) {
  const Matrix<Rational> A = f.A.dense();
  return {A.lazyProduct(A), f.A * f.b, f.b.squaredNorm()};
}

// M²(w) = zᵀNz/n² with z = (w, 1), for quadratic functions.
ConvexForm mean_squared_gradient(const Problem& problem) {
  const Rational n = problem.size();
  const Matrix<Rational> N = diversity_forms(problem)->N / (n * n);
  const Eigen::Index d = problem.dimension();
  return {N.topLeftCorner(d, d), N.topRightCorner(d, 1), N(d, d)};
}

// A convex function is largest on a box at one of its vertices.
std::optional<Bound> on_vertices(const ConvexForm& form, const Vector<Rational>& lower,
                                 const Vector<Rational>& upper) {
  const Eigen::Index d = lower.size();
  if (d > 10) return std::nullopt;
  Rational largest = form.at(lower);
  for (unsigned vertex = 1; vertex < (1U << d); ++vertex) {
    Vector<Rational> w = lower;
    for (Eigen::Index j = 0; j < d; ++j) {
      if ((vertex >> j) & 1U) w(j) = upper(j);
    }
    largest = std::max(largest, form.at(w));
  }
  return Bound{largest, true, ByDefinition{ByDefinition::Rule::vertex_of_box}};
}

// sup over ‖u‖ ≤ R of uᵀPu + 2pᵀu + r, u = w − c: for every s with sI − P ≻ 0, sR² + pᵀ(sI − P)⁻¹p
// + r is an upper bound, and the least of these is the supremum (S-lemma).
std::optional<Bound> on_ball(const ConvexForm& form, const Vector<Rational>& center,
                             const Rational& radius2) {
  const Vector<Rational> p = form.P.lazyProduct(center) + form.q;
  const Rational r = form.at(center);
  const EigenvalueBound top =
      curvature::largest_eigenvalue_of_all({SymmetricMatrix::dense(form.P)});
  if (p.isZero() || radius2 == 0) {
    const Rational largest = top.value * radius2 + r;
    return Bound{largest, top.exact || radius2 == 0,
                 SProcedure{SProcedure::Claim::eigenvalue_on_ball, largest,
                            Vector<Rational>::Constant(1, top.value)}};
  }
  const Spectrum spectrum = guess_spectrum(to_double(form.P));
  const Vector<double> slope = spectrum.vectors.transpose() * to_double(p);
  const auto R2 = static_cast<double>(radius2);
  const double largest = spectrum.values.maxCoeff();
  // The derivative in s is R² − ‖(sI − P)⁻¹p‖², which grows with s.
  double low = 0;
  double high = slope.norm() / std::sqrt(R2);
  for (int k = 0; k < 200; ++k) {
    const double shift = (low + high) / 2;
    const double norm2 =
        slope.cwiseQuotient((largest + shift - spectrum.values.array()).matrix()).squaredNorm();
    (norm2 > R2 ? low : high) = shift;
  }
  const Eigen::Index d = p.size();
  std::optional<Bound> best;
  for (const double tolerance : {1e-3, 1e-6, 1e-9}) {
    const Rational excess = rational_from(std::max(high, 1e-12 * (largest + 1e-300)));
    const Rational s = simplest_between(top.value + excess * (1 - rational_from(tolerance)),
                                        top.value + excess * (1 + rational_from(tolerance)));
    const Matrix<Rational> M = s * Matrix<Rational>::Identity(d, d) - form.P;
    if (!certify_psd(M).positive_definite) continue;
    const Rational bound = s * radius2 + p.dot(*solve<Rational>(M, p)) + r;
    improve(best, Bound{bound, false,
                        SProcedure{SProcedure::Claim::gradients_on_ball, bound,
                                   Vector<Rational>::Constant(1, s)}});
  }
  return best;
}

// The ball around a box.
std::optional<Bound> on_circumscribed_ball(const ConvexForm& form, const Vector<Rational>& lower,
                                           const Vector<Rational>& upper) {
  const Vector<Rational> center = (lower + upper) / Rational(2);
  const Vector<Rational> half = (upper - lower) / Rational(2);
  return on_ball(form, center, half.squaredNorm());
}

// An interval is a box in one dimension, however it is given.
std::optional<std::pair<Vector<Rational>, Vector<Rational>>> as_box(const Domain& domain) {
  if (domain.kind() == Domain::Kind::box) return std::make_pair(domain.lower(), domain.upper());
  if (domain.kind() == Domain::Kind::ball &&
      (domain.center().size() == 1 || domain.radius() == 0)) {
    const Vector<Rational> radius =
        Vector<Rational>::Constant(domain.center().size(), domain.radius());
    return std::make_pair(Vector<Rational>(domain.center() - radius),
                          Vector<Rational>(domain.center() + radius));
  }
  return std::nullopt;
}

std::optional<Bound> largest_of(const ConvexForm& form, const Domain& domain) {
  if (form.P.isZero() && form.q.isZero())
    return Bound{form.r, true, ByDefinition{ByDefinition::Rule::constant_gradient}};
  std::optional<Bound> best;
  if (const auto box = as_box(domain)) {
    const auto& [lower, upper] = *box;
    if (lower == upper)
      return Bound{form.at(lower), true, ByDefinition{ByDefinition::Rule::W_is_a_point}};
    improve(best, on_vertices(form, lower, upper));
    if (!best) improve(best, on_circumscribed_ball(form, lower, upper));
  } else if (domain.kind() == Domain::Kind::ball) {
    improve(best, on_ball(form, domain.center(), domain.radius() * domain.radius()));
  }
  return best;
}

// ---- any gradients: interval evaluation ---------------------------------------------------------

Enclosure squared_norm(const Vector<Enclosure>& v) {
  Enclosure sum;
  for (Eigen::Index j = 0; j < v.size(); ++j) sum += square(v(j));
  return sum;
}

Enclosure mean_squared_norm(const Problem& problem, const Vector<Enclosure>& w) {
  Enclosure sum;
  for (int i = 0; i < problem.size(); ++i) sum += squared_norm(problem.sum->gradient(i, w));
  return sum / problem.size();
}

// The smallest box around W, or all of R^d: losses with bounded slopes have bounded enclosures
// there too.
Vector<Enclosure> region(const Problem& problem) {
  if (const auto box = problem.domain.coordinate_ranges()) return *box;
  return Vector<Enclosure>::Constant(problem.dimension(), Enclosure::anything());
}

// Whether lower ≤ w ≤ upper for all points enclosed.
bool is_covered(const Vector<Enclosure>& w, const Vector<Rational>& lower,
                const Vector<Rational>& upper) {
  if (lower.size() != w.size() || upper.size() != w.size()) return false;
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    if (lower_end(w(j)) < lower(j) || upper_end(w(j)) > upper(j)) return false;
  }
  return true;
}

// max of g over the bounding box for an interval extension g: at one go, or (in few dimensions) by
// bisection.
std::optional<Bound> by_intervals(const Problem& problem,
                                  const std::function<Enclosure(const Vector<Enclosure>&)>& g) {
  const Vector<Enclosure> all = region(problem);
  const Enclosure whole = g(all);
  if (!whole.is_bounded()) return std::nullopt;
  const Rational at_one_go = upper_end(whole);
  Bound best{at_one_go, false, Bisection{Bisection::Of::gradients, at_one_go, {}, {}, nullptr}};
  if (problem.domain.is_bounded() && problem.dimension() <= 3) {
    Vector<Rational> lower(all.size());
    Vector<Rational> upper(all.size());
    for (Eigen::Index j = 0; j < all.size(); ++j) {
      lower(j) = lower_end(all(j));
      upper(j) = upper_end(all(j));
    }
    const BoxFunction negated{
        [&](const Vector<Enclosure>& box) { return std::optional<Rational>(-upper_end(g(box))); },
        // Points of the bounding box outside W only make the search stop early.
        [&](const Vector<Rational>& point) {
          return std::optional<Rational>(-lower_end(g(enclose(point))));
        }};
    const int evaluations = std::clamp(4000 / problem.size(), 16, 400);
    const auto bound = lower_bound_on_box(lower, upper, negated, {evaluations, 1e-6});
    if (bound.value && -*bound.value < best.value)
      best = {Rational(-*bound.value), false,
              Bisection{Bisection::Of::gradients, -*bound.value, lower, upper, bound.halved}};
  }
  return best;
}

// ‖∇f_i(w)‖ ≤ ‖∇f_i(c)‖ + β‖w − c‖, squared.
std::optional<Bound> by_smoothness(const Problem& problem, int i) {
  if (problem.domain.kind() != Domain::Kind::ball) return std::nullopt;
  const CurvatureBounds& bounds = problem.sum->facts(i).curvature;
  if (!bounds.lower || !bounds.upper) return std::nullopt;
  const Rational beta =
      curvature::largest_eigenvalue_of_all({*bounds.upper, *bounds.lower * Rational(-1)}).value;
  const Enclosure at_center =
      sqrt(squared_norm(problem.sum->gradient(i, enclose(problem.domain.center()))));
  if (!at_center.is_bounded()) return std::nullopt;
  const Enclosure norm = at_center + enclose(Rational(beta * problem.domain.radius()));
  return Bound{upper_end(square(norm)), false,
               ByDefinition{ByDefinition::Rule::smoothness_about_center}};
}

// ---- generalized linear functions: one variable -------------------------------------------------

// The range of xᵀw over W: exact on boxes; on a ball xᵀc ± R‖x‖, of which `lower` and `upper` are
// rounded outward where ‖x‖ is irrational. Absent for R^d.
struct Range {
  Enclosure first;
  Enclosure last;
  Rational lower = lower_end(first);
  Rational upper = upper_end(last);
};

std::optional<Range> range_of(const Vector<Rational>& x, const Domain& domain) {
  if (domain.kind() == Domain::Kind::all) return std::nullopt;
  if (domain.kind() == Domain::Kind::box) {
    Rational lower = 0;
    Rational upper = 0;
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      const Rational a = x(j) * domain.lower()(j);
      const Rational b = x(j) * domain.upper()(j);
      lower += std::min(a, b);
      upper += std::max(a, b);
    }
    return Range{enclose(lower), enclose(upper)};
  }
  const Enclosure half = enclose(domain.radius()) * sqrt(enclose(Rational(x.squaredNorm())));
  const Enclosure middle = enclose(Rational(x.dot(domain.center())));
  return Range{middle - half, middle + half};
}

// For f_i(w) = ℓ_i(x_iᵀw) the gradient depends on t = x_iᵀw alone, and t x_i/‖x_i‖² is a point with
// that t.
Enclosure squared_slope(const Problem& problem, int i, const Vector<Rational>& x,
                        const Enclosure& t) {
  const Vector<Rational> unit = x / Rational(x.squaredNorm());
  const Vector<Enclosure> w = enclose(unit) * t;
  return squared_norm(problem.sum->gradient(i, w));
}

std::optional<Bound> along_row(const Problem& problem, int i) {
  const Vector<Rational> x = problem.sum->facts().rows->row(i).transpose();
  if (x.isZero()) return Bound{0, true, ByDefinition{ByDefinition::Rule::zero_gradient}};
  const auto squared_slope = [&](const Enclosure& t) {
    return gradient_bound::squared_slope(problem, i, x, t);
  };
  const FunctionFacts& f = problem.sum->facts(i);
  if (f.quadratic && f.quadratic->A.is_zero())
    return Bound{*f.squared_gradient_bound, true,
                 ByDefinition{ByDefinition::Rule::constant_gradient}};
  const std::optional<Range> range = range_of(x, problem.domain);
  if (!range) {
    if (!f.squared_gradient_bound) return std::nullopt;
    return Bound{*f.squared_gradient_bound, true,
                 ByDefinition{ByDefinition::Rule::bounded_loss_slope}};
  }
  const Enclosure at_ends = max(squared_slope(range->first), squared_slope(range->last));
  // ℓ_i'' ≥ m for the bound m x_i x_iᵀ: where m ≥ 0, ℓ_i' is monotone.
  if (f.curvature.lower && f.curvature.lower->trace() >= 0) {
    return Bound{upper_end(at_ends), at_ends.is_exact(),
                 ByDefinition{ByDefinition::Rule::ends_of_range}};
  }
  if (!squared_slope(enclose(range->lower, range->upper)).is_bounded()) return std::nullopt;
  const BoxFunction negated{
      [&](const Vector<Enclosure>& t) {
        return std::optional<Rational>(-upper_end(squared_slope(t(0))));
      },
      [&](const Vector<Rational>& t) {
        return std::optional<Rational>(std::min(Rational(-lower_end(squared_slope(enclose(t(0))))),
                                                Rational(-lower_end(at_ends))));
      }};
  const int evaluations = std::clamp(4000 / problem.size(), 16, 200);
  const auto lower = Vector<Rational>::Constant(1, range->lower);
  const auto upper = Vector<Rational>::Constant(1, range->upper);
  const BoxBound bound = lower_bound_on_box(lower, upper, negated, {evaluations, 1e-9});
  const Rational largest = -*bound.value;
  const bool tight = at_ends.is_exact() && exact_value(at_ends) == largest;
  return Bound{largest, tight,
               Bisection{Bisection::Of::loss_slope, largest, lower, upper, bound.halved}};
}

/// A few rational points of W.
std::vector<Vector<Rational>> simple_points(const Domain& W, const Vector<Rational>& direction) {
  const Eigen::Index d = direction.size();
  const Vector<Rational> zero = Vector<Rational>::Zero(d);
  if (W.kind() == Domain::Kind::all) return {zero, direction, -direction};
  if (W.kind() == Domain::Kind::ball) {
    const Rational size = direction.cwiseAbs().sum();  // at least the norm
    if (size == 0) return {W.center()};
    return {W.center(), W.center() + direction * Rational(W.radius() / size)};
  }
  const Domain box = W.bounding_box();
  Vector<Rational> corner = box.lower();
  for (Eigen::Index j = 0; j < d; ++j) {
    if (direction(j) > 0) corner(j) = box.upper()(j);
  }
  if (W.kind() == Domain::Kind::product) return {};
  return {(box.lower() + box.upper()) / Rational(2), corner};
}

// A gradient of max_l (⟨a_l, w⟩ + offset_l) is one of the a_l, and the longest is the best bound
// where it is taken in W.
std::optional<Bound> of_pieces(const Problem& problem, int i) {
  const auto& f = problem.sum->facts(i).max_affine;
  if (!f || !f->curvature.isZero()) return std::nullopt;
  Bound bound{0, false, ByDefinition{ByDefinition::Rule::steepest_piece}};
  const AffinePiece* steepest = nullptr;
  for (const AffinePiece& piece : f->pieces) {
    const Rational squared = piece.a.squaredNorm();
    if (steepest != nullptr && squared <= bound.value) continue;
    steepest = &piece;
    bound.value = squared;
  }
  for (const Vector<Rational>& w : simple_points(problem.domain, steepest->a)) {
    const Enclosure taken = squared_norm(problem.sum->gradient(i, enclose(w)));
    bound.is_best = bound.is_best || (taken == enclose(bound.value)).truth() == Truth::yes;
  }
  return bound;
}

bool is_linear(const FiniteSum& sum) {
  return std::ranges::all_of(sum.facts().functions, [](const FunctionFacts& f) {
    return f.quadratic && f.quadratic->A.is_zero() && f.squared_gradient_bound;
  });
}

// The certified largest ‖∇f_i‖² over W.
std::optional<Bound> largest_gradient2(const Problem& problem, int i) {
  if (problem.sum->facts().rows != nullptr) return along_row(problem, i);
  std::optional<Bound> best = of_pieces(problem, i);
  if (const auto& q = problem.sum->facts(i).quadratic)
    improve(best, largest_of(squared_gradient(*q), problem.domain));
  if (best && best->is_best) return best;
  improve(best, by_intervals(problem, [&](const Vector<Enclosure>& w) {
            return squared_norm(problem.sum->gradient(i, w));
          }));
  if (!problem.sum->facts(i).quadratic) improve(best, by_smoothness(problem, i));
  return best;
}

Derived of_each(Derived::Step step, std::vector<Proof> proofs, std::size_t decisive) {
  return {step, std::make_shared<const std::vector<Proof>>(std::move(proofs)), decisive};
}

}  // namespace

Fact<Enclosure> lipschitz(const Problem& problem) {
  std::optional<Bound> largest;
  std::vector<Proof> proofs;
  std::size_t decisive = 0;
  for (int i = 0; i < problem.size(); ++i) {
    const std::optional<Bound> bound = largest_gradient2(problem, i);
    if (!bound) return {std::nullopt, false, unbounded};
    proofs.push_back(bound->proof);
    // The best constant only if the function with the largest bound has an exact one.
    if (!largest || bound->value > largest->value ||
        (bound->value == largest->value && bound->is_best)) {
      largest = bound;
      decisive = proofs.size() - 1;
    }
  }
  return {sqrt(enclose(largest->value)), largest->is_best,
          of_each(Derived::Step::largest_gradient, std::move(proofs), decisive)};
}

Fact<Enclosure> second_moment_bound(const Problem& problem) {
  const int n = problem.size();
  std::optional<Bound> best;
  const bool quadratic = problem.sum->facts().is_quadratic();
  if (is_linear(*problem.sum)) {
    Rational sum = 0;
    for (const FunctionFacts& f : problem.sum->facts().functions) sum += *f.squared_gradient_bound;
    return {enclose(Rational(sum / n)), true, ByDefinition{ByDefinition::Rule::constant_gradient}};
  }
  if (quadratic) {
    improve(best, largest_of(mean_squared_gradient(problem), problem.domain));
  }
  if (quadratic && !best) return {std::nullopt, false, unbounded};
  if (!best || !best->is_best) {
    improve(best, by_intervals(problem, [&](const Vector<Enclosure>& w) {
              return mean_squared_norm(problem, w);
            }));
  }
  if (!quadratic) {
    // The mean of the largest ‖∇f_i‖².
    Rational sum = 0;
    std::optional<Bound> last;
    std::vector<Proof> proofs;
    for (int i = 0; i < n; ++i) {
      last = largest_gradient2(problem, i);
      if (!last) break;
      sum += last->value;
      proofs.push_back(last->proof);
    }
    if (last)
      improve(best,
              Bound{Rational(sum / n), n == 1 && last->is_best,
                    of_each(Derived::Step::mean_gradient, std::move(proofs), proofs.size() - 1)});
  }
  if (!best) return {std::nullopt, false, unbounded};
  return {enclose(best->value), best->is_best, best->proof};
}

}  // namespace graddiv::gradient_bound

namespace graddiv::verify {

namespace {

namespace bounds = graddiv::gradient_bound;
using bounds::Bound, bounds::ConvexForm;
using proof::Bisection, proof::ByDefinition, proof::Derived, proof::SProcedure;

// ‖∇f_i‖², or M² for i = −1, where it is a convex quadratic function.
std::optional<ConvexForm> convex_form(const Problem& problem, int i) {
  if (!problem.sum->facts().is_quadratic()) return std::nullopt;
  return i < 0 ? bounds::mean_squared_gradient(problem)
               : bounds::squared_gradient(*problem.sum->facts(i).quadratic);
}

// The same in intervals.
Enclosure squared_gradient(const Problem& problem, int i, const Vector<Enclosure>& w) {
  return i < 0 ? bounds::mean_squared_norm(problem, w)
               : bounds::squared_norm(problem.sum->gradient(i, w));
}

struct ShownBound {
  const Problem& problem;
  int i;

  std::optional<Rational> operator()(const ByDefinition& p) const {
    using Rule = ByDefinition::Rule;
    std::optional<Bound> bound;
    const auto form = convex_form(problem, i);
    const auto box = bounds::as_box(problem.domain);
    if (p.rule == Rule::constant_gradient && form && form->P.isZero() && form->q.isZero())
      return form->r;
    if (p.rule == Rule::steepest_piece && i >= 0) bound = bounds::of_pieces(problem, i);
    if (p.rule == Rule::W_is_a_point && form && box && box->first == box->second)
      return form->at(box->first);
    if (p.rule == Rule::vertex_of_box && form && box)
      bound = bounds::on_vertices(*form, box->first, box->second);
    if (p.rule == Rule::smoothness_about_center && i >= 0)
      bound = bounds::by_smoothness(problem, i);
    // The others are evaluated along x_i; the rule must be the one that applies there.
    if (!bound && i >= 0 && problem.sum->facts().rows != nullptr) {
      bound = bounds::along_row(problem, i);
      const auto* same = bound ? std::get_if<ByDefinition>(&bound->proof.kind()) : nullptr;
      if (same == nullptr || same->rule != p.rule) return std::nullopt;
    }
    return bound ? std::optional<Rational>(bound->value) : std::nullopt;
  }

  // uᵀPu + 2pᵀu + r ≤ sR² + pᵀ(sI − P)⁻¹p + r for ‖u‖ ≤ R and sI − P ≻ 0; ⪰ 0 will do for p = 0.
  std::optional<Rational> operator()(const SProcedure& proof) const {
    const auto form = convex_form(problem, i);
    const Domain& W = problem.domain;
    if (!form || !W.is_bounded() || proof.multipliers.size() != 1) return std::nullopt;
    const bool ball = W.kind() == Domain::Kind::ball;
    const Vector<Rational> center =
        ball ? W.center() : Vector<Rational>((W.lower() + W.upper()) / Rational(2));
    const Rational radius2 =
        ball ? Rational(W.radius() * W.radius()) : Rational((W.upper() - center).squaredNorm());
    const Vector<Rational> p = form->P.lazyProduct(center) + form->q;
    const Rational& s = proof.multipliers(0);
    const Matrix<Rational> M = s * Matrix<Rational>::Identity(p.size(), p.size()) - form->P;
    const Definiteness is = definiteness(M, proof.factors);
    const Rational at_center = form->at(center);
    if (proof.claim == SProcedure::Claim::eigenvalue_on_ball)
      return is.semidefinite && (p.isZero() || radius2 == 0)
                 ? std::optional<Rational>(s * radius2 + at_center)
                 : std::nullopt;
    if (proof.claim != SProcedure::Claim::gradients_on_ball || !is.definite) return std::nullopt;
    return Rational(s * radius2 + p.dot(*solve<Rational>(M, p)) + at_center);
  }

  std::optional<Rational> operator()(const Bisection& p) const {
    if (p.of == Bisection::Of::gradients && !p.halved) {
      const Enclosure whole = squared_gradient(problem, i, bounds::region(problem));
      return whole.is_bounded() ? std::optional<Rational>(upper_end(whole)) : std::nullopt;
    }
    if (!p.halved || p.lower.size() != p.upper.size()) return std::nullopt;
    BoxFunction negated;
    Vector<Enclosure> all;
    if (p.of == Bisection::Of::gradients) {
      if (!problem.domain.is_bounded()) return std::nullopt;
      all = bounds::region(problem);
      negated.bound_below = [&](const Vector<Enclosure>& w) {
        return std::optional<Rational>(-upper_end(squared_gradient(problem, i, w)));
      };
    } else if (p.of == Bisection::Of::loss_slope && i >= 0 &&
               problem.sum->facts().rows != nullptr) {
      const Vector<Rational> x = problem.sum->facts().rows->row(i).transpose();
      const auto range = bounds::range_of(x, problem.domain);
      if (!range || x.isZero()) return std::nullopt;
      all = Vector<Enclosure>::Constant(1, enclose(range->lower, range->upper));
      negated.bound_below = [&problem = problem, i = i, x](const Vector<Enclosure>& t) {
        return std::optional<Rational>(-upper_end(bounds::squared_slope(problem, i, x, t(0))));
      };
    } else {
      return std::nullopt;
    }
    if (!bounds::is_covered(all, p.lower, p.upper)) return std::nullopt;
    if (!is_bound_on_boxes(p.lower, p.upper, negated, *p.halved, -p.bound)) return std::nullopt;
    return p.bound;
  }

  std::optional<Rational> operator()(const Derived& p) const {
    const bool one_each = static_cast<int>(p.from->size()) == problem.size();
    if (p.step != Derived::Step::mean_gradient || i >= 0 || !one_each) return std::nullopt;
    Rational sum = 0;
    for (int j = 0; j < problem.size(); ++j) {
      const auto bound = gradient_bound(problem, j, (*p.from)[static_cast<std::size_t>(j)]);
      if (!bound) return std::nullopt;
      sum += *bound;
    }
    return Rational(sum / problem.size());
  }

  template <class Other>
  std::optional<Rational> operator()(const Other&) const {
    return std::nullopt;
  }
};

Domain on_box(const Problem& problem) {
  const Domain& W = problem.domain;
  return W.kind() == Domain::Kind::product ? W.bounding_box() : W;
}

// What is shown on the bounding box of a product W holds on W.
const Proof* on_box(const Problem& problem, const Proof& proof) {
  if (problem.domain.kind() != Domain::Kind::product) return &proof;
  const auto* derived = std::get_if<Derived>(&proof.kind());
  const bool relaxed =
      derived != nullptr && derived->step == Derived::Step::bounding_box && !derived->from->empty();
  return relaxed ? &derived->from->front() : nullptr;
}

}  // namespace

std::optional<Rational> gradient_bound(const Problem& problem, int i, const Proof& proof) {
  return std::visit(ShownBound{problem, i}, proof.kind());
}

bool lipschitz(const Problem& given, const Fact<Enclosure>& fact) {
  if (!fact.value) return true;
  const PrecisionScope scope(precision());
  const Problem plain{given.sum, simplified(given.domain)};
  const Problem problem{given.sum, on_box(plain)};
  const Proof* proof = on_box(plain, fact.proof);
  const auto* each = proof ? std::get_if<Derived>(&proof->kind()) : nullptr;
  if (each == nullptr || each->step != Derived::Step::largest_gradient ||
      static_cast<int>(each->from->size()) != problem.size())
    return false;
  const Rational L = upper_end(*fact.value);
  for (int i = 0; i < problem.size(); ++i) {
    const auto bound = gradient_bound(problem, i, (*each->from)[static_cast<std::size_t>(i)]);
    if (!bound || L < 0 || *bound > L * L) return false;
  }
  return true;
}

bool second_moment_bound(const Problem& given, const Fact<Enclosure>& fact) {
  if (!fact.value) return true;
  const PrecisionScope scope(precision());
  const Problem plain{given.sum, simplified(given.domain)};
  const Proof* proof = on_box(plain, fact.proof);
  if (proof == nullptr) return false;
  const auto bound = gradient_bound({given.sum, on_box(plain)}, -1, *proof);
  return bound && *bound <= upper_end(*fact.value);
}

}  // namespace graddiv::verify

namespace graddiv::fact {

const FactDefinition<Enclosure> lipschitz{
    {"lipschitz", "L", R"(\|\nabla f_i(w)\| \le L)", "‖∇f_i(w)‖ ≤ L",
     "For every i and w ∈ W; where W is unbounded the gradients must be bounded by themselves. "
     "What "
     "is enclosed is a bound, so that its upper end is one too."},
    [](const Facts& facts) {
      return on_bounding_box(facts, gradient_bound::lipschitz(facts.on_bounding_box()));
    },
    verify::lipschitz};

const FactDefinition<Enclosure> second_moment_bound{
    {"second_moment_bound", "M² ≤", R"(\tfrac1n \sum_i \|\nabla f_i(w)\|^2 \le M^2)",
     "(1/n) Σ‖∇f_i(w)‖² ≤ M²", "For every w ∈ W, an enclosure of a bound likewise."},
    [](const Facts& facts) {
      return on_bounding_box(facts, gradient_bound::second_moment_bound(facts.on_bounding_box()));
    },
    verify::second_moment_bound};

}  // namespace graddiv::fact
