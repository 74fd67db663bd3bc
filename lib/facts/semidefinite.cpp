#include "facts/semidefinite.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "facts/batch_size_ratio.h"
#include "facts/convexity.h"
#include "facts/curvature.h"
#include "facts/gradient_rules.h"
#include "facts/large.h"
#include "facts/shown_minimum.h"
#include "facts/simplified.h"
#include "facts/strong_convexity_on_W.h"
#include "facts/verify.h"
#include "linear/gram.h"
#include "linear/ldlt.h"
#include "linear/solve.h"

namespace graddiv {

namespace {

using proof::Bracket, proof::Derived, proof::DualityGap, proof::KktPoint, proof::Nearness,
    proof::Semidefinite, proof::SProcedure;

Matrix<Rational> multiple_of_identity(const Rational& t, Eigen::Index size) {
  return t * Matrix<Rational>::Identity(size, size);
}

std::vector<Matrix<Rational>> of_curvature(const Problem& problem, const Rational& bound,
                                           const CurvatureClaim& claim) {
  const Matrix<Rational> t = multiple_of_identity(bound, problem.dimension());
  const bool of_objective = claim.of == CurvatureClaim::Of::objective;
  std::vector<Matrix<Rational>> matrices;
  for (int i = 0; i < (of_objective ? 1 : problem.size()); ++i) {
    const CurvatureBounds bounds =
        of_objective ? objective_curvature(problem) : problem.sum->facts(i).curvature;
    if (!bounds.lower || (claim.side == CurvatureClaim::Side::both && !bounds.upper)) return {};
    if (claim.side == CurvatureClaim::Side::lower) {
      matrices.emplace_back(bounds.lower->dense() - t);
    } else {
      matrices.emplace_back(t - bounds.upper->dense());
      matrices.emplace_back(t + bounds.lower->dense());
    }
  }
  return matrices;
}

}  // namespace

std::vector<Matrix<Rational>> matrices_of(const Problem& problem, const Semidefinite& proof,
                                          const CurvatureClaim& claim) {
  using Inequality = Semidefinite::Inequality;
  const Rational& t = proof.bound;
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  const auto below = [](const Rational& bound, const Matrix<Rational>& G) {
    return std::vector<Matrix<Rational>>{multiple_of_identity(bound, G.rows()) - G};
  };
  switch (proof.inequality) {
    case Inequality::hessian:
    case Inequality::curvature_bounds:
      return of_curvature(problem, t, claim);
    case Inequality::curvature_on_W: {
      const auto bounds = curvature_on(problem);
      if (!bounds) return {};
      return {bounds->lower->dense() - multiple_of_identity(t, problem.dimension())};
    }
    case Inequality::hessian_squared: {
      const auto q = quadratic_objective(problem);
      if (!q) return {};
      const Matrix<Rational> H = q->A.dense();
      const Matrix<Rational> square = H.lazyProduct(H);
      return {H, square - t * H};
    }
    case Inequality::pl_rows: {
      const auto m = problem.sum->facts().loss_pl_constant;
      if (X == nullptr || !m) return {};
      const Matrix<Rational> gram = *m * X->lazyProduct(X->transpose());
      return {gram - multiple_of_identity(t * problem.size(), gram.rows())};
    }
    case Inequality::columns:
      if (X == nullptr) return {};
      return below(t, X->transpose().lazyProduct(*X));
    case Inequality::rows:
      if (X == nullptr) return {};
      return below(t, X->lazyProduct(X->transpose()));
    case Inequality::unit_rows:
      if (X == nullptr) return {};
      return below(t, verify::gram_of_unit_rows(*X));
    case Inequality::unit_rows_bound:
      if (X == nullptr || t <= 0) return {};
      return below(Rational(problem.size()) / t, verify::gram_of_unit_rows(*X));
    case Inequality::diversity: {
      const auto forms = diversity_forms(problem);
      if (!forms) return {};
      return {forms->N - t * forms->Q};
    }
  }
  throw std::logic_error("no such inequality");
}

std::optional<Matrix<Rational>> matrix_of(const Problem& problem, const SProcedure& proof, int i) {
  const Vector<Rational>& s = proof.multipliers;
  if (proof.claim == SProcedure::Claim::diversity_on_W) {
    const auto forms = diversity_forms(problem);
    if (!forms || !problem.domain.is_bounded()) return std::nullopt;
    const auto unit = batch_size::unit_coordinates(problem.domain);
    const DiversityForms scaled = forms->under(unit.T);
    if (s.size() != static_cast<Eigen::Index>(unit.constraints.size())) return std::nullopt;
    Matrix<Rational> M = scaled.N - proof.bound * scaled.Q;
    for (Eigen::Index k = 0; k < s.size(); ++k)
      M.diagonal() -= s(k) * unit.constraints[static_cast<std::size_t>(k)];
    return M;
  }
  const auto form = gradient_bound::convex_form(problem, i);
  if (!form || s.size() != 1) return std::nullopt;
  return Matrix<Rational>(multiple_of_identity(s(0), form->P.rows()) - form->P);
}

std::optional<Matrix<Rational>> matrix_of(const Problem& problem, const Nearness& proof) {
  if (proof.rule != Nearness::Rule::strong_convexity_about_point) return std::nullopt;
  auto M = least_curvature_about(problem, *proof.w, proof.radius);
  if (M && proof.along_rows) {
    const Matrix<Rational>* X = problem.sum->facts().rows.get();
    if (X == nullptr || problem.domain.is_bounded()) return std::nullopt;
    const Matrix<Rational> N = null_space(*X);
    if (!N.transpose().lazyProduct(*proof.w).eval().isZero()) return std::nullopt;
    *M += N.lazyProduct(N.transpose());
  }
  if (M) M->diagonal().array() -= proof.lambda;
  return M;
}

namespace {

// Of all matrices of a proof, and of all their factors: 1.3 MB of digits, made in a second.
constexpr double most_entries = 4096;
constexpr double most_bits = 1 << 22;

/// The entries of the matrices of an inequality, which are not formed for it.
double entries_of(const Problem& problem, const Semidefinite& proof, const CurvatureClaim& claim) {
  using Inequality = Semidefinite::Inequality;
  const double n = problem.size();
  const auto d = static_cast<double>(problem.dimension());
  switch (proof.inequality) {
    case Inequality::hessian:
    case Inequality::curvature_bounds:
      return (claim.of == CurvatureClaim::Of::objective ? 1 : n) *
             (claim.side == CurvatureClaim::Side::both ? 2 : 1) * d * d;
    case Inequality::hessian_squared:
      return 2 * d * d;
    case Inequality::pl_rows:
    case Inequality::rows:
      return n * n;
    case Inequality::curvature_on_W:
    case Inequality::columns:
    case Inequality::unit_rows:
    case Inequality::unit_rows_bound:
      return d * d;
    case Inequality::diversity:
      return (d + 1) * (d + 1);
  }
  throw std::logic_error("no such inequality");
}
double entries_of(const Problem& problem, const SProcedure&) {
  const auto d = static_cast<double>(problem.dimension());
  return (d + 1) * (d + 1);
}
double entries_of(const Problem& problem, const Nearness&) {
  const auto d = static_cast<double>(problem.dimension());
  return d * d;
}

std::vector<Matrix<Rational>> list_of(std::optional<Matrix<Rational>> M) {
  std::vector<Matrix<Rational>> list;
  if (M) list.push_back(std::move(*M));
  return list;
}

/// Makes factors as long as they fit what is left of both limits.
class Factoring {
 public:
  /// `form()` gives the matrices, with `entries` entries in all.
  template <class OfMatrices, class Form>
  void factor(OfMatrices& proof, double entries, const Form& form) {
    entries_ += entries;
    if (entries_ > most_entries) {
      proof.factors_left_out = "its matrices have more than 4096 entries";
      return;
    }
    const std::vector<Matrix<Rational>> matrices = form();
    for (const Matrix<Rational>& M : matrices) bits_ += ldlt_bits(M);
    if (bits_ > most_bits) {
      proof.factors_left_out = "their numbers would have more than 2^22 bits";
      return;
    }
    std::vector<Ldlt> factors;
    for (const Matrix<Rational>& M : matrices) {
      auto one = ldlt(M);
      if (!one) return;
      factors.push_back(std::move(*one));
    }
    if (!factors.empty())
      proof.factors = std::make_shared<const std::vector<Ldlt>>(std::move(factors));
  }

