#include "experiments/mechanisms_study.h"

#include <cmath>
#include <limits>

#include "measure/totals.h"

namespace graddiv::experiments::mechanisms {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::unique_ptr<const Model> sample(const Study& s, std::uint64_t repetition) {
  return selected(s.task.train, drawn_rows(s.task.train_rows, s.examples, s.seed, repetition));
}

struct Reached {
  double passes = infinity;
  double loss = infinity;  // the last one seen
};

Reached reach(const Study& s, const Cell& cell, double step, std::uint64_t repetition,
              const Work& work) {
  const auto model = sample(s, repetition);
  const RunOptions options{step, cell.batch, s.passes, s.looks, s.seed, repetition};
  Reached reached;
  run_with_mechanism(*model, options, s.mechanisms[cell.mechanism].noise, work,
                     [&](std::int64_t j, std::span<const float> w) {
                       const auto sums =
                           measure::totals<float>(*model, {0, model->size()}, w,
                                                  {.with_norms = false, .with_gradient = false});
                       const auto count = static_cast<double>(sums.count);
                       reached.loss = sums.loss_sum() / count;
                       if (!std::isfinite(reached.loss)) return false;
                       if (static_cast<double>(sums.correct) < s.target * count) return true;
                       reached.passes = static_cast<double>(j) / static_cast<double>(s.looks);
                       return false;
                     });
  return reached;
}

// Passes to the target; where it is not reached, more than any that does, by the loss.
double objective(const Study& s, const Reached& reached) {
  return std::isfinite(reached.passes) ? reached.passes
                                       : static_cast<double>(s.passes) + 1 + reached.loss;
}

// About 1/(βB) for large batches.
StepSearch step_search(std::int64_t batch) {
  return {.first = batch > 64 ? -10 : -7, .least = -26, .most = 4, .at_least = 1};
}

TunedStep tuned(const Study& s, const Cell& cell, Work& work) {
  const auto over_repetitions = [&](double step) {
    double sum = 0;
    for (std::int64_t k = 0; k < s.search_repetitions; ++k) {
      const auto repetition = search_repetition + static_cast<std::uint64_t>(k);
      sum += objective(s, reach(s, cell, step, repetition, work));
    }
    return sum;
  };
  return tune_step(step_search(cell.batch), over_repetitions,
                   [&] { work.did(s.search_repetitions); });
}

/// At the looks of a plain run with the smallest batch.
std::vector<DiversityLook> diversity_along(const Study& s, double step, std::uint64_t repetition,
                                           const Work& work) {
  const auto model = sample(s, repetition);
  const RunOptions options{step, s.batches.front(), s.passes, 1, s.seed, repetition};
  std::vector<DiversityLook> looks;
  run_sgd(*model, options, work, [&](std::int64_t, std::span<const float> w) {
    DiversityLook look;
    for (const NamedNoise& mechanism : s.mechanisms) {
      const MechanismSums sums = mechanism_sums(*model, w, mechanism.noise);
      look.diversity = sums.bound() / static_cast<double>(sums.count);
      look.with_mechanism.push_back(sums.mechanism_diversity());
      work.check();
    }
    looks.push_back(std::move(look));
    return true;
  });
  return looks;
}

}  // namespace

std::int64_t Study::units() const {
  const std::int64_t a_search = least_tries(step_search(1)) * search_repetitions;
  return std::ssize(mechanisms) * std::ssize(batches) * (a_search + repetitions) + repetitions;
}

Found find(const Study& s, Work& work) {
  Found found;
  for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
    for (const auto batch : s.batches) found.cells.push_back({m, batch, {}, {}});
  }
  work.each(std::ssize(found.cells), [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i)];
    cell.tuned = tuned(s, cell, work);
    cell.passes.resize(static_cast<std::size_t>(s.repetitions));
  });
  work.each(std::ssize(found.cells) * s.repetitions, [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i / s.repetitions)];
    const auto repetition = static_cast<std::uint64_t>(i % s.repetitions);
    cell.passes[repetition] = reach(s, cell, cell.tuned.step, repetition, work).passes;
    work.did();
  });
  found.diversity.resize(static_cast<std::size_t>(s.repetitions));
  work.each(s.repetitions, [&](std::int64_t k) {
    found.diversity[static_cast<std::size_t>(k)] =
        diversity_along(s, found.cells.front().tuned.step, static_cast<std::uint64_t>(k), work);
    work.did();
  });
  return found;
}

}  // namespace graddiv::experiments::mechanisms
