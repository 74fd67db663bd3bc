#include "claim/case.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "claim/coupled_case.h"
#include "claim/effort.h"
#include "claim/mean_over_draws.h"
#include "claim/mechanism_point.h"
#include "claim/reference.h"
#include "diversity/conflict_graph.h"
#include "diversity/diversity.h"
#include "expectation/enumeration.h"
#include "expectation/expect.h"
#include "facts/facts.h"
#include "facts/lazy.h"
#include "number/exact.h"
#include "problem/random_rows.h"
#include "sgd/instance.h"
#include "sgd/step.h"

namespace graddiv {
namespace {

template <class T>
const T& value_of(const Fact<T>& fact, const char* name) {
  if (!fact.value)
    throw NotCertified(std::string(name) + " is not known: " + to_sentence(fact.proof));
  return *fact.value;
}

/// X of generalized linear functions.
const Matrix<Rational>& rows_of(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (X == nullptr) throw NotCertified("the functions are not generalized linear");
  return *X;
}

/// The point itself where its coordinates are exact and short, else an exact point beside it.
Vector<Enclosure> near(const Vector<Enclosure>& w) {
  return w.unaryExpr([](const Enclosure& x) { return effort::is_short(x) ? x : exact_beside(x); });
}

std::vector<Domain> factors_of(const Domain& W) {
  return W.kind() == Domain::Kind::product ? W.factors() : std::vector<Domain>{W};
}

}  // namespace

struct Point::State {
  Problem problem;
  Vector<Enclosure> w;
  Place place;
  std::function<Vector<Enclosure>()> reference;
  std::vector<Vector<Enclosure>> gradients;
  GradientSums sums;
  bool has_exact_gradients = false;  // in the place of irrational ones

