#include "claim/views/mechanism.h"

#include <algorithm>

#include "claim/effort.h"
#include "claim/evaluation_state.h"
#include "claim/reference.h"
#include "diversity/diversity.h"
#include "diversity/mechanism_laws.h"
#include "expectation/enumeration.h"
#include "number/exact.h"
#include "number/precision.h"
#include "sgd/step.h"

namespace graddiv {
namespace {

// Every pair of values added up costs microseconds, and a check should take milliseconds.
constexpr double most_pairs = 12'000;

}  // namespace

struct MechanismPoint::State {
  Problem problem;
  Mechanism mechanism;
  Vector<Enclosure> w;
  Place place;
  std::function<Vector<Enclosure>()> reference;
  std::vector<Vector<Enclosure>> gradients;
  std::vector<FiniteLaw> laws;  // of Q_i(g_i), or of the same moments
  GradientSums sums;
  std::optional<Text> only_enclosed;

  Enclosure sum_over(const std::function<Enclosure(const Vector<Enclosure>&)>& f) const {
    Enclosure sum = 0;
    for (const Vector<Enclosure>& g : gradients) sum += f(g);
    return sum;
  }
  FiniteLaw mini_batch(const Enclosure& B) const {
    try {
      return law_of_mini_batch(laws, static_cast<long>(numerator(exact_value(B))),
                               mechanism.sharing(), most_pairs);
    } catch (const LawTooLarge& e) {
      throw NotCertified(Text::words(e.what()));
    }
  }
};

namespace {

Enclosure norm2(const Vector<Enclosure>& v) { return v.squaredNorm(); }

Enclosure norm1(const Vector<Enclosure>& v) {
  Enclosure sum = 0;
  for (const Enclosure& x : v) sum += abs(x);
  return sum;
}

}  // namespace

MechanismPoint::MechanismPoint(std::shared_ptr<const State> state) : state_(std::move(state)) {}

const Place& MechanismPoint::place() const { return state_->place; }
const std::optional<Text>& MechanismPoint::only_enclosed() const { return state_->only_enclosed; }
Enclosure MechanismPoint::sum_of_squares() const { return state_->sums.sum_of_squares; }
Enclosure MechanismPoint::square_of_sum() const { return state_->sums.square_of_sum; }
Enclosure MechanismPoint::variance() const {
  return state_->sum_over([&](const auto& g) { return state_->mechanism.variance(g); });
}
Enclosure MechanismPoint::sum_of_norm_products() const {
  return state_->sum_over([](const auto& g) { return sqrt(norm2(g)) * norm1(g); });
}

Enclosure MechanismPoint::expected_variance() const {
  Enclosure sum = 0;
  for (std::size_t i = 0; i < state_->laws.size(); ++i) {
    const Vector<Enclosure>& g = state_->gradients[i];
    sum += state_->laws[i].mean([&](const auto& q) { return norm2(q - g); });
  }
  return sum;
}

Enclosure MechanismPoint::expected_sum_of_squares() const {
  Enclosure sum = 0;
  for (const FiniteLaw& law : state_->laws) sum += law.mean(norm2);
  return sum;
}

Enclosure MechanismPoint::expected_square_of_sum() const {
  try {
    return law_of_sum(state_->laws, most_pairs).mean(norm2);
  } catch (const LawTooLarge& e) {
    throw NotCertified(Text::words(e.what()));
  }
}

Enclosure MechanismPoint::expected_squared_batch(const Enclosure& B) const {
  return state_->mini_batch(B).mean(norm2);
}

Enclosure MechanismPoint::distance() const { return norm2(state_->w - state_->reference()); }

Enclosure MechanismPoint::slope_towards_reference() const {
  return mean_of(state_->gradients).dot(state_->w - state_->reference());
}

Enclosure MechanismPoint::expected_distance_after_step(const Enclosure& gamma,
                                                       const Enclosure& B) const {
  const Domain& domain = state_->problem.domain;
  if (domain.is_bounded() && !state_->mechanism.has_finite_law()) {
    throw NotCertified("the mechanism '" + Text::words(state_->mechanism.name()) +
                       "' has no finite law, and the projection needs more than its moments");
  }
  const Vector<Enclosure> reference = state_->reference();
  return state_->mini_batch(B).mean([&](const Vector<Enclosure>& move) {
    return norm2(mini_batch_step(domain, state_->w, {move}, std::vector<long>{1}, gamma) -
                 reference);
  });
}

namespace {

/// The point, or a surrogate, with the laws of Q_i(g_i) for its gradients g_i, or for surrogates of
/// them: what is claimed of the maps Q_i holds for all vectors. Where there are none, and where
/// they are not exact, `missing` gets to know why.
std::optional<MechanismPoint> point_at(const Instance& instance, const Facts& facts,
                                       const Vector<Enclosure>& w, const Place& place,
                                       std::vector<Text>& missing) {
  auto p = std::make_shared<MechanismPoint::State>();
  p->problem = instance.problem;
  p->mechanism = instance.run.mechanism;
  p->reference = [facts, start = instance.run.start] { return reference_point(facts, start); };
  try {
    p->w = exact_beside(w, p->problem.domain);
    const auto g = gradients(p->problem, p->w);
    p->gradients = exact_beside(g);
    const bool are_those = is_exact(w) && std::ranges::all_of(g, is_exact);
    p->place = place;
    p->place.is_surrogate = !are_those;
    if (!are_those) std::ranges::transform(p->gradients, p->gradients.begin(), as_surrogates);
    p->sums = sum_gradients(p->gradients);
    p->laws = laws_of_same_moments(p->mechanism, p->gradients, most_pairs);
  } catch (const NotCertified& e) {
    missing.push_back(e.why());
    return std::nullopt;
  } catch (const LawTooLarge& e) {
    missing.push_back(Text::words(e.what()));
    return std::nullopt;
  } catch (const std::domain_error& e) {
    missing.push_back(Text::words(e.what()));
    return std::nullopt;
  }
  for (std::size_t i = 0; i < p->laws.size(); ++i) {
    if (p->laws[i].is_exact()) continue;
    missing.push_back("the norm of " + Text::formula("∇f_" + std::to_string(i + 1)) + " at " +
                      to_text(place) + ", the root of " +
                      Text::formula(norm2(p->gradients[i]).to_string(6)) +
                      ", is irrational, and with it the law of the mechanism '" +
                      Text::words(p->mechanism.name()) + "'");
    p->only_enclosed = missing.back();
    break;
  }
  return MechanismPoint(std::move(p));
}

std::vector<MechanismPoint> list_mechanism_points(const Instance& instance, const Facts& facts) {
  // Exact, however long the numbers get.
  const PrecisionScope scope(Precision{current_precision().bits});
  std::vector<MechanismPoint> points;
  std::vector<MechanismPoint> enclosed;
  std::vector<Text> missing;
  const auto add = [&](const Vector<Enclosure>& w, const Place& place) {
    if (points.size() + missing.size() / 4 >= effort::with_mechanism.points) return;
    const auto p = point_at(instance, facts, w, place, missing);
    if (p) (p->only_enclosed() ? enclosed : points).push_back(*p);
  };
  add(enclose(instance.run.start), Place::visited(0, 0));
  enumeration::Options options;
  options.largest_transitions = effort::with_mechanism.transitions;
  try {
    enumeration::visit_law(instance.problem, instance.run, options,
                           [&](int k, const std::vector<enumeration::State>& states) {
                             for (std::size_t i = 0; k > 0 && i < states.size(); ++i) {
                               add(states[i].w, Place::visited(k, i));
                             }
                           });
  } catch (const ExpectationError&) {
    // The points listed until then.
  }
  if (points.empty() && !enclosed.empty()) return {enclosed.front()};
  if (points.empty() && !missing.empty()) throw NotCertified(missing.front());
  return points;
}

}  // namespace

Truth MechanismView::has_mechanism(const std::string& name) const {
  return truth(asked_->evaluation.instance().run.mechanism.name() == name);
}
Truth MechanismView::has_mechanism() const {
  return truth(!asked_->evaluation.instance().run.mechanism.is_none());
}
Truth MechanismView::draws_are_fresh() const {
  const Mechanism& own = asked_->evaluation.instance().run.mechanism;
  return truth(own.sharing() == Mechanism::Sharing::fresh);
}
Enclosure MechanismView::mechanism_parameter() const {
  const Mechanism& own = asked_->evaluation.instance().run.mechanism;
  if (own.is_none()) throw NotCertified("the run has no mechanism");
  return enclose(own.parameter());
}
const std::vector<MechanismPoint>& MechanismView::mechanism_points() const {
  const Evaluation& evaluation = asked_->evaluation;
  return evaluation.state().mechanism_points.get(
      [&] { return list_mechanism_points(evaluation.instance(), evaluation.facts()); },
      [](const auto& points) {
        return std::ranges::none_of(
            points, [](const auto& p) { return p.place().is_surrogate || p.only_enclosed(); });
      });
}

}  // namespace graddiv
