#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/read_dataset.h"
#include "measure/confidence.h"
#include "measure/model_choice.h"
#include "measure/noise_scale.h"
#include "number/rational.h"

namespace graddiv::workbench {

/// Mini-batch SGD along which points are measured.
struct MeasuredPath {
  double step = 0;
  std::int64_t batch = 1;
  double epochs = 1;  ///< data passes
  int points = 10;    ///< after the start, evenly spaced in gradients
};

struct MeasurementRequest {
  std::filesystem::path data;
  ReadOptions read;
  measure::ModelChoice model;
  Rational scale = 1;
  bool bias = false;
  std::vector<double> positive;
  std::vector<std::string>
      at;  ///< "zero", "start", or files of one number a line; empty: the start
  std::optional<MeasuredPath> path;
  std::uint64_t seed = 1;
  int threads = 1;  ///< the results do not depend on it
  bool single_precision = false;
  std::optional<measure::SubsampleOptions> subsample;
  std::optional<measure::AuditOptions> audit;
  bool certify = false;
  bool bounds = false;
  std::int64_t verified_gradients = 0;  ///< how many examples; 0: none
};

}  // namespace graddiv::workbench
