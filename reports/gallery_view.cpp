#include <algorithm>
#include <nlohmann/json.hpp>

#include "number/rational.h"
#include "reports/mathematics.h"
#include "reports/numbers.h"
#include "reports/view.h"

namespace graddiv::reports {

namespace {

using nlohmann::json;

// A gallery instance is shown in full; only what would fill pages is abbreviated.
constexpr ListingLimits in_full{.columns = 88, .lines = 120, .digits = 44};

json regime_latex(Regime regime) {
  if (regime == Regime::delta_zero) return R"($\delta=0$)";
  if (regime == Regime::delta_positive) return R"($\delta>0$)";
  return false;
}

std::string gallery_label(const SharpestRecord& r) {
  return "gallery-" + label(r.theorem) + "-" + label(std::string(to_string(r.regime)));
}

/// A row of the table: a regime in which a gallery instance is known, or a theorem with none.
json row(const std::string& theorem) {
  return {{"id_latex", id_latex(theorem)},
          {"label", label(theorem)},
          {"regime_latex", false},
          {"ratio_latex", "---"},
          {"badge", badge("---", "neutral")},
          {"gallery_label_latex", false},
          {"where_latex", false}};
}

}  // namespace

std::optional<std::string> sharpest_ratio(const ReportData& report, const std::string& theorem) {
  std::optional<std::string> best;
  for (const SharpestRecord& r : report.gallery) {
    if (r.theorem != theorem || !r.ratio) continue;
    if (!best || parse_rational(*r.ratio) > parse_rational(*best)) best = r.ratio;
  }
  if (best) return best;
  const auto found = std::ranges::find(report.theorems, theorem,
                                       [](const TheoremData& t) { return t.statement.id; });
  return found == report.theorems.end() ? std::nullopt : found->summary.tightness;
}

json sandwich_view(const ReportData& report) {
  json rows = json::array();
  for (const TheoremData& t : report.theorems) {
    bool is_first = true;
    for (const SharpestRecord& r : report.gallery) {
      if (r.theorem != t.statement.id) continue;
      json entry = row(r.theorem);
      if (!is_first) entry["id_latex"] = false;
      entry["regime_latex"] = regime_latex(r.regime);
      entry["gallery_label_latex"] = gallery_label(r);
      if (r.ratio) {
        entry["ratio_latex"] = shortened_down(*r.ratio, 6);
        entry["badge"] = tightness_badge(*r.ratio);
        entry["where_latex"] = place_latex(r.where);
      }
      entry["campaign_latex"] =
          is_first && t.summary.tightness ? shortened_down(*t.summary.tightness, 6) : std::string();
      rows.push_back(std::move(entry));
      is_first = false;
    }
    if (!is_first) continue;
    json entry = row(t.statement.id);
    const auto& best = t.summary.tightness;
    if (best) {
      entry["ratio_latex"] = shortened_down(*best, 6);
      entry["badge"] = tightness_badge(*best);
    }
    entry["campaign_latex"] = best ? shortened_down(*best, 6) : std::string();
    entry["where_latex"] = best ? place_latex(t.sharpest ? t.sharpest->sharpest : std::nullopt)
                           : t.summary.supported + t.summary.consistent > 0
                               ? json("a probability, known from draws: no ratio")
                               : json(false);
    rows.push_back(std::move(entry));
  }
  return rows;
}

json gallery_view(const ReportData& report) {
  json list = json::array();
  for (const SharpestRecord& r : report.gallery) {
    list.push_back({{"id_latex", id_latex(r.theorem)},
                    {"label_latex", gallery_label(r)},
                    {"regime_latex", regime_latex(r.regime)},
                    {"ratio_latex", r.ratio ? json(shortened_down(*r.ratio, 12)) : json(false)},
                    {"attained", r.ratio && is_attained(*r.ratio)},
                    {"where_latex", place_latex(r.where)},
                    {"delta_latex", text_or_false(text_latex(r.delta))},
                    {"evidence", r.evidence},
                    {"shows_latex", text_latex(r.shows)},
                    {"instance", instance_view(r.instance, in_full)}});
  }
  return list;
}

}  // namespace graddiv::reports
