#include <fmt/format.h>

#include <stdexcept>

#include "facts/proof.h"

namespace graddiv {

namespace proof {

Point point(Vector<Rational> w) { return std::make_shared<const Vector<Rational>>(std::move(w)); }

Derived derived(Derived::Step step, const Proof& from) {
  return {step, std::make_shared<const std::vector<Proof>>(1, from)};
}

namespace {

Text sentence(Unknown::Reason reason) {
  using R = Unknown::Reason;
  switch (reason) {
    case R::no_upper_curvature:
      return "the family knows no upper curvature bound";
    case R::no_lower_curvature:
      return "the family knows no lower curvature bound";
    case R::not_convex:
      return "$F$ is not convex";
    case R::not_certified_convex:
      return "$F$ is not certified convex";
    case R::no_convex_lower_bound:
      return "no certified lower bound of $F$";
    case R::no_other_lower_bound:
      return "$F$ is not certified convex and no lower bound is known";
    case R::no_bounded_value:
      return "no bounded value of $F$ was found";
    case R::no_guess:
      return "no minimiser was found in floating point";
    case R::no_minimizer:
      return "$F$ is convex, but neither was a minimiser found exactly nor is $F$ certified "
             "strongly "
             "convex, be it near one";
    case R::no_sphere_multiplier:
      return "the minimiser is on the sphere, and its multiplier could not be enclosed";
    case R::outside_W:
      return "the minimiser over the bounding box of $W$ is not known to lie in $W$";
    case R::product_of_sets:
      return "$W$ is a product of sets";
    case R::beyond_doubles:
      return "the numbers are beyond those that a guess can be made with";
    case R::bounded_domain:
      return "none is known on $R^d$, nor looked for on $W$ alone";
    case R::neither_strongly_convex_nor_quadratic:
      return "$F$ is neither certified strongly convex nor quadratic";
    case R::no_positive_constant:
      return "no positive constant could be certified";
    case R::dependent_rows:
      return "the rows are not independent";
    case R::not_generalized_linear:
      return "the functions are not generalized linear";
    case R::unbounded_gradients:
      return "$W$ is unbounded and so are the gradients, as far as could be told";
  }
  throw std::logic_error("no such reason");
}

Text sentence(ByDefinition::Rule rule) {
  using R = ByDefinition::Rule;
  switch (rule) {
    case R::constant_objective:
      return "$F$ is constant: every $μ$ will do";
    case R::all_gradients_vanish:
      return "all gradients vanish everywhere";
    case R::gradients_sum_to_zero:
      return "$ΣC = 0$: the gradients sum up to zero everywhere";
    case R::gradients_sum_to_zero_on_W:
      return "the gradients sum up to zero on all of $W$";
    case R::one_function:
      return "all functions are one: $B_S ≡ 1$";
    case R::cauchy_schwarz:
      return "Cauchy–Schwarz";
    case R::conflict_graph:
      return "conflict graph: $n/(ρ+1)$";
    case R::constant_gradient:
      return "constant gradients";
    case R::steepest_piece:
      return "a gradient is that of a piece";
    case R::zero_gradient:
      return "zero gradients";
    case R::bounded_loss_slope:
      return "the slope of the loss is bounded";
    case R::ends_of_range:
      return "convex in $x_iᵀw$, steepest at an end of its range";
    case R::vertex_of_box:
      return "convex, largest at a vertex of the box: exact";
    case R::W_is_a_point:
      return "exact: $W$ is a point";
    case R::smoothness_about_center:
      return "gradients at the centre and smoothness";
    case R::linear_on_ball:
      return "closed form for a linear function on a ball";
    case R::row_norms:
      return "exact";
    case R::convex_with_bounded_gradients:
      return "$F$ is convex, and not strongly: its gradients are bounded on $R^d$";
    case R::flat_beside_rows:
      return "$F$ is convex, and constant along a direction orthogonal to all $x_i$";
  }
  throw std::logic_error("no such rule");
}

Text sentence(KktPoint::Found found) {
  using F = KktPoint::Found;
  switch (found) {
    case F::solve:
      return "exact solution of $∇F = 0$";
    case F::least_norm:
      return "exact least-norm solution of $∇F = 0$";
    case F::center:
      return "the centre of the ball";
    case F::inside_ball:
      return "exact solution inside the ball";
    case F::sphere:
      return "exact solution on the sphere, multiplier ";
    case F::active_set:
      return "exact active-set solution of the quadratic program";
    case F::newton:
      return "exact Newton step, optimality of $F$ checked exactly";
    case F::rounding:
      return "optimality of $F$ checked exactly";
    case F::faces:
      return "least of the stationary points of all faces of the box, exact";
  }
  throw std::logic_error("no such way");
}

/// How A ⪰ 0 was shown: the factors, or an exact test that kept none (linear/ldlt.h).
Text certified_with(const Factors& factors) {
  return factors ? Text("certified by exact LDLᵀ") : Text("certified exactly");
}

struct Sentence {
  Text operator()(const Unknown& p) const { return sentence(p.reason); }
  Text operator()(const UnboundedBelow& p) const {
    if (p.curvature == 0) return "$F$ is convex but unbounded below";
    // Rounded data: a hint for readers, and for no verdict.
    const auto part = static_cast<double>(Rational(-p.curvature / p.size));
    const Text what = "$F$ is not convex and unbounded below";
    if (part >= 0x1p-30) return what;
    return what + ": its Hessian misses semidefiniteness by " +
           Text::formula(fmt::format("{:.2g}", part)) +
           " of its largest entry, as rounding of the data may do";
  }
  Text operator()(const ByDefinition& p) const { return sentence(p.rule); }

