#include "claim/views/run.h"

#include <algorithm>

#include "claim/not_certified.h"
#include "number/exact.h"
#include "sgd/instance.h"

namespace graddiv {

const Instance& RunView::instance() const { return asked_->evaluation.instance(); }
bool RunView::is_last_resort() const { return asked_->is_last_resort; }

int RunView::iterations() const { return instance().run.iterations; }
Enclosure RunView::gamma(int k) const {
  const Run& run = instance().run;
  if (run.steps.empty() && !run.has_irrational_steps()) throw NotCertified("the run has no step");
  return run.gamma(k);
}
Enclosure RunView::B(int k) const {
  if (instance().run.batches.empty()) throw NotCertified("the run has no batch");
  return instance().run.batch(k);
}
static int iteration_from(const Place& place, const Run& run) {
  return std::max(0, std::min(place.iteration.value_or(0), run.iterations - 1));
}
Enclosure RunView::gamma_at(const Place& place) const {
  return gamma(iteration_from(place, instance().run));
}
Enclosure RunView::B_at(const Place& place) const {
  return B(iteration_from(place, instance().run));
}
Enclosure RunView::evaluations(int k) const { return instance().run.evaluations(k); }
bool RunView::has_constant_step() const { return instance().run.has_constant_step(); }
bool RunView::has_constant_batch() const { return instance().run.has_constant_batch(); }
Truth RunView::constant_step_and_batch() const {
  return truth(has_constant_step() && has_constant_batch());
}
Truth RunView::full_batch() const {
  asked_->knows_full_batches = true;
  return truth(instance().run.full_batch);
}
Truth RunView::unconstrained() const { return truth(!instance().problem.domain.is_bounded()); }
Truth RunView::start_in_domain() const {
  return instance().problem.domain.contains(enclose(instance().run.start));
}

const Rational& RunView::error_level() const { return asked_->evaluation.options().error_level; }

}  // namespace graddiv
