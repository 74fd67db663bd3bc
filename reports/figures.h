#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "campaign/record.h"

namespace graddiv::reports {

/// Counts of ratios over equal bins of [0, 1]; the last bin includes 1.
struct Histogram {
  std::vector<std::int64_t> counts;
  std::int64_t outside = 0;  ///< above 1 (refuted), below 0 or no number: in no bin
};

/// Throws std::invalid_argument for bins < 1.
Histogram histogram(std::span<const double> ratios, int bins);

struct CurvePoint {
  double x = 0;
  double y = 0;
};

/// One line of a plot.
struct Curve {
  Text form;  ///< "in expectation": what a place says beside its iteration and point
  bool is_bound = false;
  bool is_scattered = false;  ///< several points at one iteration: no line through them
  std::vector<CurvePoint> points;
};

/// Both sides of a conclusion along a run. Left sides that agree are drawn once.
struct Plot {
  std::vector<Curve> curves;  ///< left sides, then right sides; empty if there is nothing to draw
  bool along_iterations = false;  ///< the abscissa is k
  bool logarithmic = false;
  bool sides_agree = false;  ///< an equality: both sides lie on each other
  int zeros_hidden = 0;      ///< points that a logarithmic axis cannot show
};

/// Points that are not finite are left out; long series are thinned to `largest` points a curve,
/// their ends kept.
Plot plot_of(const std::vector<SeriesPoint>& series, int largest = 200);

/// At how many different iterations a series has points that can be drawn.
int iterations_shown(const std::vector<SeriesPoint>& series);

}  // namespace graddiv::reports
