#include "facts/convexity.h"
#include "facts/curvature.h"
#include "facts/large.h"
#include "facts/minimizer.h"
#include "facts/shown_minimum.h"
#include "facts/simplified.h"
#include "facts/verify.h"
#include "number/exact.h"

// What a proof shows of w* and F*, computed anew; a fact is shown where it encloses that.
namespace graddiv::verify {

namespace {

using proof::Derived;

struct Shown {
  std::optional<Vector<Enclosure>> minimizer;
  std::optional<Enclosure> optimum;
};

Truth is_zero(const Vector<Enclosure>& v) {
  Truth zero = Truth::yes;
  for (const Enclosure& x : v) zero = zero && (x == 0).truth();
  return zero;
}

// −∇F(w) in the normal cone of W at w, for F as convex as facts/convexity.h asks for: ∇F(w) = 0
// where the multipliers are none; ∇F(w) ≥ 0 where w_j may rise and ≤ 0 where it may fall in a box;
// ∇F(w) = −ν(w − c) on a sphere.
bool is_kkt_point(const Problem& problem, const proof::KktPoint& proof) {
  const Domain& W = problem.domain;
  const Vector<Rational>& w = *proof.w;
  const Vector<Enclosure> g = full_gradient(problem, enclose(w));
  if (W.kind() == Domain::Kind::box && proof.multipliers.size() == w.size()) {
    for (Eigen::Index j = 0; j < w.size(); ++j) {
      if ((g(j) == proof.multipliers(j)).truth() == Truth::no) return false;
      if (w(j) < W.upper()(j) && (g(j) >= 0).truth() != Truth::yes) return false;
      if (w(j) > W.lower()(j) && (g(j) <= 0).truth() != Truth::yes) return false;
    }
    return true;
  }
  if (W.kind() == Domain::Kind::ball && proof.multipliers.size() == 1) {
    const Enclosure& nu = proof.multipliers(0);
    const Vector<Rational> offset = w - W.center();
    if (nu.is_exact() && (nu == 0).truth() == Truth::yes) return is_zero(g) == Truth::yes;
    return offset.squaredNorm() == W.radius() * W.radius() && (nu >= 0).truth() == Truth::yes &&
           is_zero(g + enclose(offset) * nu) == Truth::yes;
  }
  const bool is_point = W.kind() == Domain::Kind::ball && W.radius() == 0;
  return proof.multipliers.size() == 0 && (is_point || is_zero(g) == Truth::yes);
}

// F'(a) ≤ 0 ≤ F'(b) for convex F on R, or an end of W in the place of a sign.
bool brackets_minimizer(const Problem& problem, const proof::Bracket& proof) {
  if (problem.dimension() != 1 || proof.lower > proof.upper ||
      problem.domain.kind() == Domain::Kind::product)
    return false;
  const auto slope = [&](const Rational& t) {
    return full_gradient(problem, Vector<Enclosure>::Constant(1, enclose(t)).eval())(0);
  };
  bool from_first = false;
  bool to_last = false;
  if (problem.domain.is_bounded()) {
    const auto [first, last] = ends_of_interval(problem.domain);
    if (proof.lower < first || proof.upper > last) return false;
    from_first = proof.lower == first;
    to_last = proof.upper == last;
  }
  return (from_first || (slope(proof.lower) <= 0).truth() == Truth::yes) &&
         (to_last || (slope(proof.upper) >= 0).truth() == Truth::yes);
}

// 0 = Σ_i (Σ_l μ_il a_il + q_i ∘ w) + Aw + b, μ_i weights of the pieces of f_i that are largest at
// w, and Aw + b the gradient of the quadratic functions beside them.
bool are_subgradients(const Problem& problem, const proof::Subgradients& proof) {
  const auto functions = max_affine_functions(problem, proof.weights != nullptr);
  if (functions.empty() || (proof.weights && proof.weights->size() != functions.size()))
    return false;
  const Vector<Rational>& w = *proof.w;
  const QuadraticFunction beside = *beside_maxima(problem);
  Vector<Rational> sum = beside.A * w + beside.b;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const MaxAffineFunction& f = functions[i];
    const auto pieces = static_cast<Eigen::Index>(f.pieces.size());
    const Vector<Rational> weights =
        proof.weights ? (*proof.weights)[i]
                      : Vector<Rational>::Constant(pieces, Rational(1, static_cast<long>(pieces)));
    if (weights.size() != pieces || weights.minCoeff() < 0 || weights.sum() != 1) return false;
    Vector<Rational> values(pieces);
    for (Eigen::Index l = 0; l < pieces; ++l) {
      const AffinePiece& piece = f.pieces[static_cast<std::size_t>(l)];
      values(l) = piece.a.dot(w) + piece.offset;
      sum += weights(l) * piece.a;
    }
    for (Eigen::Index l = 0; l < pieces; ++l) {
      if (weights(l) != 0 && values(l) != values.maxCoeff()) return false;
    }
    sum += f.curvature.cwiseProduct(w);
  }
  return sum.isZero();
}

bool is_in_W(const Problem& problem, const Vector<Rational>& w) {
  return w.size() == problem.dimension() && problem.domain.contains(enclose(w)) == Truth::yes;
}

Shown shown_by(const Problem& problem, const Proof& proof);

struct ShownBy {
  const Problem& problem;

