#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/confidence.h"
#include "measure/noise_scale.h"
#include "workbench/examples_request.h"

namespace graddiv::workbench {

/// Mini-batch SGD along which points are measured.
struct MeasuredPath {
  double step = 0;
  std::int64_t batch = 1;
  double epochs = 1;  ///< data passes
  int points = 10;    ///< after the start, evenly spaced in gradients
};

struct MeasurementRequest {
  ExamplesRequest examples;
  std::vector<std::string>
      at;  ///< "zero", "start", or files of one number a line; empty: the start
  std::optional<MeasuredPath> path;
  std::uint64_t seed = 1;
  int threads = 1;  ///< the results do not depend on it
  std::optional<measure::SubsampleOptions> subsample;
  std::optional<measure::AuditOptions> audit;
  bool certify = false;
  bool bounds = false;
  std::int64_t verified_gradients = 0;  ///< how many examples; 0: none
};

}  // namespace graddiv::workbench
