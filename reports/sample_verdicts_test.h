#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "campaign/record.h"
#include "claim/place.h"

// The verdicts of the sample report (reports/sample_report.h).
namespace graddiv::reports::sample {

// The noise floor: f_i(w) = ½(w − ζ_i)², ζ_i = ±1, B = 1, γ = 1/100, w_0 = 1/4.
inline constexpr double gamma = 0.01;
/// Entry k: E w_k².
std::vector<double> noise_floor(int iterations);
/// The instance, in JSON.
std::string noise_floor_instance(const std::string& step, const std::string& start, int iterations);

Place in_form(int k, BatchForm form);

std::vector<VerdictRecord> rate_verdicts();
std::vector<VerdictRecord> equality_verdicts();
std::vector<VerdictRecord> range_verdicts();
VerdictRecord refutation();

}  // namespace graddiv::reports::sample
