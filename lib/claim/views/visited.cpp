#include "claim/views/visited.h"

#include <algorithm>

#include "claim/certified.h"
#include "claim/effort.h"
#include "claim/reference.h"
#include "claim/views/point_state.h"
#include "expectation/enumeration.h"

namespace graddiv {
namespace {

/// M² and 1/B_S at a point, or what stands for them.
std::pair<Enclosure, Enclosure> moment_and_inverse_bound(const Asked& asked,
                                                         const Vector<Enclosure>& w) {
  const Instance& instance = asked.evaluation.instance();
  const auto g = gradients(instance.problem, w);
  const GradientSums sums = sum_gradients(g);
  if (!asked.mechanism) return {sums.second_moment(), sums.inverse_batch_size_bound()};
  const StepMoments m = with_noise(asked, {sums.second_moment(), sums.full_gradient_norm2()},
                                   instance.run.mechanism.mean_variance(g));
  if ((m.square > 0) == Truth::yes) return {m.square, m.cross / m.square};
  const bool vanish = (m.cross == 0) == Truth::yes;
  return {m.square, vanish ? Enclosure(0) : Enclosure::hull(0, 1)};  // cross ≤ square
}

void list_law(const Instance& instance,
              const std::function<void(int k, const std::vector<enumeration::State>&)>& visit) {
  enumeration::Options options;
  options.largest_transitions = effort::reachable.transitions;
  const PrecisionScope scope(Precision{current_precision().bits, effort::exact_bits});
  enumeration::visit_law(instance.problem, instance.run, options, visit);
}

Point point_at(const Evaluation& evaluation, Vector<Enclosure> w, Place place) {
  // Exact, whatever the precision of the list it comes from.
  const PrecisionScope scope(Precision{current_precision().bits});
  auto p = std::make_shared<Point::State>();
  p->problem = evaluation.instance().problem;
  p->gradients = gradients(p->problem, w);
  p->sums = sum_gradients(p->gradients);
  p->w = std::move(w);
  p->place = std::move(place);
  // Not the evaluation itself: it keeps its points.
  p->reference = [facts = evaluation.facts(), start = evaluation.instance().run.start] {
    return reference_point(facts, start);
  };
  p->minimizer = [facts = evaluation.facts()] { return certified(facts.minimizer(), "$w*$"); };
  return Point(std::move(p));
}

Visited list_visited(const Asked& asked) {
  Visited r;
  const Domain& W = asked.evaluation.instance().problem.domain;
  try {
    list_law(asked.evaluation.instance(), [&](int k, const std::vector<enumeration::State>& law) {
      Enclosure second_moment = k == 0 ? 0 : r.second_moment.back();
      Enclosure inverse = k == 0 ? 0 : r.inverse_batch_size_bound.back();
      for (std::size_t i = 0; i < law.size(); ++i) {
        const auto [moment, inverse_bound] = moment_and_inverse_bound(asked, law[i].w);
        second_moment = max(second_moment, moment);
        inverse = max(inverse, inverse_bound);
        if (r.points.size() >= effort::reachable.points) continue;
        r.points.push_back(
            point_at(asked.evaluation, short_point_beside(law[i].w, W), Place::visited(k, i)));
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
}

LeastOfPaths list_least(const Evaluation& evaluation) {
  const Instance& instance = evaluation.instance();
  LeastOfPaths least;
  const Vector<Enclosure> minimizer = certified(evaluation.facts().minimizer(), "$w*$");
  try {
    list_law(instance, [&](int, const std::vector<enumeration::State>& law) {
      std::optional<Enclosure> distance;
      std::optional<Enclosure> lowest;
      for (const auto& state : law) {
        const Enclosure d = Vector<Enclosure>(state.w - minimizer).squaredNorm();
        const Enclosure F = objective(instance.problem, state.w);
        distance = distance ? min(*distance, d) : d;
        lowest = lowest ? min(*lowest, F) : F;
      }
      least.distance.push_back(*distance);
      least.objective.push_back(*lowest);
    });
  } catch (const ExpectationError& e) {
    throw NotCertified(Text::words(e.what()));
  }
  return least;
}

}  // namespace

StepMoments with_noise(const Asked& asked, StepMoments plain, const Enclosure& variance) {
  const Instance& instance = asked.evaluation.instance();
  const bool shared = instance.run.mechanism.sharing() == Mechanism::Sharing::shared;
  if (asked.mechanism->noise) plain.square += variance;
  if (asked.mechanism->sharing && shared) plain.cross += variance / instance.problem.size();
  return plain;
}

const Visited& visited(const Asked& asked) {
  asked.require_runs_as_meant();
  return asked.evaluation.state()
      .visited.at(asked.reading())
      .get([&] { return list_visited(asked); },
           [](const Visited& v) {
             return std::ranges::all_of(v.points, &Point::is_all_exact) &&
                    all_exact(v.second_moment) && all_exact(v.inverse_batch_size_bound);
           });
}

const LeastOfPaths& least_of_paths(const Asked& asked) {
  asked.require_no_mechanism();
  return asked.evaluation.state().least_of_paths.get(
      [&] { return list_least(asked.evaluation); },
      [](const LeastOfPaths& l) { return all_exact(l.distance) && all_exact(l.objective); });
}

}  // namespace graddiv