 private:
  double entries_ = 0, bits_ = 0;
};

/// A proof on this problem: of a fact about f_i, or about all of F for i = −1.
Proof factored(const Problem& problem, const CurvatureClaim& claim, int i, Proof proof,
               Factoring& factoring);

struct WithFactors {
  const Problem& problem;
  const CurvatureClaim& claim;
  int i;
  Factoring& factoring;

  void operator()(Semidefinite& p) const {
    factoring.factor(p, entries_of(problem, p, claim),
                     [&] { return matrices_of(problem, p, claim); });
  }
  void operator()(SProcedure& p) const {
    factoring.factor(p, entries_of(problem, p), [&] { return list_of(matrix_of(problem, p, i)); });
  }
  void operator()(KktPoint& p) const { add_convexity(p); }
  void operator()(Bracket& p) const { add_convexity(p); }
  void operator()(Nearness& p) const {
    add_convexity(p);
    if (p.rule == Nearness::Rule::strong_convexity_about_point && !large::is_large(problem))
      factoring.factor(p, entries_of(problem, p), [&] { return list_of(matrix_of(problem, p)); });
  }
  void operator()(DualityGap& p) const {
    add_convexity(p);
    if (p.near == nullptr) return;
    Nearness near = *p.near;
    (*this)(near);
    p.near = std::make_shared<const Nearness>(std::move(near));
  }
  void operator()(Derived& p) const {
    using Step = Derived::Step;
    Problem inner = problem;
    if (p.step == Step::bounding_box || p.step == Step::value_in_W)
      inner.domain = problem.domain.bounding_box();
    if (p.step == Step::regularization) {
      if (const auto without = curvature::without_regularization(problem)) inner = without->problem;
    }
    const bool one_each = p.step == Step::largest_gradient || p.step == Step::mean_gradient;
    auto from = std::make_shared<std::vector<Proof>>(*p.from);
    for (std::size_t k = 0; k < from->size(); ++k) {
      if (from->size() > proof::most_parts_shown && k != p.decisive) continue;
      Proof& part = (*from)[k];
      part = factored(inner, claim, one_each ? static_cast<int>(k) : i, part, factoring);
    }
    p.from = std::move(from);
  }
  template <class Other>
  void operator()(Other&) const {}

