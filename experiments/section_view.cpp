#include "experiments/section_view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "reports/mathematics.h"
#include "reports/view.h"

namespace graddiv::experiments {
namespace {

using nlohmann::json;
using reports::text_latex;

bool can_be_drawn(const Figure& figure, double x, double y) {
  return std::isfinite(x) && std::isfinite(y) && (figure.x.base == 0 || x > 0) &&
         (figure.y.base == 0 || y > 0);
}

std::string point(double x, double y) { return fmt::format("({:.6g},{:.6g})", x, y); }

std::string lines_of(const std::vector<std::string>& points) {
  constexpr std::size_t in_line = 5;
  std::string text;
  for (std::size_t i = 0; i < points.size(); ++i) {
    text += (i == 0 ? "" : i % in_line == 0 ? "\n      " : " ") + points[i];
  }
  return text;
}

json curve_view(const Figure& figure, const Curve& curve, std::size_t number) {
  std::vector<std::string> mean;
  std::vector<std::string> around;  // the lower ends forth, the upper ends back
  std::vector<std::string> upper;
  for (const auto& [x, y] : curve.points) {
    if (can_be_drawn(figure, x, y.mean)) mean.push_back(point(x, y.mean));
    if (!can_be_drawn(figure, x, y.low) || !can_be_drawn(figure, x, y.high)) continue;
    around.push_back(point(x, y.low));
    upper.push_back(point(x, y.high));
  }
  around.insert(around.end(), upper.rbegin(), upper.rend());
  constexpr std::size_t styles = 6;
  return {
      {"style", curve.is_bound ? "bound" : std::to_string(number % styles + 1)},
      {"legend_latex", text_latex(curve.legend)},
      {"coordinates_latex", lines_of(mean)},
      {"has_points", !mean.empty()},
      {"band_latex", curve.is_bound || upper.size() < 2 ? json(false) : json(lines_of(around))}};
}

/// The marks stand at some height that the axis has.
double some_height(const Figure& figure) {
  for (const Curve& curve : figure.curves) {
    for (const auto& [x, y] : curve.points) {
      if (can_be_drawn(figure, x, y.mean)) return y.mean;
    }
  }
  return 1;
}

/// The range of x: that of curves and marks.
json range_view(const Figure& figure) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  const auto take = [&](double x) {
    if (!std::isfinite(x) || (figure.x.base != 0 && x <= 0)) return;
    least = std::min(least, x);
    most = std::max(most, x);
  };
  for (const Curve& curve : figure.curves) {
    for (const auto& [x, y] : curve.points) take(x);
  }
  for (const Mark& mark : figure.marks) take(mark.x);
  if (!(least < most)) return false;
  constexpr double margin = 1.2;  // of a logarithmic axis
  return {{"xmin", fmt::format("{:.6g}", figure.x.base == 0 ? least : least / margin)},
          {"xmax", fmt::format("{:.6g}", figure.x.base == 0 ? most : most * margin)}};
}

json axis_view(const Axis& axis) {
  return {{"label_latex", text_latex(axis.label)},
          {"base", axis.base == 0 ? json(false) : json(std::to_string(axis.base))}};
}

/// In how many columns the legend fits; false where all entries fit in one line.
json legend_columns(const Figure& figure) {
  constexpr std::size_t most_curves = 4;
  constexpr std::size_t longest_line = 60;
  if (figure.curves.size() > most_curves) return "3";
  std::size_t length = 0;
  for (const Curve& curve : figure.curves) length += curve.legend.plain().size();
  return length > longest_line ? json("2") : json(false);
}

/// Whether a logarithmic axis hides a band that reaches to 0.
bool hides_bands(const Figure& figure) {
  if (figure.y.base == 0) return false;
  for (const Curve& curve : figure.curves) {
    for (const auto& [x, y] : curve.points) {
      if (!curve.is_bound && y.mean > 0 && y.low <= 0) return true;
    }
  }
  return false;
}

json figure_view(const Figure& figure) {
  json curves = json::array();
  int unbounded = 0;
  for (std::size_t i = 0; i < figure.curves.size(); ++i) {
    curves.push_back(curve_view(figure, figure.curves[i], i));
    for (const auto& [x, y] : figure.curves[i].points) unbounded += std::isfinite(y.mean) ? 0 : 1;
  }
  json marks = json::array();
  const double height = some_height(figure);
  for (std::size_t i = 0; i < figure.marks.size(); ++i) {
    const Mark& mark = figure.marks[i];
    if (!can_be_drawn(figure, mark.x, height)) continue;
    marks.push_back({{"x", fmt::format("{:.6g}", mark.x)},
                     {"y", fmt::format("{:.6g}", height)},
                     {"style", std::to_string(i % 6 + 1)},
                     {"label_latex", text_latex(mark.label)}});
  }
  return {{"title_latex", text_latex(figure.title)},
          {"caption_latex", text_latex(figure.caption)},
          {"id", figure.id},
          {"label", reports::label(figure.id)},
          {"x", axis_view(figure.x)},
          {"y", axis_view(figure.y)},
          {"range", range_view(figure)},
          {"legend_columns", legend_columns(figure)},
          {"without_band", hides_bands(figure)},
          {"unbounded",
           unbounded == 0 ? json(false)
                          : json(fmt::format("{} point{}", unbounded, unbounded == 1 ? "" : "s"))},
          {"curves", std::move(curves)},
          {"marks", std::move(marks)}};
}

json badge(Reading reading) {
  switch (reading) {
    case Reading::respected:
      return reports::badge("respected", "proved");
    case Reading::violated:
      return reports::badge("violated", "refuted");
    case Reading::inconclusive:
      return reports::badge("inconclusive", "neutral");
  }
  return false;
}

json table_view(const Table& table) {
  const auto row = [](const std::vector<Text>& cells) {
    std::string latex;
    for (const Text& cell : cells) latex += (latex.empty() ? "" : " & ") + text_latex(cell);
    return latex;
  };
  json rows = json::array();
  for (const auto& cells : table.rows) rows.push_back({{"row_latex", row(cells)}});
  return {{"title_latex", text_latex(table.title)},
          {"columns", std::string(table.columns.size() - 1, 'r')},
          {"head_latex", row(table.columns)},
          {"rows", std::move(rows)}};
}

std::string value_text(const Config::Value& value) {
  return std::visit(
      [](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
          return fmt::format("{}", v);
        } else {
          return fmt::format("{}", fmt::join(v, ", "));
        }
      },
      value);
}

}  // namespace

json section_view(const Experiment& experiment, const Setup& setup, const Result& result) {
  json claims = json::array();
  for (const Claim& c : result.claims) {
    claims.push_back({{"claim_latex", text_latex(c.claim)},
                      {"observed_latex", text_latex(c.observed)},
                      {"rule_latex", text_latex(c.rule)},
                      {"badge", badge(c.reading)}});
  }
  json figures = json::array();
  for (const Figure& figure : result.figures) figures.push_back(figure_view(figure));
  json tables = json::array();
  for (const Table& table : result.tables) tables.push_back(table_view(table));
  json settings = json::array();
  for (const auto& [name, value] : setup.config.entries()) {
    settings.push_back({{"name", name}, {"value", value_text(value)}});
  }
  return {{"id", experiment.id},
          {"title_latex", text_latex(experiment.title)},
          {"claim_latex", text_latex(experiment.claim)},
          {"setting_latex", text_latex(result.setting)},
          {"data", setup.files.train->source},
          {"seed", std::to_string(setup.seed)},
          {"claims", std::move(claims)},
          {"figures", std::move(figures)},
          {"tables", std::move(tables)},
          {"settings", std::move(settings)}};
}

}  // namespace graddiv::experiments
