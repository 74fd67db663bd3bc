#include <algorithm>

#include "facts/gradient_rules.h"
#include "facts/large.h"
#include "facts/registry.h"
#include "facts/strong_convexity_on_W.h"
#include "facts/verify.h"
#include "linear/eigenvalue.h"
#include "number/exact.h"

namespace graddiv {
namespace {

using proof::Derived, proof::Semidefinite;

bool has_interior(const Domain& W) {
  switch (W.kind()) {
    case Domain::Kind::all:
      return true;
    case Domain::Kind::ball:
      return W.radius() > 0;
    case Domain::Kind::box:
      return (W.upper().array() > W.lower().array()).all();
    case Domain::Kind::product:
      return std::ranges::all_of(W.factors(), has_interior);
  }
  return false;
}

// The curvature of a quadratic function is one everywhere: no better λ on a set with interior
// points.
Fact<Rational> as_everywhere(const Problem& problem, const Fact<Rational>& everywhere) {
  return {everywhere.value, everywhere.is_best && has_interior(problem.domain),
          proof::derived(Derived::Step::on_all_of_space, everywhere.proof)};
}

Fact<Rational> on_W(const Problem& problem) {
  if (large::is_large(problem)) return large::strong_convexity_on_W(problem);
  const auto curvature = least_curvature_on(problem);
  if (!curvature) return {std::nullopt, false, {}};
  const Rational t = smallest_eigenvalue_bound(curvature->dense()).value;
  return {t, false, Semidefinite{Semidefinite::Inequality::curvature_on_W, t}};
}

}  // namespace

// That of ℓ_i along the range of x_iᵀw over W: t x_i/‖x_i‖² is a point w with x_iᵀw = t.
std::optional<SymmetricMatrix> least_curvature_on(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (X == nullptr || !problem.domain.is_bounded()) return std::nullopt;
  // One matrix for the search and for every check of it.
  const PrecisionScope scope(Precision{256, Precision::unlimited});
  std::vector<SymmetricMatrix> terms;
  for (int i = 0; i < problem.size(); ++i) {
    const Vector<Rational> x = X->row(i).transpose();
    const Rational norm2 = x.squaredNorm();
    const auto range = gradient_bound::range_of(x, problem.domain);
    const Enclosure z = enclose(range->lower, range->upper);
    const Vector<Rational> unit = norm2 == 0 ? x : Vector<Rational>(x / norm2);
    const auto term = problem.sum->least_curvature_within(i, enclose(unit) * z);
    if (!term) return std::nullopt;
    terms.push_back(*term);
  }
  return mean(terms);
}

const FactDefinition<Rational> fact::strong_convexity_on_W{
    {"strong_convexity_on_W", "λ of F on W",
     R"(F - \tfrac{\lambda}{2}\|\cdot\|^2 \text{ is convex on } W)", "F − (λ/2)‖·‖² is convex on W",
     "What statements on runs in W ask for: at least the one on R^d."},
    [](const Facts& facts) {
      const Problem& problem = facts.on_bounding_box();
      const Fact<Rational>& everywhere = facts.strong_convexity();
      const Fact<Rational> plain = as_everywhere(facts.problem(), everywhere);
      if (!problem.domain.is_bounded() || plain.is_best) return plain;
      const Fact<Rational> better = on_bounding_box(facts, on_W(problem));
      if (!better.value || (plain.value && *plain.value >= *better.value)) return plain;
      return better;
    },
    verify::strong_convexity_on_W};

}  // namespace graddiv
