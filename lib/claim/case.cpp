#include "claim/case.h"

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
