#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "measure/certified.h"
#include "measure/data_bounds.h"
#include "measure/totals.h"
#include "measure/verify_gradients.h"
#include "workbench/measurement_request.h"

// What `graddiv measure` does once its options are read.
namespace graddiv::workbench {

/// Of one layer, as of all: `part` holds the sums of its parameters alone.
struct MeasuredLayer {
  std::string name;
  measure::Totals part;
};

struct MeasuredPoint {
  std::string at;     ///< "zero", "start", the file, or "k = …"
  double passes = 0;  ///< data passes of SGD before it
  bool is_on_run = false;
  measure::Totals sums;
  std::vector<MeasuredLayer> layers;  ///< networks
  std::optional<measure::DiversityInterval> interval;
  std::optional<measure::CertifiedSums> certified;
  std::optional<measure::Audited> two_batches;
  std::optional<measure::Audited> moving;
};

struct Measurement {
  std::string source;
  std::vector<std::string> detected;
  std::int64_t examples = 0;
  int features = 0;
  std::vector<double> classes;
  std::int64_t parameters = 0;
  bool is_classifier = false;
  std::optional<measure::GradientCheck> gradients;
  std::optional<measure::DataBounds> bounds;
  std::vector<MeasuredPoint> points;
};

/// Throws RequestError where the options do not go together or diverge, InputError for files.
/// `progress` hears of points done and points in all.
Measurement measure_data(const MeasurementRequest& request,
                         const std::function<void(std::int64_t, std::int64_t)>& progress = {});

}  // namespace graddiv::workbench
