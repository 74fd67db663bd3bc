#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "number/text.h"

namespace graddiv {

enum class SharpnessPart { number, hypothesis, mutants };
std::string_view to_string(SharpnessPart part);             ///< "number"
SharpnessPart parse_sharpness_part(std::string_view text);  ///< throws std::invalid_argument

/// How sharp a statement is, one finding of `sharpen`: how far one of its numbers is from the best
/// possible, whether one of its hypotheses is needed, or how many of its mutants were refuted.
struct SharpnessRecord {
  std::string theorem{};
  SharpnessPart part = SharpnessPart::number;
  int rank = 0;              ///< its place among all of the theorem
  Text what{};               ///< the number where it stands, "$[2]·γ·λ$"; the hypothesis
  std::string place{};       ///< "the claim"
  std::string value{};       ///< of the number
  Text among{};              ///< of these instances: "$δ > 0$", "$λ/β < 1/10$"
  std::string refuted{};     ///< "below 0.5", "at 2/3": the statement is false with that number
  std::string unrefuted{};   ///< "at 2"
  std::string improvable{};  ///< "exact", "at most ×3.001"
  std::string outcome{};     ///< of a hypothesis dropped: "refuted"; of mutants: "51 of 52 refuted"
  Text witness{};            ///< where the instance came from, and what it shows
  std::int64_t checks = 0;   ///< of searches
  double seconds = 0;        ///< that these took
};

}  // namespace graddiv