 private:
  template <class OfConvex>
  void add_convexity(OfConvex& p) const {
    if (large::is_large(problem)) return;  // shown in doubles
    const auto t = convexity::asked_by(problem, p);
    if (!t) return;
    Semidefinite convexity = convexity::claim(problem, *t);
    (*this)(convexity);
    // No factors where it holds on W alone, which the check finds anew.
    if (convexity.factors == nullptr && convexity.factors_left_out.empty()) return;
    p.convexity = std::make_shared<const Semidefinite>(std::move(convexity));
  }
};

Proof factored(const Problem& problem, const CurvatureClaim& claim, int i, Proof proof,
               Factoring& factoring) {
  std::visit(WithFactors{problem, claim, i, factoring}, static_cast<proof::Kind&>(proof));
  return proof;
}

CurvatureClaim claim_of(const FactDescription& fact) {
  using Of = CurvatureClaim::Of;
  using Side = CurvatureClaim::Side;
  if (&fact == &fact::smoothness) return {Of::objective, Side::both};
  if (&fact == &fact::component_smoothness) return {Of::components, Side::both};
  if (&fact == &fact::component_strong_convexity) return {Of::components, Side::lower};
  return {};
}

}  // namespace

template <class T>
Proof with_factors(const Facts& facts, const FactDefinition<T>& definition) {
  Factoring factoring;
  const Problem plain{facts.problem().sum, simplified(facts.problem().domain)};
  return factored(plain, claim_of(definition), -1, facts.get(definition).proof, factoring);
}
template Proof with_factors(const Facts&, const FactDefinition<Rational>&);
template Proof with_factors(const Facts&, const FactDefinition<Enclosure>&);
template Proof with_factors(const Facts&, const FactDefinition<Vector<Enclosure>>&);
template Proof with_factors(const Facts&, const FactDefinition<BatchSizeInfimum>&);

}  // namespace graddiv
