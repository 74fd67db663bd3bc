#include "constructions/figures.h"

#include "constructions/catalogue.h"

namespace graddiv {

const std::vector<Figure>& figures() {
  static const std::vector<Figure> all = [] {
    std::vector<Figure> result;
    for (const Construction& c : constructions())
      result.insert(result.end(), c.figures.begin(), c.figures.end());
    return result;
  }();
  return all;
}

FigureRecord Figure::record() const {
  FigureRecord record = draw();
  record.id = id;
  record.theorem = theorem;
  return record;
}

FigurePoint figure_point(const Rational& x, const Rational& y) {
  return {decimal_below(x, 6), decimal_below(y, 6)};
}

}  // namespace graddiv