  Text operator()(const Semidefinite& p) const {
    using I = Semidefinite::Inequality;
    const Text certified = certified_with(p.factors);
    const auto eigenvalue_of = [&](const Text& what) {
      return p.tight ? "exact eigenvalue of " + what
                     : "eigenvalue bound of " + what + ", " + certified;
    };
    switch (p.inequality) {
      case I::hessian:
        return eigenvalue_of("the Hessian");
      case I::curvature_bounds:
        return eigenvalue_of("the family's curvature bounds");
      case I::curvature_on_W:
        return eigenvalue_of("the family's curvature bounds on $W$");
      case I::hessian_squared:
        return p.tight ? "smallest non-zero eigenvalue of the Hessian, exact"
                       : "$H² − μH ⪰ 0$ " + certified;
      case I::pl_rows:
        return "PL losses of independent rows, $λ_min(XXᵀ)$ certified";
      case I::columns:
        return "largest eigenvalue of $XᵀX$";
      case I::rows:
        return "largest eigenvalue of $XXᵀ$";
      case I::unit_rows:
        return "largest eigenvalue of $YᵀY$";
      case I::unit_rows_bound:
        return "$n/σ_max(Y)²$, $Y$ the rows scaled to unit length, " + certified;
      case I::diversity:
        return "$nΣCᵀC − t(ΣC)ᵀ(ΣC) ⪰ 0$ " + certified;
    }
    throw std::logic_error("no such inequality");
  }

  Text operator()(const SProcedure& p) const {
    switch (p.claim) {
      case SProcedure::Claim::diversity_on_W:
        return "S-procedure on $W$, multipliers " + certified_with(p.factors);
      case SProcedure::Claim::gradients_on_ball:
        return "S-lemma on the ball, multiplier certified exactly";
      case SProcedure::Claim::eigenvalue_on_ball:
        return "largest eigenvalue on the ball";
    }
    throw std::logic_error("no such claim");
  }

