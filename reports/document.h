#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report_data.h"

namespace graddiv {

/// The whole report as one LaTeX file, its bibliography included.
std::string report_latex(const ReportData& data);

namespace reports {

/// The sections in their order, by the names of their templates.
/// A new section is a template in reports/templates and one line here.
const std::vector<std::string_view>& sections();

/// One template filled in. `view` as made by report_view(). Throws std::out_of_range for an unknown
/// name.
std::string render(std::string_view name, const nlohmann::json& view);

}  // namespace reports
}  // namespace graddiv
