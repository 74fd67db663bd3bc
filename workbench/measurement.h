#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "data/read_dataset.h"
#include "measure/certified.h"
#include "measure/confidence.h"
#include "measure/data_bounds.h"
#include "measure/model_choice.h"
#include "measure/noise_scale.h"
#include "measure/totals.h"
#include "measure/verify_gradients.h"

// What `graddiv measure` does once its options are read.
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
  int threads = 1;
  bool single_precision = false;
  std::optional<measure::SubsampleOptions> subsample;
  std::optional<measure::AuditOptions> audit;
  bool certify = false;
  bool bounds = false;
  std::int64_t verified_gradients = 0;  ///< how many examples; 0: none
};

/// Of one layer, as of all: `part` holds the sums of its parameters alone.
struct MeasuredLayer {
  std::string name;
  measure::Totals part;
};

struct MeasuredPoint {
  std::string at;     ///< "zero", "start", the file, or "k = …"
  double passes = 0;  ///< data passes of SGD before it
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
