#include "claim/coupled_case.h"

#include <algorithm>
#include <optional>

#include "claim/effort.h"
#include "claim/mean_over_draws.h"
#include "claim/reference.h"
#include "diversity/differential.h"
#include "expectation/coupling.h"
#include "expectation/samples.h"
#include "facts/facts.h"
#include "linear/eigenvalue.h"
#include "number/exact.h"
#include "sgd/instance.h"
#include "sgd/step.h"

namespace graddiv {
namespace {

struct NamedPoint {
  Spot spot;
  Vector<Enclosure> w;
};

/// Distinct exact points of W, the start (or the point of W nearest to it) first.
class Points {
 public:
  explicit Points(const Domain& domain) : domain_(domain) {}
  void add(Spot spot, const Vector<Enclosure>& w) {
    const Vector<Enclosure> inside = domain_.project(w);
    if (points_.size() >= effort::pairs.points || !std::ranges::all_of(inside, effort::is_short))
      return;
    const bool known = std::any_of(points_.begin(), points_.end(), [&](const NamedPoint& p) {
      return std::equal(p.w.begin(), p.w.end(), inside.begin(),
                        [](const auto& x, const auto& y) { return x.same_as(y); });
    });
    if (!known) points_.push_back({spot, inside});
  }
  const std::vector<NamedPoint>& all() const { return points_; }

 private:
  const Domain& domain_;
  std::vector<NamedPoint> points_;
};

std::vector<NamedPoint> points_of(const Problem& problem, const Run& run) {
  using enum Spot::Kind;
  const Domain& W = problem.domain;
  Points points(W);
  const Vector<Enclosure> w_0 = enclose(run.start);
  points.add({start}, w_0);
  if (W.kind() == Domain::Kind::box) {
    points.add({lower_corner}, enclose(W.lower()));
    points.add({upper_corner}, enclose(W.upper()));
  } else if (W.kind() == Domain::Kind::ball) {
    points.add({centre}, enclose(W.center()));
  } else if (W.kind() == Domain::Kind::product) {
    const Domain box = W.bounding_box();
    points.add({middle}, enclose(Vector<Rational>((box.lower() + box.upper()) / 2)));
  } else {
    points.add({origin}, Vector<Enclosure>::Constant(w_0.size(), Enclosure(0)));
  }
  for (int j = 0; j < w_0.size(); ++j) {
    Vector<Enclosure> next = w_0;
    next[j] += 1;
    points.add({start_plus, j + 1}, next);
    next[j] -= 2;
    points.add({start_minus, j + 1}, next);
  }
  if (run.iterations > 0) {
    const enumeration::Draws draws(problem, w_0);
    for (std::size_t i = 0; i < draws.gradients().size(); ++i) {
      std::vector<long> counts(draws.gradients().size(), 0);
      counts[i] = run.batch(0);
      points.add({after_a_step, static_cast<int>(i) + 1},
                 mini_batch_step(W, w_0, draws.gradients(), counts, enclose(run.step(0))));
    }
  }
  return points.all();
}

}  // namespace

struct PointPair::State {
  Problem problem;
  Place place;
  Vector<Enclosure> w;
  Vector<Enclosure> w_prime;
  std::vector<Vector<Enclosure>> differences;  // of the gradients
};

PointPair::PointPair(std::shared_ptr<const State> state) : state_(std::move(state)) {}

const Place& PointPair::place() const { return state_->place; }
Enclosure PointPair::squared_distance() const {
  return Vector<Enclosure>(state_->w - state_->w_prime).squaredNorm();
}
Enclosure PointPair::inverse_batch_size_bound() const {
  return sum_gradients(state_->differences).inverse_batch_size_bound();
}

PointPair PointPair::with_exact_derivatives() const {
  const Matrix<Rational>* X = state_->problem.sum->facts().rows.get();
  if (X == nullptr) throw NotCertified("the functions are not generalized linear");
  auto exact = std::make_shared<State>(*state_);
  for (std::size_t i = 0; i < exact->differences.size(); ++i) {
    Vector<Enclosure>& difference = exact->differences[i];
    if (is_exact(difference)) continue;
    const Vector<Enclosure> x =
        enclose(Vector<Rational>(X->row(static_cast<Eigen::Index>(i)).transpose()));
    // Δ_i = a_i x_i, so a_i = ⟨Δ_i, x_i⟩ / ‖x_i‖².
    difference = x * exact_beside(difference.dot(x) / x.squaredNorm());
    exact->place.is_surrogate = true;
  }
  return PointPair(std::move(exact));
}

// The two steps are one walk in R^{2d}, whose gradients are those at w over those at w'.
Enclosure PointPair::expected_squared_distance_after_step(const Enclosure& gamma,
                                                          const Enclosure& B) const {
  const Problem& problem = state_->problem;
  const Vector<Enclosure>& w = state_->w;
  const Vector<Enclosure>& w_prime = state_->w_prime;
  const Eigen::Index d = w.size();
  auto both = gradients(problem, w);
  const auto others = gradients(problem, w_prime);
  for (std::size_t i = 0; i < both.size(); ++i) {
    Vector<Enclosure> pair(2 * d);
    pair << both[i], others[i];
    both[i] = pair;
  }
  const enumeration::Draws draws(std::move(both));
  Vector<Enclosure> from(2 * d);
  from << w, w_prime;
  return mean_over_draws(draws, B, [&](const auto& counts) {
    const Vector<Enclosure> to =
        mini_batch_step(Domain::all(), from, draws.gradients(), counts, gamma);
    // One point has one projection, also where that is irrational and its enclosures tell nothing.
    if (certainly_equal(to.head(d), to.tail(d))) return Enclosure(0);
    const Vector<Enclosure> first = problem.domain.project(Vector<Enclosure>(to.head(d)));
    const Vector<Enclosure> second = problem.domain.project(Vector<Enclosure>(to.tail(d)));
    return Enclosure(Vector<Enclosure>(first - second).squaredNorm());
  });
}

namespace {

/// What the statements ask of one iteration of the coupled runs.
struct Together {
  Enclosure distance;
  Enclosure squared_distance;
  std::vector<ValueGap> gaps;
};

/// The Hessians of quadratic functions in the directions of a box: the columns of its free coordinates.
std::vector<Matrix<Rational>> hessians_on(const Problem& problem,
                                          const std::vector<Eigen::Index>& free) {
  std::vector<Matrix<Rational>> result;
  for (int i = 0; i < problem.size(); ++i) {
    const Matrix<Rational> A = problem.sum->facts(i).quadratic->A.dense();
    result.emplace_back(A(Eigen::all, free));
  }
  return result;
}

/// The coordinates in which W is more than a point.
std::vector<Eigen::Index> free_coordinates(const Problem& problem) {
  std::vector<Eigen::Index> free;
  const Domain W = problem.domain.bounding_box();
  for (Eigen::Index j = 0; j < problem.dimension(); ++j) {
    if (!W.is_bounded() || W.lower()(j) < W.upper()(j)) free.push_back(j);
  }
  return free;
}

template <class T>
Enclosure certified(const Fact<T>& fact, const char* name) {
  if (!fact.value)
    throw NotCertified(std::string(name) + " is not known: " + to_sentence(fact.proof));
  if constexpr (std::is_same_v<T, Rational>) {
    return enclose(*fact.value);
  } else {
    return *fact.value;
  }
}

}  // namespace

struct CoupledCase::State {
  State(const Instance& i, const Facts& f) : instance(i), facts(f) {}

