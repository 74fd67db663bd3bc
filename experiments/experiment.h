#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/config.h"
#include "experiments/result.h"
#include "experiments/task.h"
#include "experiments/work.h"

namespace graddiv::experiments {

/// What an experiment is run with.
struct Setup {
  Config config;
  Files files;
  std::uint64_t seed = 1;
};

/// A figure of the paper as a value: what it claims, what can be set, and how it is computed.
struct Experiment {
  std::string id;
  Text title;
  Text claim;  ///< of the paper, in one sentence
  std::vector<Setting> settings;
  /// The same setup gives the same result, bit for bit, whatever the number of threads. Throws
  /// Cancelled and InputError.
  Result (*run)(const Setup& setup, Work& work);
};

/// The registry. A new experiment is a file, its line here, and its experiments/configs/ID.toml.
const std::vector<Experiment>& experiments();
/// Null where there is none of that name.
const Experiment* find_experiment(const std::string& id);

/// The settings that hold: the built-in ones, those of a file over them.
Config default_config(const Experiment& experiment, bool full);
/// Throws InputError, and where there is no such file.
Config config_of_file(const Experiment& experiment, const std::string& path, bool full);

}  // namespace graddiv::experiments
