#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report_data.h"

namespace graddiv {

enum class ReportLength {
  full,
  summary  ///< the title, what was refuted, the tables over all statements, the pictures
};

/// The whole report as one LaTeX file, its bibliography included.
std::string report_latex(const ReportData& data, ReportLength length = ReportLength::full);

namespace reports {

/// A section: the name of its template, and whether the summary has it too.
struct Section {
  std::string_view name;
  bool is_in_summary;
};

/// The sections in their order. A new section is a template in reports/templates and one line here.
const std::vector<Section>& sections();

/// One template filled in. `view` as made by report_view(). Throws std::out_of_range for an unknown
/// name.
std::string render(std::string_view name, const nlohmann::json& view);

}  // namespace reports
}  // namespace graddiv
