#include "facts/gradient_bound.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "facts/branch_and_bound.h"
#include "facts/curvature.h"
#include "facts/gradient_rules.h"
#include "facts/guess.h"
#include "facts/large.h"
#include "facts/registry.h"
#include "facts/verify.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"

namespace graddiv::gradient_bound {

namespace {

using proof::Bisection, proof::ByDefinition, proof::Derived, proof::SProcedure;

void improve(std::optional<Bound>& best, const std::optional<Bound>& candidate) {
  if (!candidate) return;
  if (!best || candidate->value < best->value ||
      (candidate->value == best->value && candidate->is_best))
    best = candidate;
}

constexpr proof::Unknown unbounded{proof::Unknown::Reason::unbounded_gradients};

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
    const Vector<Rational> u = *solve<Rational>(M, p);  // attains the bound where ‖u‖ = R
    const Rational bound = s * radius2 + p.dot(u) + r;
    improve(best, Bound{bound, u.squaredNorm() == radius2,
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
  std::optional<Bound> bound = on_ball(form, center, half.squaredNorm());
  if (bound) bound->is_best = false;  // the ball is larger
  return bound;
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

// The largest ‖∇f_i‖² along the range of x_iᵀw, by bisection where no rule tells.
std::optional<Bound> along_row(const Problem& problem, int i) {
  if (auto bound = by_rule_along_row(problem, i)) return bound;
  const Vector<Rational> x = problem.sum->facts().rows->row(i).transpose();
  const std::optional<Range> range = range_of(x, problem.domain);
  if (!range || !squared_slope(problem, i, enclose(range->lower, range->upper)).is_bounded())
    return std::nullopt;
  const Enclosure at_ends = squared_slope_at_ends(problem, i, *range);
  const BoxFunction negated{
      [&](const Vector<Enclosure>& t) {
        return std::optional<Rational>(-upper_end(squared_slope(problem, i, t(0))));
      },
      [&](const Vector<Rational>& t) {
        return std::optional<Rational>(
            std::min(Rational(-lower_end(squared_slope(problem, i, enclose(t(0))))),
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
  if (large::is_large(problem)) return large::lipschitz(problem);
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
  if (large::is_large(problem)) return large::second_moment_bound(problem);
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
