#pragma once

#include <string>
#include <vector>

#include "number/text.h"

namespace graddiv {

/// How a curve of a figure is drawn; what that looks like is the report's business.
enum class CurveStyle {
  line,
  reference,  ///< thin and dashed: what the theory says, beside what was found
  dots,
  rings
};

/// Coordinates are decimals, rounded to what an eye can see.
struct FigurePoint {
  std::string x;
  std::string y;
};

struct FigureCurve {
  CurveStyle style = CurveStyle::line;
  std::string legend;  ///< LaTeX; empty: not in the legend, as an earlier curve speaks for it
  std::string label;   ///< LaTeX beside its last point; may be empty
  std::vector<FigurePoint> points;
};

struct FigureAxis {
  std::string label;  ///< LaTeX
  bool logarithmic = false;
  std::vector<std::string> ticks;  ///< decimals; empty: wherever the report likes
};

/// A picture beyond one instance: numbers worked out over a range of parameters.
struct FigureRecord {
  std::string id;       ///< "saturation"
  std::string theorem;  ///< that it illustrates
  Text title;
  std::string caption;  ///< LaTeX
  FigureAxis x;
  FigureAxis y;
  std::vector<FigureCurve> curves;  ///< the later lie above the earlier
  int rank = 0;                     ///< its place among all figures, whichever was drawn first
};

}  // namespace graddiv