  Shown at(const Vector<Rational>& w) const { return {enclose(w), objective(problem, enclose(w))}; }

  // A quadratic function's minimum over a ball or a box, found anew.
  Shown of_quadratic() const {
    const auto q = quadratic_objective(problem);
    if (!q || problem.domain.kind() == Domain::Kind::product) return {};
    const Minimum minimum = minimize_quadratic(*q, problem.domain);
    return {minimum.minimizer.value, minimum.optimum.value};
  }
  // That of maxima of affine functions over a ball, likewise.
  Shown of_pieces() const {
    const auto minimum = max_affine_minimum_on_ball(problem);
    if (!minimum) return {};
    return {minimum->minimizer.value, minimum->optimum.value};
  }

  Shown operator()(const proof::KktPoint& p) const {
    if (p.found == proof::KktPoint::Found::faces) return of_quadratic();
    if (!is_in_W(problem, *p.w) || !convexity::is_shown(problem, p) || !is_kkt_point(problem, p))
      return {};
    return at(*p.w);
  }
  Shown operator()(const proof::Subgradients& p) const {
    if (!is_in_W(problem, *p.w) || !are_subgradients(problem, p)) return {};
    return at(*p.w);
  }
  Shown operator()(const proof::Interpolation& p) const {
    if (!is_in_W(problem, *p.w) || !interpolates(problem, *p.w)) return {};
    return at(*p.w);
  }

  Shown operator()(const proof::Bracket& p) const {
    if (p.of == proof::Bracket::Of::sphere_multiplier) {
      const auto q = quadratic_objective(problem);
      if (!q || problem.domain.kind() != Domain::Kind::ball) return {};
      if (!convexity::is_shown(problem, p)) return {};
      if (!curvature::is_certainly_convex(problem)) return of_quadratic();
      const auto minimum = minimum_on_sphere(*q, problem.domain, p);
      if (!minimum) return {};
      return {*minimum->minimizer.value, *minimum->optimum.value};
    }
    if (!convexity::is_shown(problem, p) || !brackets_minimizer(problem, p)) return {};
    return {Vector<Enclosure>::Constant(1, enclose(p.lower, p.upper)),
            optimum_between(problem, p.lower, p.upper)};
  }

  Shown operator()(const proof::ByDefinition& p) const {
    const auto q = quadratic_objective(problem);
    if (p.rule != proof::ByDefinition::Rule::linear_on_ball || !q || !q->A.is_zero() ||
        problem.domain.kind() != Domain::Kind::ball)
      return {};
    const Minimum minimum = minimize_quadratic(*q, problem.domain);
    return {minimum.minimizer.value, minimum.optimum.value};
  }

