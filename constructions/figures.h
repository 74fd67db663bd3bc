#pragma once

#include <functional>
#include <string>
#include <vector>

#include "campaign/record.h"
#include "number/rational.h"

namespace graddiv {

/// A picture of what a worst-case family shows over a range of its parameters. Every coordinate
/// comes from the family's exact law or from a certified number, and is rounded only to be drawn.
struct Figure {
  std::string id;       ///< "saturation"
  std::string theorem;  ///< that it illustrates: made whenever this is verified
  std::function<FigureRecord()> draw;

  /// What `draw` makes, with its id and theorem.
  FigureRecord record() const;
};

/// Those of all families, in the order in which a report prints them.
const std::vector<Figure>& figures();

/// A point of a curve, with six digits: more than can be seen.
FigurePoint figure_point(const Rational& x, const Rational& y);

}  // namespace graddiv
