#include "claim/evaluation.h"

#include <algorithm>

#include "claim/evaluation_state.h"

namespace graddiv {

Evaluation::Evaluation(Instance instance, const EvaluationOptions& options)
    : state_(std::make_shared<State>(std::move(instance), options)) {}

const EvaluationOptions& Evaluation::options() const { return state_->options; }

const Instance& Evaluation::instance() const { return state_->instance; }

namespace {

const Facts& at_precision(std::map<unsigned, Facts>& facts, const Problem& problem) {
  // Facts are certified with this many bits, whoever asks for less.
  constexpr unsigned least_bits = 256;
  return facts.try_emplace(std::max(current_precision().bits, least_bits), problem).first->second;
}

}  // namespace

const Facts& Evaluation::facts() const { return at_precision(state_->facts, state_->problem()); }

const Facts& Evaluation::facts_of_replacement() const {
  const auto& neighbour = state_->instance.neighbour;
  if (!neighbour) throw NotCertified("the instance names no neighbouring data set");
  const Problem replaced{neighbour->replacement, state_->problem().domain};
  return at_precision(state_->facts_of_replacement, replaced);
}

bool all_exact(const Values& values) {
  return std::ranges::all_of(values, [](const Enclosure& x) { return x.is_exact(); });
}

}  // namespace graddiv
