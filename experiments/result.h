#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/verdicts.h"
#include "number/text.h"

// What an experiment found, as plain data.
namespace graddiv::experiments {

struct BandPoint {
  double x = 0;
  Band y;
};

/// A line with its band, drawn in the style of its place among the figure's curves.
struct Curve {
  std::string id;  ///< in the CSV
  Text legend;
  std::vector<BandPoint> points;
  bool is_bound = false;  ///< what theory allows: dashed, without marks
};

/// A vertical line: where B_S lies.
struct Mark {
  std::string id;
  Text label;
  double x = 0;
};

struct Axis {
  Text label;
  int base = 0;  ///< of a logarithmic axis; 0: linear
};

struct Figure {
  std::string id;
  Text title;
  Text caption;
  Axis x;
  Axis y;
  std::vector<Curve> curves;
  std::vector<Mark> marks;
  bool is_timed = false;  ///< by the clock: another run gives other numbers
};

/// What the paper claims, what was seen, and the rule that compared the two.
struct Claim {
  std::string id;
  Text claim;
  Text observed;
  Text rule;
  Reading reading = Reading::inconclusive;
};

struct Table {
  Text title;
  std::vector<Text> columns;
  std::vector<std::vector<Text>> rows;
};

struct Result {
  Text setting;  ///< what was run, for the reader of the section
  std::vector<Claim> claims;
  std::vector<Figure> figures;
  std::vector<Table> tables;
};

}  // namespace graddiv::experiments
