#include <algorithm>
#include <utility>

#include "facts/branch_and_bound.h"
#include "facts/gradient_rules.h"
#include "facts/large.h"
#include "facts/semidefinite.h"
#include "facts/simplified.h"
#include "facts/verify.h"
#include "linear/solve.h"
#include "number/exact.h"

// What a proof shows of the length of gradients on W, computed anew.
namespace graddiv::verify {

namespace {

namespace bounds = graddiv::gradient_bound;
using bounds::Bound, bounds::convex_form;
using proof::Bisection, proof::ByDefinition, proof::Derived, proof::SProcedure;

// ‖∇f_i‖², or M² for i = −1, in intervals.
Enclosure squared_gradient(const Problem& problem, int i, const Vector<Enclosure>& w) {
  return i < 0 ? bounds::mean_squared_norm(problem, w)
               : bounds::squared_norm(problem.sum->gradient(i, w));
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

struct ShownBound {
  const Problem& problem;
  int i;

  std::optional<GradientBound> operator()(const ByDefinition& p) const {
    using Rule = ByDefinition::Rule;
    std::optional<Bound> bound;
    const auto form = convex_form(problem, i);
    const auto box = bounds::as_box(problem.domain);
    if (p.rule == Rule::constant_gradient && form && form->P.isZero() && form->q.isZero())
      return GradientBound{form->r, true};
    if (p.rule == Rule::W_is_a_point && form && box && box->first == box->second)
      return GradientBound{form->at(box->first), true};
    if (p.rule == Rule::steepest_piece && i >= 0) bound = bounds::of_pieces(problem, i);
    if (p.rule == Rule::vertex_of_box && form && box)
      bound = bounds::on_vertices(*form, box->first, box->second);
    if (p.rule == Rule::smoothness_about_center && i >= 0)
      bound = bounds::by_smoothness(problem, i);
    // The others are evaluated along x_i; the rule must be the one that applies there.
    if (!bound && i >= 0 && problem.sum->facts().rows != nullptr) {
      bound = bounds::by_rule_along_row(problem, i);
      const auto* same = bound ? std::get_if<ByDefinition>(&bound->proof.kind()) : nullptr;
      if (same == nullptr || same->rule != p.rule) return std::nullopt;
    }
    if (!bound) return std::nullopt;
    return GradientBound{bound->value, bound->is_best};
  }

  // uᵀPu + 2pᵀu + r ≤ sR² + pᵀ(sI − P)⁻¹p + r for ‖u‖ ≤ R and sI − P ≻ 0, with equality at u =
  // (sI − P)⁻¹p where that has the length R; ⪰ 0 will do for p = 0, where equality is at the u of
  // length R with Pu = su, if there are any.
  std::optional<GradientBound> operator()(const SProcedure& proof) const {
    const auto form = convex_form(problem, i);
    const Domain& W = problem.domain;
    if (!form || !W.is_bounded() || proof.multipliers.size() != 1 ||
        proof.claim == SProcedure::Claim::diversity_on_W)
      return std::nullopt;
    const bool ball = W.kind() == Domain::Kind::ball;
    const Vector<Rational> center =
        ball ? W.center() : Vector<Rational>((W.lower() + W.upper()) / Rational(2));
    const Rational radius2 =
        ball ? Rational(W.radius() * W.radius()) : Rational((W.upper() - center).squaredNorm());
    const Vector<Rational> p = form->P.lazyProduct(center) + form->q;
    const Rational& s = proof.multipliers(0);
    const Matrix<Rational> M = *matrix_of(problem, proof, i);
    const Definiteness is = definiteness(M, proof.factors);
    const Rational at_center = form->at(center);
    if (proof.claim == SProcedure::Claim::eigenvalue_on_ball) {
      if (!is.semidefinite || !(p.isZero() || radius2 == 0)) return std::nullopt;
      const bool is_attained = p.isZero() && !is.definite;
      return GradientBound{s * radius2 + at_center, radius2 == 0 || (ball && is_attained)};
    }
    if (proof.claim != SProcedure::Claim::gradients_on_ball || !is.definite) return std::nullopt;
    const Vector<Rational> u = *solve<Rational>(M, p);
    return GradientBound{s * radius2 + p.dot(u) + at_center, ball && u.squaredNorm() == radius2};
  }

  std::optional<GradientBound> operator()(const Bisection& p) const {
    if (p.of == Bisection::Of::gradients && !p.halved) {
      const Enclosure whole = squared_gradient(problem, i, bounds::region(problem));
      return whole.is_bounded() ? std::optional(GradientBound{upper_end(whole)}) : std::nullopt;
    }
    if (!p.halved || p.lower.size() != p.upper.size()) return std::nullopt;
    GradientBound shown{p.bound};
    BoxFunction negated;
    if (p.of == Bisection::Of::gradients) {
      if (!problem.domain.is_bounded() || !is_covered(bounds::region(problem), p.lower, p.upper))
        return std::nullopt;
      negated.bound_below = [&](const Vector<Enclosure>& w) {
        return std::optional<Rational>(-upper_end(squared_gradient(problem, i, w)));
      };
    } else if (p.of == Bisection::Of::loss_slope && i >= 0 &&
               problem.sum->facts().rows != nullptr) {
      const Vector<Rational> x = problem.sum->facts().rows->row(i).transpose();
      const auto range = bounds::range_of(x, problem.domain);
      // Exactly, as enclosures round the ends.
      if (!range || x.isZero() || p.lower.size() != 1 || p.lower(0) > range->lower ||
          p.upper(0) < range->upper)
        return std::nullopt;
      negated.bound_below = [this](const Vector<Enclosure>& t) {
        return std::optional<Rational>(-upper_end(bounds::squared_slope(problem, i, t(0))));
      };
      const Enclosure at_ends = bounds::squared_slope_at_ends(problem, i, *range);
      shown.is_best = at_ends.is_exact() && exact_value(at_ends) == p.bound;
    } else {
      return std::nullopt;
    }
    if (!is_bound_on_boxes(p.lower, p.upper, negated, *p.halved, -p.bound)) return std::nullopt;
    return shown;
  }

  std::optional<GradientBound> operator()(const Derived& p) const {
    const bool one_each = static_cast<int>(p.from->size()) == problem.size();
    if (p.step != Derived::Step::mean_gradient || i >= 0 || !one_each) return std::nullopt;
    GradientBound mean;
    for (int j = 0; j < problem.size(); ++j) {
      const auto bound = gradient_bound(problem, j, (*p.from)[static_cast<std::size_t>(j)]);
      if (!bound) return std::nullopt;
      mean.value += bound->value / problem.size();
      // Those of several need not be attained at one point.
      mean.is_best = problem.size() == 1 && bound->is_best;
    }
    return mean;
  }

  std::optional<GradientBound> operator()(const proof::InDoubles&) const {
    const auto shown = i < 0 ? large::shown_second_moment(problem) : std::nullopt;
    return shown ? std::optional(GradientBound{*shown}) : std::nullopt;
  }

  template <class Other>
  std::optional<GradientBound> operator()(const Other&) const {
    return std::nullopt;
  }
};

// A fact on W with its proof; on the bounding box of a product W what is shown there, where nothing
// is known to be the best.
struct OnBox {
  Problem problem;
  const Proof* proof = nullptr;  // null where it does not speak of this W
};

OnBox on_box(const Problem& given, const Fact<Enclosure>& fact) {
  const Domain W = simplified(given.domain);
  if (W.kind() != Domain::Kind::product) return {{given.sum, W}, &fact.proof};
  OnBox result{{given.sum, W.bounding_box()}};
  const auto* derived = std::get_if<Derived>(&fact.proof.kind());
  if (derived != nullptr && derived->step == Derived::Step::bounding_box &&
      !derived->from->empty() && !fact.is_best)
    result.proof = &derived->from->front();
  return result;
}

}  // namespace

std::optional<GradientBound> gradient_bound(const Problem& problem, int i, const Proof& proof) {
  return std::visit(ShownBound{problem, i}, proof.kind());
}

bool lipschitz(const Problem& given, const Fact<Enclosure>& fact) {
  if (!fact.value) return true;
  const PrecisionScope scope(precision());
  const auto [problem, proof] = on_box(given, fact);
  if (proof != nullptr && std::holds_alternative<proof::InDoubles>(proof->kind())) {
    const auto shown = large::shown_lipschitz2(problem);
    return shown && !fact.is_best &&
           (square(fact.value->upper()) >= enclose(*shown)).truth() == Truth::yes;
  }
  const auto* each = proof ? std::get_if<Derived>(&proof->kind()) : nullptr;
  if (each == nullptr || each->step != Derived::Step::largest_gradient ||
      static_cast<int>(each->from->size()) != problem.size())
    return false;
  const Rational L = upper_end(*fact.value);
  bool is_attained = false;  // by one of them, at a point of W
  for (int i = 0; i < problem.size(); ++i) {
    const auto bound = gradient_bound(problem, i, (*each->from)[static_cast<std::size_t>(i)]);
    if (!bound || L < 0 || bound->value > L * L) return false;
    is_attained =
        is_attained || (bound->is_best && fact.value->contains(sqrt(enclose(bound->value))));
  }
  return is_attained || !fact.is_best;
}

bool second_moment_bound(const Problem& given, const Fact<Enclosure>& fact) {
  if (!fact.value) return true;
  const PrecisionScope scope(precision());
  const auto [problem, proof] = on_box(given, fact);
  if (proof == nullptr) return false;
  const auto bound = gradient_bound(problem, -1, *proof);
  if (!bound || bound->value > upper_end(*fact.value)) return false;
  return !fact.is_best || (bound->is_best && fact.value->contains(enclose(bound->value)));
}

}  // namespace graddiv::verify