  Instance instance;
  Facts facts;
  std::optional<Enclosure> inverse_infimum;  // 1/inf B̄_S
  std::optional<std::vector<PointPair>> pairs;
  std::optional<Enclosure> lipschitz;
  std::vector<Together> law;
  std::vector<samples::Generalization> generalization;

  const Problem& problem() const { return instance.problem; }

  const Neighbour& neighbour() const {
    if (!instance.neighbour) throw NotCertified("the instance names no neighbouring data set");
    return *instance.neighbour;
  }

  /// The free coordinates of W, where the curvature on W alone can be told and differs from that on R^d.
  std::optional<std::vector<Eigen::Index>> thin_directions() const {
    if (!problem().sum->facts().is_quadratic()) return std::nullopt;
    auto free = free_coordinates(problem());
    if (free.empty() || static_cast<int>(free.size()) == problem().dimension()) return std::nullopt;
    return free;
  }

  PointPair pair(NamedPoint first, NamedPoint second) const {
    auto both = std::make_shared<PointPair::State>();
    both->problem = problem();
    both->differences = gradients(problem(), first.w);
    const auto others = gradients(problem(), second.w);
    for (std::size_t i = 0; i < others.size(); ++i) both->differences[i] -= others[i];
    both->place = Place::between(first.spot, second.spot);
    both->w = std::move(first.w);
    both->w_prime = std::move(second.w);
    return PointPair(std::move(both));
  }

  const Together& at(int k) {
    if (law.empty()) list();
    return law.at(static_cast<std::size_t>(k));
  }

  const samples::Generalization& sampled(int k) {
    if (!problem().sum->facts().is_rational) throw NotCertified("the functions are not rational");
    if (generalization.empty()) {
      enumeration::Options options;
      options.largest_transitions = effort::transitions_of_a_sample;
      const PrecisionScope scope(Precision{current_precision().bits, effort::exact_bits});
      try {
        generalization =
            samples::generalization(problem(), problem().size(), instance.run, options);
      } catch (const ExpectationError& e) {
        throw NotCertified(e.what());
      }
    }
    return generalization.at(static_cast<std::size_t>(k));
  }

