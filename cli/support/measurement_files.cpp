#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/support/measured_figures.h"
#include "cli/support/measurement_output.h"
#include "reports/escape.h"

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
  const bool has_run = std::ranges::any_of(measurement.points, &MeasuredPoint::is_on_run);
  std::string bars;
  std::string run;
  std::string others;
  int number = 0;
  for (const auto& point : measurement.points) {
    // A point of --at is on no run: a mark of its own, beside the others where there is none.
    const double x = has_run ? point.passes : ++number;
    if (point.interval && std::isfinite(point.interval->upper)) {
      bars +=
          fmt::format("  \\draw[gray] (axis cs:{0:.6g}, {1:.6g}) -- (axis cs:{0:.6g}, {2:.6g});\n",
                      x, point.interval->lower, point.interval->upper);
    }
    const double bound = point.sums.batch_size_bound();
    if (!std::isfinite(bound)) continue;
    const std::string place = fmt::format("({:.6g}, {:.6g})", x, bound);
    if (point.is_on_run) {
      run += "    " + place + "\n";
    } else {
      others +=
          fmt::format("  \\addplot+[only marks] coordinates {{{}}};\n  \\addlegendentry{{{}}}\n",
                      place, reports::latex_escape(point.at));
    }
  }
  if (!run.empty()) {
    run = "  \\addplot[mark=*, blue] coordinates {\n" + run + "  };\n" +
          (others.empty() ? "" : "  \\addlegendentry{the run}\n");
  }
  return fmt::format(
      "% Needs \\usepackage{{pgfplots}} and \\pgfplotsset{{compat=1.18}}.\n"
      "\\begin{{tikzpicture}}\n"
      "\\begin{{axis}}[width=0.8\\linewidth, height=0.5\\linewidth, ymode=log,\n"
      "  {}, ylabel={{$B_S$}}, grid=major, legend pos=outer north east]\n"
      "{}{}{}"
      "\\end{{axis}}\n"
      "\\end{{tikzpicture}}\n",
      has_run ? "xlabel={data passes}" : "xtick=\\empty", bars, run, others);
}

}  // namespace graddiv::cli
