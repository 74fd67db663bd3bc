#include <algorithm>

#include "diversity/conflict_graph.h"
#include "facts/batch_size_ratio.h"
#include "facts/branch_and_bound.h"
#include "facts/large.h"
#include "facts/semidefinite.h"
#include "facts/simplified.h"
#include "facts/verify.h"
#include "linear/solve.h"
#include "number/exact.h"

// What a proof shows of inf B_S, computed anew.
namespace graddiv {

namespace {

using namespace batch_size;
using proof::Bisection, proof::ByDefinition, proof::Derived, proof::Semidefinite, proof::SProcedure;
using verify::BatchSizeBound;

struct ShownInfimum {
  const Problem& problem;

  static BatchSizeBound at_least(const Rational& t) { return {{t}, false}; }
  static BatchSizeBound infinite() { return {{std::nullopt}, true}; }

  std::optional<BatchSizeBound> operator()(const ByDefinition& p) const {
    using Rule = ByDefinition::Rule;
    const Domain& W = problem.domain;
    const auto forms = diversity_forms(problem);
    if (p.rule == Rule::cauchy_schwarz) return at_least(1);
    if (p.rule == Rule::one_function && all_functions_are_one(*problem.sum)) return at_least(1);
    if (p.rule == Rule::conflict_graph)
      return at_least(Rational(problem.size()) /
                      (1 + ConflictGraph(*problem.sum).maximum_degree()));
    if (p.rule == Rule::all_gradients_vanish && nothing_moves(*problem.sum)) return infinite();
    if (p.rule == Rule::gradients_sum_to_zero && forms && forms->Q.isZero()) return infinite();
    if (!forms || !W.is_bounded()) return std::nullopt;
    const UnitCoordinates unit = unit_coordinates(W);
    const DiversityForms scaled = forms->under(unit.T);
    if (p.rule == Rule::gradients_sum_to_zero_on_W && scaled.Q.isZero()) return infinite();
    if (p.rule != Rule::W_is_a_point || !unit.is_point || scaled.Q.isZero()) return std::nullopt;
    return BatchSizeBound{{*scaled.ratio(Vector<Rational>::Ones(1))}, true};
  }

  std::optional<BatchSizeBound> operator()(const Semidefinite& p) const {
    using Inequality = Semidefinite::Inequality;
    if (p.inequality != Inequality::diversity && p.inequality != Inequality::unit_rows_bound)
      return std::nullopt;
    const auto matrices = matrices_of(problem, p);
    if (matrices.empty() || !verify::definiteness(matrices.front(), p.factors).semidefinite)
      return std::nullopt;
    if (!p.tight || p.inequality == Inequality::unit_rows_bound) return at_least(p.bound);
    // zᵀMz = 0 < zᵀQz for some z: the ratio is t there, or near by on all of R^d. On another W a
    // point of it must show t.
    const auto shows_bound = [&](const Vector<Rational>& w) {
      return exact_ratio(problem, w) == p.bound;
    };
    const bool best = problem.domain.kind() == Domain::Kind::all
                          ? is_tight(matrices.front(), diversity_forms(problem)->Q)
                          : std::ranges::any_of(simple_points(problem), shows_bound);
    return BatchSizeBound{{p.bound}, best};
  }

  std::optional<BatchSizeBound> operator()(const SProcedure& p) const {
    if (p.claim != SProcedure::Claim::diversity_on_W || p.multipliers.size() == 0 ||
        p.multipliers.minCoeff() < 0)
      return std::nullopt;
    const auto M = matrix_of(problem, p, -1);
    if (!M || !verify::definiteness(*M, p.factors).semidefinite) return std::nullopt;
    return at_least(p.bound);
  }

  std::optional<BatchSizeBound> operator()(const Bisection& p) const {
    const auto around = problem.domain.coordinate_ranges();
    if (p.of != Bisection::Of::batch_size_bound || !p.halved || !around ||
        p.lower.size() != around->size() || p.upper.size() != around->size())
      return std::nullopt;
    for (Eigen::Index j = 0; j < around->size(); ++j) {
      if (lower_end((*around)(j)) < p.lower(j) || upper_end((*around)(j)) > p.upper(j))
        return std::nullopt;
    }
    const PrecisionScope precision(precision_of_boxes);
    const BoxFunction ratio{[&](const Vector<Enclosure>& box) { return ratio_on(problem, box); },
                            nullptr};
    if (!is_bound_on_boxes(p.lower, p.upper, ratio, *p.halved, p.bound)) return std::nullopt;
    return at_least(p.bound);
  }

  std::optional<BatchSizeBound> operator()(const Derived& p) const {
    if (p.from->size() != 1 || !p.w || p.w->size() != problem.dimension()) return std::nullopt;
    auto bound = verify::batch_size_bound(problem, p.from->front());
    if (!bound || !bound->value.value) return std::nullopt;
    if (p.step == Derived::Step::approached) {
      const auto* tight = std::get_if<Semidefinite>(&p.from->front().kind());
      const auto forms = diversity_forms(problem);
      bound->is_best = tight != nullptr && forms && vanishes_inside(problem, *forms, *p.w) &&
                       is_tight(forms->N - tight->bound * forms->Q, forms->Q);
    } else if (p.step == Derived::Step::attained) {
      const bool one = all_functions_are_one(*problem.sum) && *bound->value.value == 1 &&
                       is_moving_at(problem, *p.w);
      bound->is_best = one || exact_ratio(problem, *p.w) == *bound->value.value;
    } else {
      return std::nullopt;
    }
    return bound->is_best ? bound : std::nullopt;
  }

  std::optional<BatchSizeBound> operator()(const proof::InDoubles& p) const {
    if (p.rule != proof::InDoubles::Rule::unit_rows_bound ||
        !large::shows_batch_size_bound(problem, p.bound))
      return std::nullopt;
    return at_least(p.bound);
  }

  template <class Other>
  std::optional<BatchSizeBound> operator()(const Other&) const {
    return std::nullopt;
  }

 private:
  static bool is_tight(const Matrix<Rational>& M, const Matrix<Rational>& Q) {
    return !Q.lazyProduct(null_space(M)).eval().isZero();
  }
};

}  // namespace

std::optional<verify::BatchSizeBound> verify::batch_size_bound(const Problem& problem,
                                                               const Proof& proof) {
  return std::visit(ShownInfimum{problem}, proof.kind());
}

bool verify::batch_size_infimum(const Problem& given, const Fact<BatchSizeInfimum>& fact) {
  if (!fact.value) return true;
  const PrecisionScope scope(precision());
  Problem problem{given.sum, simplified(given.domain)};
  const Proof* proof = &fact.proof;
  if (problem.domain.kind() == Domain::Kind::product) {
    const auto* derived = std::get_if<Derived>(&proof->kind());
    if (derived == nullptr || derived->step != Derived::Step::bounding_box || fact.is_best)
      return false;
    problem.domain = problem.domain.bounding_box();
    proof = &derived->from->front();
  }
  const auto shown = batch_size_bound(problem, *proof);
  if (!shown || (fact.is_best && !shown->is_best)) return false;
  const auto& bound = shown->value.value;
  if (!fact.value->value) return !bound;
  return !bound || (fact.is_best ? *fact.value->value == *bound : *fact.value->value <= *bound);
}

}  // namespace graddiv
