#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "reports/listing.h"
#include "reports/report_data.h"

// What the templates see: the data of a report in the words and numbers that are printed. Every
// template is given the whole of it. Texts are plain and escaped by the template (<%name%>); fields
// whose names end in `latex` are LaTeX already (<%&name%>).
namespace graddiv::reports {

nlohmann::json report_view(const ReportData& data);

// Its parts.
nlohmann::json totals_view(const ReportData& data);  ///< over all theorems
nlohmann::json theorem_view(const TheoremData& theorem, const ReportData& report);
nlohmann::json refutation_view(const VerdictRecord& verdict, const ReportData& report);
nlohmann::json construction_view(const ConstructionRecord& construction);
nlohmann::json gallery_view(const ReportData& report);
nlohmann::json sharpness_view(const std::vector<SharpnessRecord>& sharpness);
nlohmann::json sandwich_view(const ReportData& report);
nlohmann::json figure_view(const FigureRecord& figure, const ReportData& report);
nlohmann::json plot_view(const std::vector<SeriesPoint>& series);
nlohmann::json instance_view(const std::string& instance, const ListingLimits& limits = {});

/// The largest ratio known of a theorem: of the gallery, else of this campaign's instances.
std::optional<std::string> sharpest_ratio(const ReportData& report, const std::string& theorem);

/// What stands in a badge: words and a colour that document.tex.mustache defines.
nlohmann::json badge(const std::string& latex, const std::string& colour);
/// "tight" or "loose by ×1.3", for a certified ratio.
nlohmann::json tightness_badge(const std::string& ratio);

/// "\cite{yin2018}" for a key of the bibliography; the key as a text if there is none such.
std::string citation(const std::string& key);

/// The key of a label: what \label and \ref cannot take is replaced.
std::string label(const std::string& id);

/// Whether the report has a section on this theorem.
bool has_section(const ReportData& report, const std::string& theorem);

/// An id in typewriter, which may be broken behind its hyphens.
std::string id_latex(const std::string& id);

/// A heading, with a plain text for the PDF's outline.
std::string heading_latex(const Text& title);

/// Where something was found, in words; false for nowhere.
nlohmann::json place_latex(const std::optional<Place>& place);

/// A text for the view, or false where there is none, so that a template's section can ask for it.
nlohmann::json text_or_false(const std::string& text);

/// LaTeX written by hand, possibly without dollars: displayed if it has no mathematics marked in
/// it.
std::string statement_latex(const std::string& latex);

}  // namespace graddiv::reports
