#pragma once

#include <string>

#include "experiments/tuning.h"
#include "experiments/verdicts.h"
#include "number/text.h"

// Numbers in the sentences of a section, as marked texts.
namespace graddiv::experiments {

/// Three digits: "0.0123", "1230", "$1.23·10^-5$"; "$∞$".
std::string number_text(double x);
/// "1.4 (1.26 to 1.54)": the mean, the least and the largest.
std::string band_text(const Band& band);
/// "$2^-7$", with a word where the search ended at its edge.
Text power_text(const TunedStep& step);

}  // namespace graddiv::experiments
