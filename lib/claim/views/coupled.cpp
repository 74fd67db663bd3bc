#include "claim/views/coupled.h"

#include <algorithm>

#include "claim/certified.h"
#include "claim/effort.h"
#include "claim/evaluation_state.h"
#include "claim/views/pair_state.h"
#include "diversity/differential.h"
#include "expectation/coupling.h"
#include "facts/value_range.h"
#include "linear/eigenvalue.h"

namespace graddiv {
namespace {

/// The Hessians of quadratic functions in the directions of a box: the columns of its free
/// coordinates.
std::vector<Matrix<Rational>> hessians_on(const Problem& problem,
                                          const std::vector<Eigen::Index>& free) {
  std::vector<Matrix<Rational>> result;
  for (int i = 0; i < problem.size(); ++i) {
    const Matrix<Rational> A = problem.sum->facts(i).quadratic->A.dense();
    result.emplace_back(A(Eigen::all, free));
  }
  return result;
}

/// The coordinates in which W is more than a point, where the curvature on W alone can be told and
/// differs from that on R^d.
std::optional<std::vector<Eigen::Index>> thin_directions(const Problem& problem) {
  if (!problem.sum->facts().is_quadratic()) return std::nullopt;
  std::vector<Eigen::Index> free;
  const Domain W = problem.domain.bounding_box();
  for (Eigen::Index j = 0; j < problem.dimension(); ++j) {
    if (!W.is_bounded() || W.lower()(j) < W.upper()(j)) free.push_back(j);
  }
  if (free.empty() || static_cast<int>(free.size()) == problem.dimension()) return std::nullopt;
  return free;
}

const Neighbour& neighbour_of(const Instance& instance) {
  if (!instance.neighbour) throw NotCertified("the instance names no neighbouring data set");
  return *instance.neighbour;
}

std::vector<Together> list_coupled(const Instance& instance) {
  enumeration::Options options;
  options.largest_transitions = effort::pairs.transitions;
  options.all_or_nothing = true;
  const PrecisionScope scope(Precision{current_precision().bits, effort::exact_bits});
  const Problem& problem = instance.problem;
  const Neighbour& other = neighbour_of(instance);
  std::vector<Together> found;
  try {
    coupling::visit_law(
        problem, other, instance.run, options, [&](int, const std::vector<coupling::Pair>& both) {
          Together t{coupling::distance(both), coupling::squared_distance(both), {}};
          const auto add = [&](int z, const FiniteSum& sum, int i) {
            t.gaps.push_back({z, abs(coupling::value_difference(both, sum, i))});
          };
          for (int i = 0; i < problem.size(); ++i) add(i + 1, *problem.sum, i);
          add(0, *other.replacement, 0);
          found.push_back(std::move(t));
        });
  } catch (const ExpectationError& e) {
    throw NotCertified(Text::words(e.what()));
  }
  return found;
}

const Together& together(Asked& asked, int k) {
  const auto& law = asked.evaluation.state().coupled_law.get(
      [&] { return list_coupled(asked.evaluation.instance()); },
      [](const std::vector<Together>& all) {
        return std::ranges::all_of(all, [](const Together& t) {
          return t.distance.is_exact() && t.squared_distance.is_exact() &&
                 std::ranges::all_of(t.gaps, [](const auto& gap) { return gap.value.is_exact(); });
        });
      });
  asked.coupled_law = true;
  return law.at(static_cast<std::size_t>(k));
}

std::optional<Enclosure> merged(const std::optional<Enclosure>& a,
                                const std::optional<Enclosure>& b,
                                Enclosure (*choose)(const Enclosure&, const Enclosure&)) {
  return a && b ? std::optional(choose(*a, *b)) : std::nullopt;
}

/// Of the functions of S and, where there is one, of the replacement in S'.
const ValueRange& values(const Asked& asked) {
  const Instance& instance = asked.evaluation.instance();
  const auto compute = [&] {
    ValueRange range = value_range(instance.problem);
    if (!instance.neighbour) return range;
    const ValueRange other =
        value_range({instance.neighbour->replacement, instance.problem.domain});
    return ValueRange{merged(range.least, other.least, min),
                      merged(range.largest, other.largest, max)};
  };
  return asked.evaluation.state().value_range.get(compute, [](const ValueRange& range) {
    return (!range.least || range.least->is_exact()) &&
           (!range.largest || range.largest->is_exact());
  });
}

const samples::Generalization& sampled(const Evaluation& evaluation, int k) {
  const Instance& instance = evaluation.instance();
  const Problem& problem = instance.problem;
  if (!problem.sum->facts().is_rational) throw NotCertified("the functions are not rational");
  const auto compute = [&] {
    enumeration::Options options;
    options.largest_transitions = effort::transitions_of_a_sample;
    const PrecisionScope scope(Precision{current_precision().bits, effort::exact_bits});
    try {
      return samples::generalization(problem, problem.size(), instance.run, options);
    } catch (const ExpectationError& e) {
      throw NotCertified(Text::words(e.what()));
    }
  };
  const auto& all = evaluation.state().generalization.get(compute, [](const auto& found) {
    return std::ranges::all_of(
        found, [](const auto& g) { return g.gap.is_exact() && g.stability.is_exact(); });
  });
  return all.at(static_cast<std::size_t>(k));
}

}  // namespace

Enclosure CoupledView::component_beta(Region region) const {
  const Problem& problem = asked_->evaluation.instance().problem;
  const auto thin = region == Region::domain ? thin_directions(problem) : std::nullopt;
  if (!thin)
    return certified(asked_->evaluation.facts().component_smoothness(),
                     "$β$ of the single functions");
  // ‖A_i u‖ ≤ β‖u‖ for all u in the directions of W: β² is the largest eigenvalue of PᵀA_i²P.
  Enclosure largest = 0;
  for (const auto& AP : hessians_on(problem, *thin)) {
    const Matrix<Rational> gram = AP.transpose().lazyProduct(AP);
    largest = max(largest, enclose(largest_eigenvalue_bound(gram).value));
  }
  return sqrt(largest);
}

Truth CoupledView::components_convex(Region region) const {
  return certainly(asked_->evaluation.facts().component_strong_convexity(),
                   component_lambda(region) >= 0);
}

Truth CoupledView::components_strongly_convex(Region region) const {
  return certainly(asked_->evaluation.facts().component_strong_convexity(),
                   component_lambda(region) > 0);
}

Enclosure CoupledView::component_lambda(Region region) const {
  const Problem& problem = asked_->evaluation.instance().problem;
  const auto thin = region == Region::domain ? thin_directions(problem) : std::nullopt;
  if (!thin)
    return certified(asked_->evaluation.facts().component_strong_convexity(),
                     "$λ$ of the single functions");
  std::optional<Enclosure> smallest;  // of the eigenvalues of PᵀA_iP
  for (const auto& AP : hessians_on(problem, *thin)) {
    const Matrix<Rational> PAP = AP(*thin, Eigen::all);
    const Enclosure own = enclose(smallest_eigenvalue_bound(PAP).value);
    smallest = smallest ? min(*smallest, own) : own;
  }
  return *smallest;
}

Enclosure CoupledView::delta() const {
  const Instance& instance = asked_->evaluation.instance();
  if (instance.run.batches.empty()) throw NotCertified("the run has no batch");
  auto& inverse = asked_->evaluation.state().inverse_differential_infimum;
  if (!inverse) {
    const DifferentialInfimum infimum = differential_infimum(*instance.problem.sum);
    inverse = infimum.value ? 1 / enclose(*infimum.value) : Enclosure(0);
  }
  return (instance.run.batch(0) - 1) * *inverse;
}

const std::vector<PointPair>& CoupledView::pairs() const {
  asked_->require_draws();
  const Instance& instance = asked_->evaluation.instance();
  const auto compute = [&] {
    const auto points = telling_points(instance.problem, instance.run);
    std::vector<PointPair> pairs;
    for (std::size_t i = 0; i < points.size(); ++i) {
      // Every point with the first one and with the next.
      const std::size_t end = i == 0 ? points.size() : std::min(i + 2, points.size());
      for (std::size_t j = i + 1; j < end; ++j)
        pairs.push_back(pair_of(instance.problem, points[i], points[j]));
    }
    return pairs;
  };
  return asked_->evaluation.state().pairs.get(compute, [](const auto& pairs) {
    return std::ranges::all_of(pairs, &PointPair::is_all_exact);
  });
}

PointPair CoupledView::start_and_beside(int j) const {
  asked_->require_draws();
  const Instance& instance = asked_->evaluation.instance();
  const Vector<Enclosure> start = enclose(instance.run.start);
  Vector<Enclosure> next = start;
  next[j] += 1;
  return pair_of(instance.problem, {{Spot::Kind::start}, start},
                 {{Spot::Kind::start_plus, j + 1}, next});
}

Truth CoupledView::has_neighbour() const {
  if (!asked_->evaluation.instance().neighbour) {
    throw Lacking(
        "the instance names no neighbouring data set: it has no key \"neighbour\" with \"index\" "
        "and \"replacement\"");
  }
  return Truth::yes;
}

Enclosure CoupledView::lipschitz() const {
  const Enclosure own = certified(asked_->evaluation.facts().lipschitz(), "$L$");
  return max(own, certified(asked_->evaluation.facts_of_replacement().lipschitz(),
                            "$L$ of the replacement"));
}

Enclosure CoupledView::least_value() const {
  const ValueRange& range = values(*asked_);
  if (!range.least) throw NotCertified("no number is known that no f falls below on W");
  return *range.least;
}
Enclosure CoupledView::largest_value() const {
  const ValueRange& range = values(*asked_);
  if (!range.largest) throw NotCertified("no number is known that no f exceeds on W");
  return *range.largest;
}

Enclosure CoupledView::distance(int k) const { return together(*asked_, k).distance; }
Enclosure CoupledView::squared_distance(int k) const {
  return together(*asked_, k).squared_distance;
}
std::vector<ValueGap> CoupledView::value_gaps(int k) const { return together(*asked_, k).gaps; }
Enclosure CoupledView::generalization_gap(int k) const {
  return sampled(asked_->evaluation, k).gap;
}
Enclosure CoupledView::uniform_stability(int k) const {
  return sampled(asked_->evaluation, k).stability;
}

}  // namespace graddiv