  Shown operator()(const proof::Nearness& p) const {
    if (p.rule == proof::Nearness::Rule::weights_of_pieces)
      return {of_pieces().minimizer, std::nullopt};
    if (!convexity::is_shown(problem, p) || p.w->size() != problem.dimension()) return {};
    return {enclosure_by(problem, p), std::nullopt};
  }

  Shown operator()(const proof::DualityGap& p) const {
    using Rule = proof::DualityGap::Rule;
    if (p.rule == Rule::weights_of_pieces) return {std::nullopt, of_pieces().optimum};
    if (p.rule == Rule::sphere_multiplier || p.rule == Rule::convex_minorant) {
      if (!convexity::is_shown(problem, p)) return {};
      return {std::nullopt, of_quadratic().optimum};
    }
    if (p.w->size() != problem.dimension()) return {};
    const Vector<Enclosure> point = problem.domain.project(enclose(*p.w));
    const Enclosure value = objective(problem, point);
    if (!value.is_bounded()) return {};
    std::optional<Rational> lambda;
    if (!convexity::is_shown(problem, p)) return {};
    if (p.rule == Rule::strong_convexity) {
      lambda = p.lambda;
      const bool holds = !p.near || (p.near->lambda == p.lambda && *p.near->w == *p.w &&
                                     p.near->rule != proof::Nearness::Rule::sphere_multiplier &&
                                     (*this)(*p.near).minimizer);
      if (!holds || p.lambda <= 0) return {};
    }
    const auto lower = lower_bound_of_optimum(problem, point, p.rule, lambda);
    if (!lower) return {};
    return {std::nullopt, enclose(std::min(*lower, upper_end(value)), upper_end(value))};
  }

  Shown operator()(const Derived& p) const {
    if (p.step != Derived::Step::value_in_W || p.from->size() != 1 || !p.w) return {};
    const Problem box{problem.sum, problem.domain.bounding_box()};
    const Shown below = shown_by(box, p.from->front());
    if (!below.optimum || p.w->size() != problem.dimension()) return {};
    const Enclosure value = objective(problem, problem.domain.project(enclose(*p.w)));
    return {std::nullopt, Enclosure::hull(below.optimum->lower(), value.upper())};
  }

  template <class Other>
  Shown operator()(const Other&) const {
    return {};
  }
};

Shown shown_by(const Problem& problem, const Proof& proof) {
  // A minimum over the bounding box that lies in W, a product, is one over W.
  if (problem.domain.kind() == Domain::Kind::product &&
      !std::holds_alternative<Derived>(proof.kind())) {
    const Shown shown = shown_by({problem.sum, problem.domain.bounding_box()}, proof);
    const bool in_W =
        shown.minimizer && lies_within(problem.domain, *shown.minimizer) == Truth::yes;
    if (in_W) return shown;
  }
  return std::visit(ShownBy{problem}, proof.kind());
}

}  // namespace

bool minimizer(const Problem& problem, const Fact<Vector<Enclosure>>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  const PrecisionScope scope(precision());
  const Problem plain{problem.sum, simplified(problem.domain)};
  const auto shown = shown_by(plain, fact.proof).minimizer;
  if (!shown || shown->size() != fact.value->size()) return false;
  for (Eigen::Index j = 0; j < shown->size(); ++j) {
    if (!(*fact.value)(j).contains((*shown)(j))) return false;
  }
  return true;
}

bool optimum(const Problem& problem, const Fact<Enclosure>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  const PrecisionScope scope(precision());
  const Problem plain{problem.sum, simplified(problem.domain)};
  const auto shown = shown_by(plain, fact.proof).optimum;
  return shown && fact.value->contains(*shown);
}

}  // namespace graddiv::verify