  GradientSums sums_of_copies(int r) const {
    auto copies = graddiv::gradients(replicate(problem, r), w);
    return sum_gradients(has_exact_gradients ? exact_beside(std::move(copies)) : copies);
  }
};

Point::Point(std::shared_ptr<const State> state) : state_(std::move(state)) {}

const Place& Point::place() const { return state_->place; }
Enclosure Point::second_moment() const { return state_->sums.second_moment(); }
Enclosure Point::gradient_norm2() const { return state_->sums.full_gradient_norm2(); }
Enclosure Point::inverse_gradient_diversity() const {
  return state_->sums.inverse_gradient_diversity();
}
Enclosure Point::inverse_batch_size_bound() const {
  return state_->sums.inverse_batch_size_bound();
}

Enclosure Point::inverse_gradient_diversity_of_copies(int r) const {
  return state_->sums_of_copies(r).inverse_gradient_diversity();
}
Enclosure Point::inverse_batch_size_bound_of_copies(int r) const {
  return state_->sums_of_copies(r).inverse_batch_size_bound();
}

Truth Point::gradients_are_equal() const {
  Truth equal = Truth::yes;
  for (const auto& g : state_->gradients) {
    for (Eigen::Index j = 0; j < g.size(); ++j)
      equal = equal && (g[j] == state_->gradients.front()[j]);
  }
  return equal;
}

Point Point::with_exact_derivatives() const {
  const Matrix<Rational>& X = rows_of(state_->problem);
  auto exact = std::make_shared<State>(*state_);
  for (std::size_t i = 0; i < exact->gradients.size(); ++i) {
    Vector<Enclosure>& g = exact->gradients[i];
    if (is_exact(g)) continue;
    const Vector<Enclosure> x =
        enclose(Vector<Rational>(X.row(static_cast<Eigen::Index>(i)).transpose()));
    // ∇f_i = a_i x_i, so a_i = ⟨∇f_i, x_i⟩ / ‖x_i‖².
    g = x * exact_beside(g.dot(x) / x.squaredNorm());
    exact->place.is_surrogate = true;
  }
  exact->sums = sum_gradients(exact->gradients);
  return Point(std::move(exact));
}

Point Point::with_exact_gradients() const {
  if (std::ranges::all_of(state_->gradients, is_exact)) return *this;
  auto exact = std::make_shared<State>(*state_);
  exact->gradients = exact_beside(state_->gradients);
  exact->has_exact_gradients = true;
  exact->sums = sum_gradients(exact->gradients);
  exact->place.is_surrogate = true;
  return Point(std::move(exact));
}

Enclosure Point::distance() const {
  return Vector<Enclosure>(state_->w - state_->reference()).squaredNorm();
}

Enclosure Point::slope_towards_reference() const {
  return mean_of(state_->gradients).dot(state_->w - state_->reference());
}

Enclosure Point::expected_squared_sum(const Enclosure& B) const {
  const enumeration::Draws draws(state_->gradients);
  return mean_over_draws(draws, B, [&](const std::vector<long>& counts) {
    const auto& gradients = draws.gradients();
    Vector<Enclosure> sum = gradients.front() * Enclosure(counts.front());
    for (std::size_t i = 1; i < gradients.size(); ++i) sum += gradients[i] * Enclosure(counts[i]);
    return sum.squaredNorm();
  });
}

Enclosure Point::expected_distance_after_step(const Enclosure& gamma, const Enclosure& B) const {
  const Vector<Enclosure> reference = state_->reference();
  const enumeration::Draws draws(state_->gradients);
  return mean_over_draws(draws, B, [&](const std::vector<long>& counts) {
    const Vector<Enclosure> next =
        mini_batch_step(state_->problem.domain, state_->w, draws.gradients(), counts, gamma);
    return Vector<Enclosure>(next - reference).squaredNorm();
  });
}

Enclosure Point::expected_change_of_objective(const Enclosure& gamma, const Enclosure& B) const {
  const Problem& problem = state_->problem;
  const Vector<Enclosure>& w = state_->w;
  const Vector<Enclosure> zero = Vector<Enclosure>::Zero(w.size());
  const enumeration::Draws draws(state_->gradients);
  return mean_over_draws(draws, B, [&](const std::vector<long>& counts) {
    // The step is known to more digits than the point it leads to.
    const Vector<Enclosure> step =
        mini_batch_step(Domain::all(), zero, draws.gradients(), counts, gamma);
    return certainly_equal(step, zero) ? Enclosure(0) : change_of_objective(problem, w, step);
  });
}

namespace {

/// The points that a run can visit, as far as they were listed.
struct Reachable {
  std::vector<Point> points;
  bool is_complete = false;
  // Entry k: the largest M²(w) and 1/B_S(w) over iterations 0..k, where the list is complete.
  std::vector<Enclosure> second_moment;
  std::vector<Enclosure> inverse_batch_size_bound;
};

}  // namespace

/// The least of what paths reach, by iteration.
struct LeastOfPaths {
  std::vector<Enclosure> distance;
  std::vector<Enclosure> objective;
};

struct Case::State {
  State(const Instance& i, std::optional<MechanismMoments> m, bool last_resort)
      : instance(i),
        mechanism(m),
        is_last_resort(last_resort),
        facts(i.problem),
        coupled(i, facts) {}

  Instance instance;
  std::optional<MechanismMoments> mechanism;  // how the statement reads it, where it is about one
  bool is_last_resort;
  Facts facts;
  CoupledCase coupled;
  std::map<Quantity, Trajectory> trajectories;
  mutable Lazy<Reachable> reachable_points;
  Lazy<LeastOfPaths> least_of_paths;
  std::map<int, std::vector<BatchCondition>> batch_conditions;
  Lazy<std::vector<MechanismPoint>> points_with_mechanism;
  Lazy<std::vector<Enclosure>> largest_second_moment;  // entry k: max over j ≤ k of E M²(w_j)
  Lazy<std::vector<Enclosure>> largest_step_moment;    // the same of E[M² + (B−1)‖∇F‖²]
  Lazy<std::vector<Enclosure>> smallest_gradient;  // entry k: min over j ≤ k of E‖∇F(w_j)‖²
  Lazy<std::vector<Enclosure>> sum_of_gradients;   // entry k: the sum over j ≤ k of the same

  const Problem& problem() const { return instance.problem; }
  const Run& run() const { return instance.run; }

  /// Objectives are taken as they are, and F* subtracted later: differences of them do not depend on how well F* is known.
  Reference reference() const {
    const auto& minimizer = facts.minimizer();
    return {minimizer.value, Enclosure(0), to_sentence(minimizer.proof), ""};
  }
  Enclosure optimum() const { return value_of(facts.optimum(), "F*"); }
  bool starts_at_minimizer() const {
    return facts.minimizer().value &&
           certainly_equal(enclose(run().start), *facts.minimizer().value);
  }

