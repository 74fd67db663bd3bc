#include "experiments/experiment.h"

#include <algorithm>

#include "json/file.h"

// One line an experiment: experiment <name>() stands in experiments/<name>.cpp.
#define GRADDIV_EXPERIMENTS(experiment) \
  experiment(speedup) experiment(replication) experiment(stability) experiment(mechanisms)

namespace graddiv::experiments {

#define GRADDIV_DECLARE(name) Experiment name##_experiment();
GRADDIV_EXPERIMENTS(GRADDIV_DECLARE)
#undef GRADDIV_DECLARE

const std::vector<Experiment>& experiments() {
#define GRADDIV_LIST(name) name##_experiment(),
  static const std::vector<Experiment> all = {GRADDIV_EXPERIMENTS(GRADDIV_LIST)};
#undef GRADDIV_LIST
  return all;
}

const Experiment* find_experiment(const std::string& id) {
  const auto found = std::ranges::find(experiments(), id, &Experiment::id);
  return found == experiments().end() ? nullptr : &*found;
}

Config default_config(const Experiment& experiment, bool full) {
  const std::string name = experiment.id + ".toml";
  Config config = Config::read(experiment.settings, embedded_config(experiment.id), name, full);
  for (const Setting& setting : experiment.settings) {
    if (std::ranges::find(config.entries(), setting.name, &Config::Entry::name) ==
        config.entries().end()) {
      throw std::logic_error(name + ": has no " + setting.name);
    }
  }
  return config;
}

Config config_of_file(const Experiment& experiment, const std::string& path, bool full) {
  const std::string text = read_file(path, "TOML file");
  return default_config(experiment, full)
      .overridden_by(Config::read(experiment.settings, text, path, full));
}

}  // namespace graddiv::experiments
