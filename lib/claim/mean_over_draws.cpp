#include "claim/mean_over_draws.h"

#include <algorithm>
#include <string>

#include "claim/effort.h"
#include "claim/not_certified.h"
#include "number/exact.h"
#include "number/precision.h"

namespace graddiv {
namespace {

/// The precision in force, with at most so many bits for an exact number.
Precision with_exact_bits(double most) {
  Precision precision = current_precision();
  if (most < static_cast<double>(precision.exact_bits)) {
    precision.exact_bits = static_cast<std::size_t>(most);
  }
  return precision;
}

}  // namespace

Enclosure mean_over_draws(const enumeration::Draws& draws, const Enclosure& B,
                          const std::function<Enclosure(const std::vector<Drawn>& drawn)>& value) {
  const auto batch = static_cast<long>(numerator(exact_value(B)));
  if (draws.multisets(batch) > effort::multisets_of_draws ||
      draws.work(batch) > effort::work_of_draws) {
    throw NotCertified("too many multisets of " + Text::formula(B.to_string()) +
                       " draws to list, or probabilities of too many digits");
  }
  // Each draw leads to a number of its own denominator, many times as long as those it is made of,
  // and their sum to one of all denominators: beyond what costs no time, both go on as intervals.
  // Once one of them is an interval, so is the mean, and no exact number is worth its time.
  constexpr double bits_of_all_values = 0x1p22;
  constexpr double least_bits_of_value = effort::exact_bits;
  constexpr double bits_of_sum = 0x1p16;
  constexpr double bits_beside_intervals = 64;
  const double bits = std::max(least_bits_of_value, bits_of_all_values / draws.multisets(batch));
  Enclosure mean = 0;
  draws.for_each_draw(batch, [&](const std::vector<Drawn>& drawn, const Rational& probability) {
    const Enclosure term = [&] {
      const PrecisionScope scope(
          with_exact_bits(is_only_enclosed(mean) ? bits_beside_intervals : bits));
      return enclose(probability) * value(drawn);
    }();
    const PrecisionScope scope(with_exact_bits(bits_of_sum));
    mean += term;
  });
  return mean;
}

}  // namespace graddiv
