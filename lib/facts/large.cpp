#include "facts/large.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "facts/verify.h"
#include "number/exact.h"
#include "problem/sum_in_doubles.h"

namespace graddiv::large {
namespace {

using proof::InDoubles, proof::Unknown;
using Rule = InDoubles::Rule;
using Rows = SumInDoubles::Rows;

constexpr double infinity = std::numeric_limits<double>::infinity();

const SumInDoubles& all_of(const Problem& problem) { return *problem.sum->in_doubles(); }

double at_most(const Rational& x) {
  const auto near = static_cast<double>(x);
  return rational_from(near) <= x ? near : std::nextafter(near, -infinity);
}
double at_least(const Rational& x) { return -at_most(-x); }

Fact<Rational> bound(Rule rule, const Rational& t) { return {t, false, InDoubles{rule, t}}; }

Fact<Enclosure> length(const Enclosure& t) {
  return {t, false, InDoubles{Rule::gradients_about_center, upper_end(t)}};
}

/// Where every ℓ_i'' ≥ 0, the least curvature that all functions have for that alone: 0, or ρ where
/// they are regularized. ∇²F is then a sum of positive semidefinite matrices and ρI.
std::optional<Rational> evident_curvature(const Problem& problem) {
  std::optional<Rational> least;
  for (const FunctionFacts& f : problem.sum->facts().functions) {
    const auto& form = f.curvature.lower->form();
    const auto* loss = std::get_if<SymmetricMatrix::RankOne>(&form);
    const auto* with_ridge = std::get_if<SymmetricMatrix::ShiftedRankOne>(&form);
    if (with_ridge != nullptr) loss = &with_ridge->plain;
    if (loss == nullptr || loss->c < 0) return std::nullopt;
    const Rational own = with_ridge != nullptr ? with_ridge->shift : Rational(0);
    if (own < 0) return std::nullopt;
    if (!least || own < *least) least = own;
  }
  return least;
}

bool is_sum_of_convex(const Problem& problem) { return evident_curvature(problem).has_value(); }

Rational at_least_evident(const Problem& problem, double t) {
  const auto evident = evident_curvature(problem);
  return evident ? std::max(rational_from(t), *evident) : rational_from(t);
}

NearMatrix curvature_on_W(const Problem& problem) {
  return all_of(problem).least_curvature(SumInDoubles::Ball::around(problem.domain));
}

Fact<Enclosure> largest_of(const Problem& problem, Rows rows, Rule rule) {
  const Enclosure value = enclose_largest_eigenvalue(all_of(problem).smaller_gram(rows));
  return {value, false, InDoubles{rule, upper_end(value)}};
}

Rational mean_singular_value2(const Problem& problem, const NearMatrix& gram) {
  const auto& m = problem.sum->facts().loss_pl_constant;
  return rational_from(eigenvalue_below(gram)) * *m / problem.size();
}

/// Rows are independent where XXᵀ is the smaller of the two.
bool may_have_independent_rows(const Problem& problem) {
  return problem.sum->facts().loss_pl_constant && problem.size() <= problem.dimension();
}

}  // namespace

Fact<Rational> smoothness(const Problem& problem) {
  const SumInDoubles& all = all_of(problem);
  const double above = eigenvalue_above(all.most_curvature());
  const double below = is_sum_of_convex(problem) ? 0 : -eigenvalue_below(all.least_curvature());
  return bound(Rule::curvature, rational_from(std::max(above, below)));
}

Fact<Rational> strong_convexity(const Problem& problem) {
  return bound(Rule::curvature,
               at_least_evident(problem, eigenvalue_below(all_of(problem).least_curvature())));
}

Fact<Rational> strong_convexity_on_W(const Problem& problem) {
  return bound(Rule::curvature_on_W,
               at_least_evident(problem, eigenvalue_below(curvature_on_W(problem))));
}

Fact<Rational> pl_constant(const Problem& problem) {
  if (!may_have_independent_rows(problem))
    return {std::nullopt, false, Unknown{Unknown::Reason::neither_strongly_convex_nor_quadratic}};
  const Rational mu = mean_singular_value2(problem, all_of(problem).smaller_gram(Rows::plain));
  if (mu <= 0) return {std::nullopt, false, Unknown{Unknown::Reason::dependent_rows}};
  return bound(Rule::pl_rows, mu);
}

Fact<Enclosure> lipschitz(const Problem& problem) {
  const auto lengths = all_of(problem).gradients(SumInDoubles::Ball::around(problem.domain));
  if (!lengths) return {std::nullopt, false, Unknown{Unknown::Reason::unbounded_gradients}};
  return length(Enclosure(lengths->largest.value()));
}

Fact<Enclosure> second_moment_bound(const Problem& problem) {
  const auto lengths = all_of(problem).gradients(SumInDoubles::Ball::around(problem.domain));
  if (!lengths) return {std::nullopt, false, Unknown{Unknown::Reason::unbounded_gradients}};
  return length(Enclosure(lengths->mean_square.value()));
}

// By the rows, where the functions are those of rows alone.
Fact<BatchSizeInfimum> batch_size_infimum(const Problem& problem) {
  const bool has_rows = problem.sum->facts().rows != nullptr;
  const double largest =
      has_rows ? eigenvalue_above(all_of(problem).smaller_gram(Rows::unit)) : 0.0;
  const Rational least =
      largest > 0 ? Rational(problem.size() / rational_from(largest)) : Rational(1);
  if (least <= 1)
    return {BatchSizeInfimum{1}, false,
            proof::ByDefinition{proof::ByDefinition::Rule::cauchy_schwarz}};
  return {BatchSizeInfimum{least}, false, InDoubles{Rule::unit_rows_bound, least}};
}

Fact<Enclosure> largest_singular_value2(const Problem& problem) {
  return largest_of(problem, Rows::plain, Rule::rows);
}

Fact<Enclosure> largest_singular_value2_of_unit_rows(const Problem& problem) {
  return largest_of(problem, Rows::unit, Rule::unit_rows);
}

bool is_convex(const Problem& problem) { return is_sum_of_convex(problem); }

bool is_smooth(const Problem& problem, const Rational& beta) {
  const SumInDoubles& all = all_of(problem);
  return is_below(all.most_curvature(), at_most(beta)) &&
         ((beta >= 0 && is_sum_of_convex(problem)) ||
          is_above(all.least_curvature(), at_least(-beta)));
}

bool is_strongly_convex(const Problem& problem, const Rational& lambda) {
  const auto evident = evident_curvature(problem);
  return (evident && lambda <= *evident) || is_above(curvature_on_W(problem), at_least(lambda));
}

Rational strong_convexity_about(const Problem& problem, const Vector<Enclosure>& center,
                                const Rational& radius) {
  const SumInDoubles::Ball ball{center, enclose(radius)};
  return at_least_evident(problem, eigenvalue_below(all_of(problem).least_curvature(ball)));
}

namespace {

/// The proof of a fact that states its bound and no more.
template <class T>
const InDoubles* proof_of(const Problem& problem, const Fact<T>& fact, Rule rule) {
  const auto* proof = std::get_if<InDoubles>(&fact.proof.kind());
  const bool fits = proof != nullptr && is_large(problem) && fact.value && !fact.is_best;
  return fits && proof->rule == rule ? proof : nullptr;
}

bool shows(const Problem& problem, const Fact<Rational>& fact, Rule rule,
           bool (*holds)(const Problem&, const Rational&)) {
  const InDoubles* proof = proof_of(problem, fact, rule);
  return proof != nullptr && proof->bound == *fact.value && holds(problem, proof->bound);
}

}  // namespace

bool shows_smoothness(const Problem& problem, const Fact<Rational>& fact) {
  return shows(problem, fact, Rule::curvature, is_smooth);
}

bool shows_strong_convexity(const Problem& problem, const Fact<Rational>& fact) {
  return shows(problem, fact, Rule::curvature, [](const Problem& p, const Rational& lambda) {
    return is_strongly_convex({p.sum, Domain::all()}, lambda);
  });
}

bool shows_strong_convexity_on_W(const Problem& problem, const Fact<Rational>& fact) {
  return shows(problem, fact, Rule::curvature_on_W, is_strongly_convex);
}

bool shows_pl_constant(const Problem& problem, const Fact<Rational>& fact) {
  return shows(problem, fact, Rule::pl_rows, [](const Problem& p, const Rational& mu) {
    if (mu <= 0 || !may_have_independent_rows(p)) return false;
    const Rational least = mu * p.size() / *p.sum->facts().loss_pl_constant;
    return is_above(all_of(p).smaller_gram(Rows::plain), at_least(least));
  });
}

bool shows_singular_value2(const Problem& problem, const Fact<Enclosure>& fact) {
  if (problem.sum->facts().rows == nullptr) return false;
  for (const auto& [rule, rows] :
       {std::pair{Rule::rows, Rows::plain}, std::pair{Rule::unit_rows, Rows::unit}}) {
    if (proof_of(problem, fact, rule) != nullptr)
      return fact.value->contains(enclose_largest_eigenvalue(all_of(problem).smaller_gram(rows)));
  }
  return false;
}

std::optional<Rational> shown_lipschitz2(const Problem& problem) {
  const auto L = is_large(problem) ? lipschitz(problem).value : std::nullopt;
  if (!L) return std::nullopt;
  return Rational(upper_end(*L) * upper_end(*L));
}

std::optional<Rational> shown_second_moment(const Problem& problem) {
  const auto M2 = is_large(problem) ? second_moment_bound(problem).value : std::nullopt;
  if (!M2) return std::nullopt;
  return upper_end(*M2);
}

bool shows_batch_size_bound(const Problem& problem, const Rational& bound) {
  return is_large(problem) && problem.sum->facts().rows != nullptr && bound > 0 &&
         is_below(all_of(problem).smaller_gram(Rows::unit), at_most(problem.size() / bound));
}

}  // namespace graddiv::large
