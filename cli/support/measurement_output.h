#pragma once

#include <string>

#include "cli/support/output.h"
#include "workbench/measurement.h"

namespace graddiv::cli {

/// A measurement for people, for machines, as a table with one line a point, and as a pgfplots
/// picture of B_S against data passes. The recommended batch is 1 + δ B_S.
std::string measurement_text(const workbench::Measurement& measurement, double delta);
Json measurement_json(const workbench::Measurement& measurement, double delta);
std::string measurement_csv(const workbench::Measurement& measurement, double delta);
std::string measurement_figure(const workbench::Measurement& measurement);

}  // namespace graddiv::cli
