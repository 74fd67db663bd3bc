#pragma once

#include <string>
#include <vector>

#include "experiments/config.h"
#include "experiments/noisy_sgd.h"
#include "experiments/result.h"
#include "experiments/work.h"

namespace graddiv::experiments {

/// A mechanism of an experiment.
struct NamedNoise {
  std::string name;
  NoiseOptions noise;
};

/// The settings that mechanisms_of() reads: mechanisms, keep, sigma.
std::vector<Setting> mechanism_settings();
/// The mechanisms of the settings, none before them.
std::vector<NamedNoise> mechanisms_of(const Config& config);

/// Figure 4 (b), (c): loss on training and test examples with and without mechanisms.
struct Generalization {
  Task task;
  std::int64_t examples;
  std::int64_t test_examples;
  std::int64_t passes;
  std::int64_t looks;
  std::int64_t repetitions;
  std::vector<std::int64_t> batches;
  std::vector<NamedNoise> mechanisms;
  std::uint64_t seed;
};

/// Lets it know of the units that add_generalization() is made of.
void announce(const Generalization& study, Work& work);
/// Adds its figures and claims.
void add_generalization(const Generalization& study, const std::string& model, Work& work,
                        Result& result);

}  // namespace graddiv::experiments
