#include "experiments/words.h"

#include <fmt/format.h>

#include <cmath>

namespace graddiv::experiments {

std::string number_text(double x) {
  return std::isfinite(x) ? fmt::format("{:.3g}", x) : std::string("$∞$");
}

std::string band_text(const Band& band) {
  return fmt::format("{} ({} to {})", number_text(band.mean), number_text(band.low),
                     number_text(band.high));
}

Text power_text(const TunedStep& step) {
  return Text::from_marked(
      fmt::format("$2^{}${}", step.exponent, step.is_at_edge ? " (edge)" : ""));
}

}  // namespace graddiv::experiments