  Text operator()(const KktPoint& p) const {
    Text text = sentence(p.found);
    if (p.found == KktPoint::Found::sphere) text += Text::formula(p.multipliers(0).to_string());
    return text;
  }
  Text operator()(const Subgradients& p) const {
    if (p.weights)
      return "0 is a subgradient of $F$ and the sides of $W$, with exact weights of the largest "
             "pieces";
    return "0 is a mean of the subgradients of all pieces of the maxima";
  }
  Text operator()(const Interpolation&) const {
    return "every $f_i$ is least at this point (interpolation)";
  }
  Text operator()(const Bracket& p) const {
    if (p.of == Bracket::Of::derivative) return "bracketed by the sign of $F'$";
    return "on the sphere, multiplier enclosed by rigorous solves at both ends";
  }
  Text operator()(const Nearness& p) const {
    Text text = "distance to $w*$ bounded by ";
    if (p.rule == Nearness::Rule::sphere_multiplier) return text + "the multiplier of the sphere";
    if (p.rule == Nearness::Rule::weights_of_pieces) return text + "a mean of the pieces";
    text += "strong convexity";
    if (p.rule == Nearness::Rule::strong_convexity_about_point) text += " about a point";
    if (p.along_rows) text += " along the rows; the one of least norm";
    return text;
  }
  Text operator()(const DualityGap& p) const {
    switch (p.rule) {
      case DualityGap::Rule::lower_bounds:
        return "between the lower bounds of the functions and a value of $F$";
      case DualityGap::Rule::frank_wolfe:
        return "between $F(w)$ less its Frank–Wolfe gap and $F(w)$";
      case DualityGap::Rule::strong_convexity:
        return "between $F(w) − ‖∇F(w)‖²/(2λ)$ and $F(w)$";
      case DualityGap::Rule::sphere_multiplier:
        return "between a bound by a multiplier of the sphere and $F(w)$";
      case DualityGap::Rule::weights_of_pieces:
        return "between a mean of the pieces and $F(w)$";
      case DualityGap::Rule::convex_minorant:
        return "between the minimum of a convex function below $F$ and $F(w)$";
    }
    throw std::logic_error("no such rule");
  }
  Text operator()(const Bisection& p) const {
    switch (p.of) {
      case Bisection::Of::batch_size_bound:
        return "interval evaluation, bisecting $W$";
      case Bisection::Of::gradients:
        if (p.halved) return "interval evaluation of the gradients, bisecting $W$";
        return "interval evaluation of the gradients over $W$";
      case Bisection::Of::loss_slope:
        return "range of $x_iᵀw$ over $W$, interval evaluation of the slope";
      case Bisection::Of::curvature:
        return "eigenvalue bounds of the family's curvature bounds on parts of $W$";
    }
    throw std::logic_error("nothing to bisect for");
  }

  Text operator()(const InDoubles& p) const {
    const Text how = ", in doubles with bounds of their rounding";
    switch (p.rule) {
      case InDoubles::Rule::curvature:
        return "eigenvalue bound of the family's curvature bounds" + how;
      case InDoubles::Rule::curvature_on_W:
        return "eigenvalue bound of the family's curvature bounds on a ball around $W$" + how;
      case InDoubles::Rule::pl_rows:
        return "PL losses of independent rows, $λ_min(XXᵀ)$ bounded" + how;
      case InDoubles::Rule::rows:
        return "largest eigenvalue of $XᵀX$" + how;
      case InDoubles::Rule::unit_rows:
        return "largest eigenvalue of $YᵀY$" + how;
      case InDoubles::Rule::unit_rows_bound:
        return "$n/σ_max(Y)²$, $Y$ the rows scaled to unit length" + how;
      case InDoubles::Rule::gradients_about_center:
        return "gradients at the centre of $W$ and smoothness, or bounded slopes" + how;
    }
    throw std::logic_error("no such rule");
  }

  Text operator()(const Derived& p) const {
    const auto from = [&] { return to_text(p.from->at(p.decisive)); };
    switch (p.step) {
      case Derived::Step::bounding_box:
        return from() + ", on the bounding box of $W$";
      case Derived::Step::value_in_W:
        return "between the optimum over the bounding box of $W$ and the value at a point of $W$";
      case Derived::Step::strong_convexity:
        return "strong convexity: " + from();
      case Derived::Step::regularization:
        return "$ρ$ more than without the regularization: " + from();
      case Derived::Step::mean_gradient:
        return "each gradient by itself: " + from();
      case Derived::Step::on_all_of_space:
      case Derived::Step::largest_gradient:
      case Derived::Step::attained:
      case Derived::Step::approached:
        return from();
    }
    throw std::logic_error("no such step");
  }
};

}  // namespace
}  // namespace proof

Text to_text(const Proof& proof) { return std::visit(proof::Sentence{}, proof.kind()); }
std::string to_sentence(const Proof& proof) { return to_text(proof).plain(); }

}  // namespace graddiv