  /// Statements about runs without a mechanism say nothing about runs with one, and the other way round. Everything a statement can
  /// know about a run beyond its data comes through here, or through mechanism_points().
  void require_runs_as_meant() const {
    if (!mechanism) return require_no_mechanism();
    if (run().mechanism.is_none()) throw NotCertified("the run has no mechanism");
  }
  void require_no_mechanism() const {
    if (run().mechanism.is_none()) return;
    throw NotCertified("the run has the mechanism '" + run().mechanism.name() +
                       "', of which this says nothing");
  }

  /// The averaged iterate alone needs the running sum; everything else comes in one pass.
  const Enclosure& expectation(Quantity q, int k) {
    require_runs_as_meant();
    auto found = trajectories.find(q);
    if (found == trajectories.end()) {
      ExpectationOptions options;
      if (q == Quantity::average_suboptimality) {
        options.quantities = {q};
      } else {
        std::erase(options.quantities, Quantity::average_suboptimality);
        if (mechanism) options.quantities.push_back(Quantity::mechanism_variance);
      }
      options.precision = current_precision().bits;
      options.largest_precision = std::max(options.largest_precision, options.precision);
      try {
        const Trajectory t = expect(problem(), run(), reference(), options);
        for (const Quantity each : options.quantities) trajectories[each] = t;
      } catch (const ExpectationError& e) {
        throw NotCertified(e.what());
      } catch (const std::domain_error& e) {  // of the variance of a mechanism
        throw NotCertified(e.what());
      }
      found = trajectories.find(q);
    }
    if (!found->second.has(q)) {
      throw NotCertified(std::string(to_string(q)) + ": " + found->second.absent.at(q));
    }
    return found->second.at(q, k);
  }

  /// M² and ‖∇F‖² at a point, or what stands for them in a statement on runs with a mechanism: E‖Σ_{ℓ≤B} Q‖² = B M_Q² + B(B−1) cross,
  /// where shared noise has cross = E‖(1/n) Σ Q_i‖² and fresh noise ‖∇F‖².
  struct Moments {
    Enclosure square;
    Enclosure cross;
  };
  Moments with_noise(Moments plain, const Enclosure& variance) const {
    const bool shared = run().mechanism.sharing() == Mechanism::Sharing::shared;
    if (mechanism->noise) plain.square += variance;
    if (mechanism->sharing && shared) plain.cross += variance / problem().size();
    return plain;
  }
  Moments expected_moments(int k) {
    const Moments plain{expectation(Quantity::second_moment, k),
                        expectation(Quantity::gradient_norm, k)};
    return mechanism ? with_noise(plain, expectation(Quantity::mechanism_variance, k)) : plain;
  }

  /// M² and 1/B_S at a point, or what stands for them.
  std::pair<Enclosure, Enclosure> moment_and_inverse_bound(const Vector<Enclosure>& w) const {
    const auto g = gradients(problem(), w);
    const GradientSums sums = sum_gradients(g);
    if (!mechanism) return {sums.second_moment(), sums.inverse_batch_size_bound()};
    const Moments m = with_noise({sums.second_moment(), sums.full_gradient_norm2()},
                                 run().mechanism.mean_variance(g));
    if ((m.square > 0) == Truth::yes) return {m.square, m.cross / m.square};
    const bool vanish = (m.cross == 0) == Truth::yes;
    return {m.square, vanish ? Enclosure(0) : Enclosure::hull(0, 1)};  // cross ≤ square
  }

  void list_law(
      const std::function<void(int k, const std::vector<enumeration::State>&)>& visit) const {
    enumeration::Options options;
    options.largest_transitions = effort::reachable.transitions;
    const PrecisionScope scope(Precision{current_precision().bits, effort::exact_bits});
    enumeration::visit_law(problem(), run(), options, visit);
  }

