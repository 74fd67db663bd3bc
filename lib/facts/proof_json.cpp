#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "facts/proof.h"
#include "linear/ldlt.h"

namespace graddiv {

namespace proof {
namespace {

using Json = nlohmann::ordered_json;

// ---- names of the cases, as the sentences of proof_text.cpp have them ---------------------------

template <class Case>
struct Name {
  Case is;
  const char* name;
};
template <class Case, std::size_t count>
const char* name_in(const Name<Case> (&names)[count], Case wanted) {
  for (const auto& [is, name] : names) {
    if (is == wanted) return name;
  }
  throw std::logic_error("a case without a name");
}

const char* name_of(Unknown::Reason reason) {
  using R = Unknown::Reason;
  static constexpr Name<R> names[] = {
      {R::no_upper_curvature, "no-upper-curvature"},
      {R::no_lower_curvature, "no-lower-curvature"},
      {R::not_convex, "not-convex"},
      {R::not_certified_convex, "not-certified-convex"},
      {R::no_convex_lower_bound, "no-convex-lower-bound"},
      {R::no_other_lower_bound, "no-other-lower-bound"},
      {R::no_bounded_value, "no-bounded-value"},
      {R::no_guess, "no-guess"},
      {R::no_minimizer, "no-minimizer"},
      {R::no_sphere_multiplier, "no-sphere-multiplier"},
      {R::outside_W, "outside-W"},
      {R::product_of_sets, "product-of-sets"},
      {R::beyond_doubles, "beyond-doubles"},
      {R::bounded_domain, "bounded-domain"},
      {R::neither_strongly_convex_nor_quadratic, "neither-strongly-convex-nor-quadratic"},
      {R::no_positive_constant, "no-positive-constant"},
      {R::dependent_rows, "dependent-rows"},
      {R::not_generalized_linear, "not-generalized-linear"},
      {R::unbounded_gradients, "unbounded-gradients"},
  };
  return name_in(names, reason);
}

const char* name_of(ByDefinition::Rule rule) {
  using R = ByDefinition::Rule;
  static constexpr Name<R> names[] = {
      {R::constant_objective, "constant-objective"},
      {R::all_gradients_vanish, "all-gradients-vanish"},
      {R::gradients_sum_to_zero, "gradients-sum-to-zero"},
      {R::gradients_sum_to_zero_on_W, "gradients-sum-to-zero-on-W"},
      {R::one_function, "one-function"},
      {R::cauchy_schwarz, "cauchy-schwarz"},
      {R::conflict_graph, "conflict-graph"},
      {R::constant_gradient, "constant-gradient"},
      {R::steepest_piece, "steepest-piece"},
      {R::zero_gradient, "zero-gradient"},
      {R::bounded_loss_slope, "bounded-loss-slope"},
      {R::ends_of_range, "ends-of-range"},
      {R::vertex_of_box, "vertex-of-box"},
      {R::W_is_a_point, "W-is-a-point"},
      {R::smoothness_about_center, "smoothness-about-center"},
      {R::linear_on_ball, "linear-on-ball"},
      {R::row_norms, "row-norms"},
      {R::convex_with_bounded_gradients, "convex-with-bounded-gradients"},
      {R::flat_beside_rows, "flat-beside-rows"},
  };
  return name_in(names, rule);
}

const char* name_of(Semidefinite::Inequality inequality) {
  using I = Semidefinite::Inequality;
  static constexpr Name<I> names[] = {
      {I::hessian, "hessian"},
      {I::curvature_bounds, "curvature-bounds"},
      {I::curvature_on_W, "curvature-on-W"},
      {I::hessian_squared, "hessian-squared"},
      {I::pl_rows, "pl-rows"},
      {I::columns, "columns"},
      {I::rows, "rows"},
      {I::unit_rows, "unit-rows"},
      {I::unit_rows_bound, "unit-rows-bound"},
      {I::diversity, "diversity"},
  };
  return name_in(names, inequality);
}

const char* name_of(SProcedure::Claim claim) {
  using C = SProcedure::Claim;
  static constexpr Name<C> names[] = {{C::diversity_on_W, "diversity-on-W"},
                                      {C::gradients_on_ball, "gradients-on-ball"},
                                      {C::eigenvalue_on_ball, "eigenvalue-on-ball"}};
  return name_in(names, claim);
}

const char* name_of(KktPoint::Found found) {
  using F = KktPoint::Found;
  static constexpr Name<F> names[] = {
      {F::solve, "solve"},   {F::least_norm, "least-norm"},
      {F::center, "center"}, {F::inside_ball, "inside-ball"},
      {F::sphere, "sphere"}, {F::active_set, "active-set"},
      {F::newton, "newton"}, {F::rounding, "rounding"},
      {F::faces, "faces"},
  };
  return name_in(names, found);
}

const char* name_of(Nearness::Rule rule) {
  using R = Nearness::Rule;
  static constexpr Name<R> names[] = {
      {R::sphere_multiplier, "sphere-multiplier"},
      {R::strong_convexity, "strong-convexity"},
      {R::strong_convexity_about_point, "strong-convexity-about-point"},
      {R::weights_of_pieces, "weights-of-pieces"}};
  return name_in(names, rule);
}

const char* name_of(DualityGap::Rule rule) {
  using R = DualityGap::Rule;
  static constexpr Name<R> names[] = {
      {R::lower_bounds, "lower-bounds"},           {R::frank_wolfe, "frank-wolfe"},
      {R::strong_convexity, "strong-convexity"},   {R::sphere_multiplier, "sphere-multiplier"},
      {R::weights_of_pieces, "weights-of-pieces"}, {R::convex_minorant, "convex-minorant"}};
  return name_in(names, rule);
}

const char* name_of(Bisection::Of of) {
  using O = Bisection::Of;
  static constexpr Name<O> names[] = {{O::batch_size_bound, "batch-size-bound"},
                                      {O::gradients, "gradients"},
                                      {O::loss_slope, "loss-slope"},
                                      {O::curvature, "curvature"}};
  return name_in(names, of);
}

const char* name_of(Derived::Step step) {
  using S = Derived::Step;
  static constexpr Name<S> names[] = {{S::bounding_box, "bounding-box"},
                                      {S::value_in_W, "value-in-W"},
                                      {S::strong_convexity, "strong-convexity"},
                                      {S::on_all_of_space, "on-all-of-space"},
                                      {S::largest_gradient, "largest-gradient"},
                                      {S::mean_gradient, "mean-gradient"},
                                      {S::attained, "attained"},
                                      {S::regularization, "regularization"},
                                      {S::approached, "approached"}};
  return name_in(names, step);
}

const char* name_of(InDoubles::Rule rule) {
  using R = InDoubles::Rule;
  static constexpr Name<R> names[] = {{R::curvature, "curvature"},
                                      {R::curvature_on_W, "curvature-on-W"},
                                      {R::pl_rows, "pl-rows"},
                                      {R::rows, "rows"},
                                      {R::unit_rows, "unit-rows"},
                                      {R::unit_rows_bound, "unit-rows-bound"},
                                      {R::gradients_about_center, "gradients-about-center"}};
  return name_in(names, rule);
}

// ---- numbers ------------------------------------------------------------------------------------

Json json_of(const Rational& x) { return to_string(x); }
Json json_of(const Enclosure& x) {
  if (x.is_exact()) return x.to_string();
  return Json::array({x.decimal_lower(), x.decimal_upper()});
}
template <class T>
Json json_of(const Vector<T>& v) {
  Json list = Json::array();
  for (const T& x : v) list.push_back(json_of(x));
  return list;
}
Json json_of(const Ldlt& factors) {
  Json L = Json::array();
  for (Eigen::Index i = 0; i < factors.L.rows(); ++i)
    L.push_back(json_of(Vector<Rational>(factors.L.row(i).transpose())));
  return {{"permutation", factors.permutation}, {"L", L}, {"D", json_of(factors.D)}};
}

template <class OfMatrices>
void add_factors(Json& json, const OfMatrices& p) {
  if (!p.factors_left_out.empty()) json["factors_left_out"] = p.factors_left_out;
  if (!p.factors) return;
  for (const Ldlt& one : *p.factors) json["factors"].push_back(json_of(one));
}
Json json_of(const Semidefinite& p) {
  Json json{{"kind", "semidefinite"},
            {"inequality", name_of(p.inequality)},
            {"bound", json_of(p.bound)},
            {"tight", p.tight}};
  add_factors(json, p);
  return json;
}
template <class OfConvex>
Json with_convexity(Json json, const OfConvex& p) {
  if (p.convexity) json["convexity"] = json_of(*p.convexity);
  return json;
}

// ---- kinds --------------------------------------------------------------------------------------

struct Printer {
  Json operator()(const Unknown& p) const {
    return {{"kind", "unknown"}, {"reason", name_of(p.reason)}};
  }
  Json operator()(const UnboundedBelow& p) const {
    return {{"kind", "unbounded-below"},
            {"direction", json_of(*p.direction)},
            {"curvature", json_of(p.curvature)},
            {"size", json_of(p.size)}};
  }
  Json operator()(const ByDefinition& p) const {
    return {{"kind", "by-definition"}, {"rule", name_of(p.rule)}};
  }
  Json operator()(const Semidefinite& p) const { return json_of(p); }
  Json operator()(const SProcedure& p) const {
    Json json{{"kind", "s-procedure"},
              {"claim", name_of(p.claim)},
              {"bound", json_of(p.bound)},
              {"multipliers", json_of(p.multipliers)}};
    add_factors(json, p);
    return json;
  }
  Json operator()(const KktPoint& p) const {
    return with_convexity({{"kind", "kkt-point"},
                           {"found", name_of(p.found)},
                           {"w", json_of(*p.w)},
                           {"multipliers", json_of(p.multipliers)}},
                          p);
  }
  Json operator()(const Subgradients& p) const {
    Json json{{"kind", "subgradients"}, {"w", json_of(*p.w)}};
    if (!p.weights) {
      json["weights"] = "equal";
      return json;
    }
    json["weights"] = Json::array();
    for (const Vector<Rational>& weights : *p.weights) json["weights"].push_back(json_of(weights));
    return json;
  }
  Json operator()(const Interpolation& p) const {
    return {{"kind", "interpolation"}, {"w", json_of(*p.w)}};
  }
  Json operator()(const Bracket& p) const {
    const bool derivative = p.of == Bracket::Of::derivative;
    return with_convexity({{"kind", "bracket"},
                           {"of", derivative ? "derivative" : "sphere-multiplier"},
                           {"lower", json_of(p.lower)},
                           {"upper", json_of(p.upper)}},
                          p);
  }
  Json operator()(const Nearness& p) const {
    Json json{{"kind", "nearness"},          {"rule", name_of(p.rule)},
              {"w", json_of(*p.w)},          {"distance", json_of(p.distance)},
              {"beta", json_of(p.beta)},     {"lambda", json_of(p.lambda)},
              {"radius", json_of(p.radius)}, {"along_rows", p.along_rows}};
    add_factors(json, p);
    return with_convexity(std::move(json), p);
  }
  Json operator()(const DualityGap& p) const {
    Json json{{"kind", "duality-gap"}, {"rule", name_of(p.rule)}, {"w", json_of(*p.w)}};
    if (p.lambda != 0) json["lambda"] = json_of(p.lambda);
    if (p.near) json["near"] = (*this)(*p.near);
    return with_convexity(std::move(json), p);
  }
  Json operator()(const Bisection& p) const {
    Json json{{"kind", "bisection"}, {"of", name_of(p.of)}, {"bound", json_of(p.bound)}};
    if (!p.halved) return json;
    std::string halved;
    for (const bool is_halved : *p.halved) halved += is_halved ? '1' : '0';
    json["lower"] = json_of(p.lower);
    json["upper"] = json_of(p.upper);
    json["halved"] = halved;
    return json;
  }
  Json operator()(const InDoubles& p) const {
    return {{"kind", "in-doubles"}, {"rule", name_of(p.rule)}, {"bound", json_of(p.bound)}};
  }
  Json operator()(const Derived& p) const {
    Json json{{"kind", "derived"}, {"step", name_of(p.step)}};
    if (p.w) json["w"] = json_of(*p.w);
    json["from"] = Json::array();
    if (p.from->size() <= most_parts_shown) {
      for (const Proof& part : *p.from) json["from"].push_back(to_json(part));
    } else {
      json["from"].push_back(to_json((*p.from)[p.decisive]));
    }
    json["count"] = p.from->size();
    return json;
  }
};

}  // namespace
}  // namespace proof

nlohmann::ordered_json to_json(const Proof& proof) {
  return std::visit(proof::Printer{}, proof.kind());
}

}  // namespace graddiv
