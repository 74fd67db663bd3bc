#pragma once

#include <string>
#include <vector>

// The rules by which a claim about curves is decided from repetitions. No rule knows a tolerance:
// the bands either are apart or they are not.
namespace graddiv::experiments {

/// Repetitions of one number: their mean, the least and the largest.
struct Band {
  double mean = 0;
  double low = 0;
  double high = 0;
};

/// Of at least one number; what is no number or infinite makes mean and high +∞.
Band band(const std::vector<double>& repetitions);

enum class Reading { respected, violated, inconclusive };
std::string to_string(Reading reading);

/// The claim that `small` lies below `large`: respected where every repetition of the one lies
/// below every repetition of the other, violated where every one lies above every one.
Reading lies_below(const Band& small, const Band& large);

/// The claim that all bands stay at or below a limit: respected where all repetitions do, violated
/// where of one band all repetitions lie above; inconclusive without bands.
Reading stay_below(const std::vector<Band>& bands, double limit);

/// The claim that all of several claims hold: violated where one is, respected where all are.
Reading all_of(const std::vector<Reading>& readings);
/// The claim that one of several claims holds: respected where one is, violated where all are.
Reading any_of(const std::vector<Reading>& readings);

}  // namespace graddiv::experiments