  const Reachable& reachable() const {
    require_runs_as_meant();
    return reachable_points.get([&] {
      Reachable r;
      try {
        list_law([&](int k, const std::vector<enumeration::State>& states) {
          Enclosure second_moment = k == 0 ? 0 : r.second_moment.back();
          Enclosure inverse = k == 0 ? 0 : r.inverse_batch_size_bound.back();
          for (std::size_t i = 0; i < states.size(); ++i) {
            const auto [moment, inverse_bound] = moment_and_inverse_bound(states[i].w);
            second_moment = max(second_moment, moment);
            inverse = max(inverse, inverse_bound);
            if (r.points.size() >= effort::reachable.points) continue;
            r.points.push_back(point(near(states[i].w), Place::visited(k, i)));
          }
          r.second_moment.push_back(second_moment);
          r.inverse_batch_size_bound.push_back(inverse);
        });
        r.is_complete = true;
      } catch (const ExpectationError&) {
        r.is_complete = false;  // more points than are worth listing
      } catch (const std::domain_error&) {
        r.is_complete = false;  // the variance of a mechanism at one of them cannot be told
      }
      return r;
    });
  }

  const LeastOfPaths& least() {
    require_no_mechanism();
    return least_of_paths.get([&] {
      LeastOfPaths least;
      const Vector<Enclosure> minimizer = value_of(facts.minimizer(), "w*");
      try {
        list_law([&](int, const std::vector<enumeration::State>& states) {
          std::optional<Enclosure> distance;
          std::optional<Enclosure> objective;
          for (const auto& state : states) {
            const Enclosure d = Vector<Enclosure>(state.w - minimizer).squaredNorm();
            const Enclosure F = graddiv::objective(problem(), state.w);
            distance = distance ? min(*distance, d) : d;
            objective = objective ? min(*objective, F) : F;
          }
          least.distance.push_back(*distance);
          least.objective.push_back(*objective);
        });
      } catch (const ExpectationError& e) {
        throw NotCertified(e.what());
      }
      return least;
    });
  }

