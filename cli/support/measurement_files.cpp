#include <fmt/format.h>

#include <cmath>

#include "cli/support/measured_figures.h"
#include "cli/support/measurement_output.h"

namespace graddiv::cli {
namespace {

using workbench::MeasuredPoint;
using workbench::Measurement;

std::string rows_of_csv(const MeasuredPoint& point, const Measurement& measurement, double delta) {
  const Figures figures(point.sums);
  std::string line =
      fmt::format("{},{:.17g},{:.17g},{:.17g},{:.17g},{:.17g},{:.17g},{:.17g},{:.17g},{:.0f}",
                  point.at.find(',') == std::string::npos ? point.at : "\"" + point.at + "\"",
                  point.passes, figures.diversity, figures.bound, figures.sum_squared_norms,
                  figures.squared_norm_of_sum, figures.second_moment, figures.squared_gradient_norm,
                  point.sums.loss_sum(), recommended(figures.bound, delta));
  line += measurement.is_classifier
              ? fmt::format(",{:.17g}", static_cast<double>(point.sums.correct) /
                                            static_cast<double>(point.sums.count))
              : ",";
  line += point.interval
              ? fmt::format(",{:.17g},{:.17g}", point.interval->lower, point.interval->upper)
              : ",,";
  line += point.two_batches ? fmt::format(",{:.17g}", point.two_batches->estimate) : ",";
  line += point.moving ? fmt::format(",{:.17g}", point.moving->estimate) : ",";
  for (const auto& layer : point.layers) {
    line += fmt::format(",{:.17g}", layer.part.batch_size_bound());
  }
  return line + "\n";
}

}  // namespace

std::string measurement_csv(const Measurement& measurement, double delta) {
  std::string text =
      "at,passes,gradient_diversity,batch_size_bound,sum_squared_norms,squared_norm_of_sum,"
      "second_moment,squared_gradient_norm,loss_sum,recommended_batch,accuracy,interval_lower,"
      "interval_upper,two_batch_estimate,moving_estimate";
  if (!measurement.points.empty()) {
    for (const auto& layer : measurement.points.front().layers) {
      text += fmt::format(",batch_size_bound of {}", layer.name);
    }
  }
  text += "\n";
  for (const auto& point : measurement.points) text += rows_of_csv(point, measurement, delta);
  return text;
}

std::string measurement_figure(const Measurement& measurement) {
  std::string curve;
  std::string bars;
  for (const auto& point : measurement.points) {
    const double bound = point.sums.batch_size_bound();
    if (std::isfinite(bound)) curve += fmt::format("    ({:.6g}, {:.6g})\n", point.passes, bound);
    if (point.interval && std::isfinite(point.interval->upper)) {
      bars +=
          fmt::format("  \\draw[gray] (axis cs:{0:.6g}, {1:.6g}) -- (axis cs:{0:.6g}, {2:.6g});\n",
                      point.passes, point.interval->lower, point.interval->upper);
    }
  }
  return "% Needs \\usepackage{pgfplots} and \\pgfplotsset{compat=1.18}.\n"
         "\\begin{tikzpicture}\n"
         "\\begin{axis}[width=0.8\\linewidth, height=0.5\\linewidth, ymode=log,\n"
         "  xlabel={data passes}, ylabel={$B_S$}, grid=major]\n" +
         bars + "  \\addplot[mark=*, blue] coordinates {\n" + curve +
         "  };\n"
         "\\end{axis}\n"
         "\\end{tikzpicture}\n";
}

}  // namespace graddiv::cli
