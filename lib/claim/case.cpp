#include "claim/case.h"

#include <utility>

#include "claim/evaluation_state.h"
#include "sgd/instance.h"

namespace graddiv {

Case::Case(AskedPtr asked)
    : RunView(asked),
      ConstantsView(asked),
      ExpectationsView(asked),
      PointsView(asked),
      MechanismView(asked),
      asked_(asked),
      coupled_(asked) {}

Case::Case(const Evaluation& evaluation, std::optional<MechanismMoments> mechanism,
           bool is_last_resort)
    : Case(std::make_shared<Asked>(Asked{evaluation, mechanism, is_last_resort})) {}

Case::Case(const Instance& instance) : Case(Evaluation(instance)) {}

namespace {

Run serial_run(Run run) {
  constexpr long most_iterations = 100'000;
  const long T = run.evaluations(run.iterations);
  if (run.full_batch) throw NotCertified("a full batch has no serial run beside it");
  if (run.has_irrational_steps() && run.evaluations(run.iterations) > run.iterations)
    throw NotCertified("irrational steps $c/√k$ of batches have no serial run beside them");
  if (T > most_iterations) throw NotCertified("the serial run beside it is too long");
  if (!run.has_constant_step() && !run.has_irrational_steps()) {
    std::vector<Rational> steps;
    for (int k = 0; k < run.iterations; ++k)
      steps.insert(steps.end(), static_cast<std::size_t>(run.batch(k)), run.step(k));
    run.steps = std::move(steps);
    run.step_rule.reset();
  }
  run.batches = {1};
  run.iterations = static_cast<int>(T);
  return run;
}

}  // namespace

Case Case::serial() const {
  auto& state = asked_->evaluation.state();
  if (state.options.sampling) throw NotCertified("two runs side by side are not sampled");
  if (!state.serial) {
    Instance beside = state.instance;
    beside.run = serial_run(beside.run);
    state.serial.emplace(std::move(beside), state.options);
  }
  return Case(*state.serial, asked_->mechanism, asked_->is_last_resort);
}

const CoupledView& Case::coupled() const {
  asked_->require_no_mechanism();
  return coupled_;
}

bool Case::misses_full_batch() const {
  return instance().run.full_batch && !asked_->knows_full_batches;
}
std::string Case::provenance() const { return asked_->provenance(); }
long Case::megabytes_of_exact_values() const { return asked_->megabytes_of_exact_values(); }

}  // namespace graddiv