  Point point(Vector<Enclosure> w, Place place) const {
    // Exact, whatever the precision of the list it comes from.
    const PrecisionScope scope(Precision{current_precision().bits});
    auto p = std::make_shared<Point::State>();
    p->problem = problem();
    p->gradients = gradients(problem(), w);
    p->sums = sum_gradients(p->gradients);
    p->w = std::move(w);
    p->place = std::move(place);
    p->reference = [f = facts] {
      return exact_beside(value_of(f.minimizer(), "w*"), f.problem().domain);
    };
    return Point(std::move(p));
  }
};

Case::Case(const Instance& instance, std::optional<MechanismMoments> mechanism, bool is_last_resort)
    : state_(std::make_shared<State>(instance, mechanism, is_last_resort)) {}

const Instance& Case::instance() const { return state_->instance; }
bool Case::is_last_resort() const { return state_->is_last_resort; }

int Case::iterations() const { return state_->run().iterations; }
Enclosure Case::gamma(int k) const {
  if (state_->run().steps.empty()) throw NotCertified("the run has no step");
  return enclose(state_->run().step(k));
}
Enclosure Case::B(int k) const {
  if (state_->run().batches.empty()) throw NotCertified("the run has no batch");
  return state_->run().batch(k);
}
Enclosure Case::evaluations(int k) const { return state_->run().evaluations(k); }
Truth Case::constant_step_and_batch() const {
  return truth(state_->run().has_constant_step() && state_->run().has_constant_batch());
}
Truth Case::unconstrained() const { return truth(!state_->problem().domain.is_bounded()); }
Truth Case::start_in_domain() const {
  return state_->problem().domain.contains(enclose(state_->run().start));
}
Truth Case::start_is_zero() const { return truth(state_->run().start.isZero()); }
Enclosure Case::balls_about_zero() const {
  const auto balls = factors_of(state_->problem().domain);
  const auto is_like_the_first = [&](const Domain& W) {
    return W.kind() == Domain::Kind::ball && W.center().isZero() &&
           W.radius() == balls.front().radius() && W.dimension() == balls.front().dimension();
  };
  return std::ranges::all_of(balls, is_like_the_first) ? static_cast<long>(balls.size()) : 0;
}
Enclosure Case::domain_radius() const {
  if ((balls_about_zero() > 0) != Truth::yes)
    throw NotCertified("W is no product of equal balls about 0");
  return enclose(factors_of(state_->problem().domain).front().radius());
}

Enclosure Case::n() const { return state_->problem().size(); }
Enclosure Case::d() const { return state_->problem().dimension(); }
Truth Case::convex() const { return certainly(state_->facts.strong_convexity(), lambda() >= 0); }
Truth Case::strongly_convex() const {
  return certainly(state_->facts.strong_convexity(), lambda() > 0);
}
Enclosure Case::lambda() const { return enclose(value_of(state_->facts.strong_convexity(), "λ")); }
Enclosure Case::beta() const { return enclose(value_of(state_->facts.smoothness(), "β")); }
Enclosure Case::mu() const { return enclose(value_of(state_->facts.pl_constant(), "μ")); }

Truth Case::generalized_linear() const {
  return truth(state_->problem().sum->facts().rows != nullptr);
}
Enclosure Case::smallest_row_norm2() const {
  return value_of(state_->facts.smallest_row_norm2(), "min ‖x_i‖²");
}
Enclosure Case::mean_row_norm2() const {
  const Matrix<Rational>& X = rows_of(state_->problem());
  return enclose(Rational(X.squaredNorm() / Rational(X.rows())));
}
Enclosure Case::largest_singular_value2() const {
  return value_of(state_->facts.largest_singular_value2(), "σ_max(X)²");
}
Truth Case::has_zero_row() const {
  const Matrix<Rational>& X = rows_of(state_->problem());
  return truth((X.rowwise().squaredNorm().array() == Rational(0)).any());
}
Enclosure Case::largest_singular_value2_of_unit_rows() const {
  return value_of(state_->facts.largest_singular_value2_of_unit_rows(), "σ_max(Y)²");
}
Truth Case::has_random_rows(const std::string& law) const {
  const RowLaw* known = state_->problem().sum->row_law();
  return truth(known != nullptr && to_string(known->kind) == law);
}
FailureProbability Case::failure_probability(const Enclosure& bound,
                                             const Enclosure& stated) const {
  state_->require_no_mechanism();
  const RowLaw* law = state_->problem().sum->row_law();
  if (law == nullptr) throw NotCertified("the rows are not drawn from a law");
  return graddiv::failure_probability(*law, bound, stated);
}
Enclosure Case::conflict_degree() const {
  return ConflictGraph(*state_->problem().sum).maximum_degree();
}
Enclosure Case::mean_conflict_degree() const {
  return Enclosure(ConflictGraph(*state_->problem().sum).degree_sum()) / n();
}

Enclosure Case::distance(int k) const { return state_->expectation(Quantity::distance, k); }
Enclosure Case::objective(int k) const { return state_->expectation(Quantity::suboptimality, k); }
Enclosure Case::suboptimality(int k) const {
  // At w* it is 0, also where F* is an irrational number that enclosures would subtract from itself.
  const Enclosure value = objective(k) - state_->optimum();
  return k == 0 && state_->starts_at_minimizer() ? Enclosure(0) : value;
}
Enclosure Case::average_suboptimality(int k) const {
  return state_->expectation(Quantity::average_suboptimality, k) - state_->optimum();
}
Enclosure Case::gradient_norm2(int k) const {
  return state_->expectation(Quantity::gradient_norm, k);
}
Enclosure Case::second_moment(int k) const {
  return state_->expectation(Quantity::second_moment, k);
}

namespace {

/// value(0), then each combined with all before it.
template <class Combine>
std::vector<Enclosure> running(int count, const std::function<Enclosure(int)>& value,
                               Combine combine) {
  std::vector<Enclosure> result;
  for (int k = 0; k < count; ++k)
    result.push_back(k == 0 ? value(0) : combine(result.back(), value(k)));
  return result;
}

constexpr auto larger = [](const Enclosure& x, const Enclosure& y) { return max(x, y); };
constexpr auto smaller = [](const Enclosure& x, const Enclosure& y) { return min(x, y); };

}  // namespace

Enclosure Case::smallest_gradient_norm2(int k) const {
  const auto& smallest = state_->smallest_gradient.get([&] {
    return running(
        iterations(), [&](int j) { return gradient_norm2(j); }, smaller);
  });
  return smallest.at(static_cast<std::size_t>(k - 1));
}
Enclosure Case::mean_gradient_norm2(int k) const {
  const auto& sums = state_->sum_of_gradients.get([&] {
    return running(
        iterations(), [&](int j) { return gradient_norm2(j); }, std::plus<>());
  });
  return sums.at(static_cast<std::size_t>(k - 1)) / k;
}

Enclosure Case::least_distance(int k) const {
  return state_->least().distance.at(static_cast<std::size_t>(k));
}
Enclosure Case::least_suboptimality(int k) const {
  return state_->least().objective.at(static_cast<std::size_t>(k)) - state_->optimum();
}

const std::vector<BatchCondition>& Case::batch_conditions(int k) const {
  const auto known = state_->batch_conditions.find(k);
  if (known != state_->batch_conditions.end()) return known->second;

  const std::size_t last = static_cast<std::size_t>(k - 1);
  const Enclosure others = B() - 1;
  std::vector<BatchCondition> result;

  // In expectation: the smallest δ with E[(1 + (B−1)/B_S(w_j)) M²(w_j)] = E M²(w_j) + (B−1) E‖∇F(w_j)‖² ≤ (1+δ) M² for all j < k.
  const Enclosure& M2 = state_->largest_second_moment.get([&] {
    return running(
        iterations(), [&](int j) { return state_->expected_moments(j).square; }, larger);
  })[last];
  const Enclosure& step_moment = state_->largest_step_moment.get([&] {
    const auto moment = [&](int j) {
      const auto m = state_->expected_moments(j);
      return m.square + others * m.cross;
    };
    return running(iterations(), moment, larger);
  })[last];
  const bool is_serial =
      (B() == 1) == Truth::yes;  // then (B−1)/B_S = 0, which an interval cannot tell
  if ((M2 > 0) == Truth::yes) {
    result.push_back(
        {BatchForm::in_expectation, is_serial ? Enclosure(0) : max(step_moment / M2 - 1, 0), M2});
  }

  // Pointwise, over the points that can be reached before iteration k.
  const Reachable& reachable = state_->reachable();
  if (reachable.is_complete) {
    result.push_back({BatchForm::on_the_reachable_set,
                      others * reachable.inverse_batch_size_bound[last],
                      reachable.second_moment[last]});
  }

  // Pointwise on a bounded domain, by certified bounds over all of it.
  if (!state_->mechanism && state_->problem().domain.is_bounded() &&
      start_in_domain() == Truth::yes) {
    const auto& infimum = state_->facts.batch_size_infimum();
    const auto& moment = state_->facts.second_moment_bound();
    if (infimum.value && moment.value) {
      const Enclosure inverse =
          infimum.value->value ? 1 / enclose(*infimum.value->value) : Enclosure(0);
      result.push_back({BatchForm::on_the_domain, others * inverse, moment.value->upper()});
    }
  }
  return state_->batch_conditions.emplace(k, std::move(result)).first->second;
}

const std::vector<Point>& Case::points() const {
  state_->require_no_mechanism();
  return state_->reachable().points;
}

Truth Case::has_mechanism(const std::string& name) const {
  return truth(state_->run().mechanism.name() == name);
}
Truth Case::has_mechanism() const { return truth(!state_->run().mechanism.is_none()); }
Truth Case::draws_are_fresh() const {
  return truth(state_->run().mechanism.sharing() == Mechanism::Sharing::fresh);
}
Enclosure Case::mechanism_parameter() const {
  if (state_->run().mechanism.is_none()) throw NotCertified("the run has no mechanism");
  return enclose(state_->run().mechanism.parameter());
}
const std::vector<MechanismPoint>& Case::mechanism_points() const {
  return state_->points_with_mechanism.get(
      [&] { return list_mechanism_points(state_->instance, state_->facts); });
}
const CoupledCase& Case::coupled() const {
  state_->require_no_mechanism();
  return state_->coupled;
}

std::string Case::provenance() const {
  if (state_->coupled.was_listed()) return "enumeration of the coupled runs";
  if (state_->trajectories.empty()) return "";
  const Trajectory& t = state_->trajectories.begin()->second;
  return std::string(to_string(t.engine)) + ", " + std::string(to_string(t.arithmetic));
}

}  // namespace graddiv
