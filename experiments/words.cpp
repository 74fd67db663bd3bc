#include "experiments/words.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace graddiv::experiments {

std::string number_text(double x) {
  if (!std::isfinite(x)) return "$∞$";
  const std::string text = fmt::format("{:.3g}", x);
  const auto e = text.find('e');
  if (e == std::string::npos) return text;
  const int exponent = std::stoi(text.substr(e + 1));
  constexpr int longest = 6;  // digits before the point
  if (exponent > 0 && exponent < longest) return fmt::format("{:.0f}", std::stod(text));
  return fmt::format("${}·10^{}$", text.substr(0, e), exponent);
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
