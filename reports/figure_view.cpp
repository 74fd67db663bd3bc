#include <nlohmann/json.hpp>

#include "reports/mathematics.h"
#include "reports/view.h"

namespace graddiv::reports {

namespace {

using nlohmann::json;

/// What document.tex.mustache calls the style: "picture dots".
std::string style_name(CurveStyle style) {
  switch (style) {
    case CurveStyle::reference:
      return "reference";
    case CurveStyle::dots:
      return "dots";
    case CurveStyle::rings:
      return "rings";
    case CurveStyle::line:
      break;
  }
  return "line";
}

std::string coordinates(const std::vector<FigurePoint>& points) {
  constexpr std::size_t in_line = 6;
  std::string out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0) out += i % in_line == 0 ? "\n      " : " ";
    out += "(" + points[i].x + "," + points[i].y + ")";
  }
  return out;
}

json axis_view(const FigureAxis& axis) {
  std::string ticks;
  for (const std::string& tick : axis.ticks) ticks += (ticks.empty() ? "" : ",") + tick;
  return {{"label_latex", axis.label},
          {"logarithmic", axis.logarithmic},
          {"ticks", text_or_false(ticks)}};
}

}  // namespace

json figure_view(const FigureRecord& f, const ReportData& report) {
  json curves = json::array();
  for (const FigureCurve& c : f.curves) {
    if (c.points.empty()) continue;
    curves.push_back({{"style", style_name(c.style)},
                      {"legend_latex", text_or_false(c.legend)},
                      {"label_latex", text_or_false(c.label)},
                      {"coordinates_latex", coordinates(c.points)}});
  }
  return {{"title_latex", text_latex(f.title)},
          {"caption_latex", f.caption},
          {"label", label(f.id)},
          {"theorem_label", label(f.theorem)},
          {"has_section", has_section(report, f.theorem)},
          {"x", axis_view(f.x)},
          {"y", axis_view(f.y)},
          {"curves", std::move(curves)}};
}

}  // namespace graddiv::reports