  void list() {
    enumeration::Options options;
    options.largest_transitions = effort::pairs.transitions;
    const PrecisionScope scope(Precision{current_precision().bits, effort::exact_bits});
    const Neighbour& other = neighbour();
    std::vector<Together> found;
    try {
      coupling::visit_law(
          problem(), other, instance.run, options,
          [&](int, const std::vector<coupling::Pair>& both) {
            Together t{coupling::distance(both), coupling::squared_distance(both), {}};
            const auto add = [&](int z, const FiniteSum& sum, int i) {
              t.gaps.push_back({z, abs(coupling::value_difference(both, sum, i))});
            };
            for (int i = 0; i < problem().size(); ++i) add(i + 1, *problem().sum, i);
            add(0, *other.replacement, 0);
            found.push_back(std::move(t));
          });
    } catch (const ExpectationError& e) {
      throw NotCertified(e.what());
    }
    law = std::move(found);
  }
};

CoupledCase::CoupledCase(const Instance& instance, const Facts& facts)
    : state_(std::make_shared<State>(instance, facts)) {}

Enclosure CoupledCase::component_beta(Region region) const {
  const auto thin = region == Region::domain ? state_->thin_directions() : std::nullopt;
  if (!thin) return certified(state_->facts.component_smoothness(), "β of the single functions");
  // ‖A_i u‖ ≤ β‖u‖ for all u in the directions of W: β² is the largest eigenvalue of PᵀA_i²P.
  Enclosure largest = 0;
  for (const auto& AP : hessians_on(state_->problem(), *thin)) {
    const Matrix<Rational> gram = AP.transpose().lazyProduct(AP);
    largest = max(largest, enclose(largest_eigenvalue_bound(gram).value));
  }
  return sqrt(largest);
}

Truth CoupledCase::components_convex(Region region) const {
  return certainly(state_->facts.component_strong_convexity(), component_lambda(region) >= 0);
}

Truth CoupledCase::components_strongly_convex(Region region) const {
  return certainly(state_->facts.component_strong_convexity(), component_lambda(region) > 0);
}

Enclosure CoupledCase::component_lambda(Region region) const {
  const auto thin = region == Region::domain ? state_->thin_directions() : std::nullopt;
  if (!thin)
    return certified(state_->facts.component_strong_convexity(), "λ of the single functions");
  std::optional<Enclosure> smallest;  // of the eigenvalues of PᵀA_iP
  for (const auto& AP : hessians_on(state_->problem(), *thin)) {
    const Matrix<Rational> PAP = AP(*thin, Eigen::all);
    const Enclosure own = enclose(smallest_eigenvalue_bound(PAP).value);
    smallest = smallest ? min(*smallest, own) : own;
  }
  return *smallest;
}

Enclosure CoupledCase::delta() const {
  if (state_->instance.run.batches.empty()) throw NotCertified("the run has no batch");
  if (!state_->inverse_infimum) {
    const DifferentialInfimum infimum = differential_infimum(*state_->problem().sum);
    state_->inverse_infimum = infimum.value ? 1 / enclose(*infimum.value) : Enclosure(0);
  }
  return (state_->instance.run.batch(0) - 1) * *state_->inverse_infimum;
}

const std::vector<PointPair>& CoupledCase::pairs() const {
  if (state_->pairs) return *state_->pairs;
  const auto points = points_of(state_->problem(), state_->instance.run);
  state_->pairs.emplace();
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Every point with the first one and with the next.
    for (std::size_t j = i + 1; j < (i == 0 ? points.size() : std::min(i + 2, points.size()));
         ++j) {
      state_->pairs->push_back(state_->pair(points[i], points[j]));
    }
  }
  return *state_->pairs;
}

PointPair CoupledCase::start_and_beside(int j) const {
  const Vector<Enclosure> start = enclose(state_->instance.run.start);
  Vector<Enclosure> next = start;
  next[j] += 1;
  return state_->pair({{Spot::Kind::start}, start}, {{Spot::Kind::start_plus, j + 1}, next});
}

Truth CoupledCase::has_neighbour() const { return truth(state_->instance.neighbour.has_value()); }

Enclosure CoupledCase::lipschitz() const {
  if (state_->lipschitz) return *state_->lipschitz;
  const Facts replaced(Problem{state_->neighbour().replacement, state_->problem().domain});
  state_->lipschitz = max(certified(state_->facts.lipschitz(), "L"),
                          certified(replaced.lipschitz(), "L of the replacement"));
  return *state_->lipschitz;
}

Enclosure CoupledCase::distance(int k) const { return state_->at(k).distance; }
Enclosure CoupledCase::squared_distance(int k) const { return state_->at(k).squared_distance; }
std::vector<ValueGap> CoupledCase::value_gaps(int k) const { return state_->at(k).gaps; }
Enclosure CoupledCase::generalization_gap(int k) const { return state_->sampled(k).gap; }
Enclosure CoupledCase::uniform_stability(int k) const { return state_->sampled(k).stability; }
bool CoupledCase::was_listed() const { return !state_->law.empty(); }

}  // namespace graddiv
