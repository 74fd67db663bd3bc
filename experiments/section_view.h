#pragma once

#include <nlohmann/json_fwd.hpp>

#include "experiments/experiment.h"

namespace graddiv::experiments {

/// What reports/templates/experiment.tex.mustache sees. Fields whose names end in `latex` are LaTeX
/// already.
nlohmann::json section_view(const Experiment& experiment, const Setup& setup, const Result& result);

}  // namespace graddiv::experiments
