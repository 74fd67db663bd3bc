#include "constructions/figures.h"

namespace graddiv {

// The registry: one line a figure, which stands in constructions/figures/ under the same name.
#define GRADDIV_FIGURES(X) \
  X(saturation)            \
  X(saturation_small)      \
  X(slow_down)             \
  X(noise_floor)           \
  X(stability_threshold)

#define GRADDIV_DECLARE(name) Figure name##_figure();
GRADDIV_FIGURES(GRADDIV_DECLARE)
#undef GRADDIV_DECLARE

const std::vector<Figure>& figures() {
#define GRADDIV_LIST(name) name##_figure(),
  static const std::vector<Figure> all{GRADDIV_FIGURES(GRADDIV_LIST)};
#undef GRADDIV_LIST
  return all;
}

FigureRecord Figure::record() const {
  FigureRecord record = draw();
  record.id = id;
  record.theorem = theorem;
  return record;
}

}  // namespace graddiv
