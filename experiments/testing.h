#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/experiment.h"

// Tiny data and settings for the tests.
namespace graddiv::experiments::testing {

/// A folder that is gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "graddiv-experiments-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  std::filesystem::path path_;
};

/// 120 examples (60 for the test) of 6 bytes, labels 0, 1, 2 by turns, which the first three
/// columns tell apart but for noise.
inline Files files() {
  const auto part = [](std::int64_t rows, std::uint32_t state) {
    auto data = std::make_shared<Dataset>();
    data->source = "made up";
    data->rows = rows;
    data->columns = 6;
    std::vector<std::uint8_t> bytes;
    for (std::int64_t i = 0; i < rows; ++i) {
      data->labels.push_back(static_cast<double>(i % 3));
      for (int j = 0; j < 6; ++j) {
        state = state * 1664525U + 1013904223U;
        bytes.push_back(static_cast<std::uint8_t>((state >> 24U) / 2U + (j == i % 3 ? 90U : 0U)));
      }
    }
    data->features = DenseBytes{std::move(bytes)};
    return data;
  };
  return {part(120, 1), part(60, 2)};
}

/// The built-in settings of an experiment with those of a TOML text in their place.
inline Setup setup(const std::string& experiment, const std::string& toml, std::uint64_t seed = 1) {
  const Experiment& e = *find_experiment(experiment);
  return {default_config(e, false).overridden_by(Config::read(e.settings, toml, "test", false)),
          files(), seed};
}

/// Settings with which an experiment takes no time on files().
inline std::string tiny(const std::string& experiment) {
  const std::string classes = "positive = [1]\nnegative = [0, 2]\nhidden = [3]\n";
  if (experiment == "replication") {
    return classes +
           "looks = 2\nlogistic_examples = 32\nlogistic_passes = 2\nlogistic_repetitions = 2\n"
           "logistic_factors = [1, 8]\nlogistic_batches = [2, 8]\n"
           "mlp_examples = 32\nmlp_passes = 2\nmlp_repetitions = 2\n"
           "mlp_factors = [1, 8]\nmlp_batches = [4]\n";
  }
  if (experiment == "stability") {
    return classes +
           "looks = 2\nrepetitions = 2\nbatches = [4]\nlogistic_examples = 24\n"
           "logistic_passes = 2\n"
           "mlp_examples = 24\nmlp_passes = 2\ngeneralization_examples = 24\n"
           "test_examples = 20\ngeneralization_passes = 2\ngeneralization_batches = [4, 8]\n";
  }
  if (experiment == "mechanisms") {
    return classes +
           "models = [\"logistic\", \"mlp\"]\nlabels = [0, 2]\nrepetitions = 2\ntarget = 0.7\n"
           "logistic_looks = 2\nmlp_looks = 2\nlogistic_examples = 24\nlogistic_passes = "
           "3\nlogistic_batches = [8, 2]\n"
           "mlp_examples = 24\nmlp_passes = 3\nmlp_batches = [4]\n";
  }
  if (experiment == "speedup") {
    return "models = [\"logistic\", \"mlp\"]\npositive = [1]\nhidden = [3]\n"
           "workers_are = \"threads\"\nsmall_batches = [2]\nbatches = [4, 16]\n"
           "more_workers = [8]\ntimings = 2\n"
           "examples = 32\nrepetitions = 2\n";
  }
  return classes;
}

}  // namespace graddiv::experiments::testing
