#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "reports/description.h"
#include "reports/escape.h"
#include "reports/figures.h"
#include "reports/listing.h"
#include "reports/mathematics.h"
#include "reports/numbers.h"
#include "reports/view.h"

namespace graddiv::reports {

namespace {

using nlohmann::json;

constexpr int bins = 20;
constexpr std::size_t largest_number_of_reasons = 4;
// Up to this many points, each gets a mark.
constexpr std::size_t marked_up_to = 40;

/// The sandwich: best certified instance ≤ bound.
json verdict_badge(const TheoremSummary& s, const ReportData& report) {
  const std::int64_t decided = s.proved + s.supported + s.refuted;
  if (s.refuted > 0) return badge("false", "refuted");
  if (s.applicable == 0) return badge("not tested", "neutral");
  if (decided == 0) return badge("open", "neutral");
  const auto ratio = sharpest_ratio(report, s.id);
  return ratio ? tightness_badge(*ratio) : badge("holds", "proved");
}

std::string source_text(const StatementRecord& s) {
  const std::string key = citation(s.cites);
  const std::string source = text_latex(s.source);
  if (source.empty()) return key;
  if (key.empty()) return source;
  return fmt::format("{}, {}", key, source);
}

bool says_rederived(const StatementRecord& s) {
  return s.source.plain().find("re-derived") != std::string::npos;
}

json origin_view(const OriginCount& o) {
  return {{"origin_latex", o.origin.empty() ? "---" : latex_escape(o.origin)},
          {"instances_latex", count_text(o.instances)},
          {"applicable_latex", count_text(o.applicable)},
          {"telling_latex", count_text(o.telling)},
          {"proved_latex", count_text(o.proved)},
          {"supported_latex", count_text(o.supported)},
          {"consistent_latex", count_text(o.consistent)},
          {"refuted_latex", count_text(o.refuted)},
          {"inconclusive_latex", count_text(o.inconclusive)}};
}

json counts_view(const TheoremSummary& s) {
  return {{"instances_latex", count_text(s.instances)},
          {"applicable_latex", count_text(s.applicable)},
          {"telling_latex", count_text(s.telling)},
          {"positive_delta_latex", count_text(s.telling_at_positive_delta)},
          {"proved_latex", count_text(s.proved)},
          {"supported_latex", count_text(s.supported)},
          {"consistent_latex", count_text(s.consistent)},
          {"refuted_latex", count_text(s.refuted)},
          {"inconclusive_latex", count_text(s.inconclusive)},
          {"search_latex", fmt::format("{}\\,\\%", s.search_percent())},
          {"any_refuted", s.refuted > 0},
          {"has_supported", s.supported + s.consistent > 0},
          {"any", s.instances > 0}};
}

/// The first few, and how many verdicts have another reason.
json reasons_view(const std::vector<TextCount>& reasons) {
  json list = json::array();
  std::int64_t others = 0;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (i < largest_number_of_reasons)
      list.push_back({{"reason_latex", text_latex(with_short_numbers(reasons[i].text))},
                      {"count_latex", count_text(reasons[i].count)}});
    else
      others += reasons[i].count;
  }
  return {{"any", !reasons.empty()},
          {"list", std::move(list)},
          {"others_latex", others > 0 ? json(count_text(others)) : json(false)}};
}

/// "exact (60), interval (1)".
std::string joined_counts(const std::vector<TextCount>& counts) {
  std::string out;
  for (const TextCount& c : counts)
    out +=
        fmt::format("{}{} ({})", out.empty() ? "" : "; ", text_latex(c.text), count_text(c.count));
  return out;
}

/// Nothing but ratios of 1: the two sides agree on every instance, and a histogram would show one
/// bar.
bool are_all_one(const std::vector<double>& ratios) {
  return !ratios.empty() &&
         std::ranges::all_of(ratios, [](double r) { return r > 0.9999 && r <= 1; });
}

json histogram_view(const TheoremData& t) {
  const Histogram h = histogram(t.ratios, bins);
  std::int64_t largest = 0;
  std::string bars;
  for (int i = 0; i < bins; ++i) {
    const std::int64_t count = h.counts[static_cast<std::size_t>(i)];
    largest = std::max(largest, count);
    bars += fmt::format("({:.2f},{}) ", static_cast<double>(i) / bins, count);
  }
  if (largest == 0) return false;
  bars += "(1,0)";
  return {{"bars_latex", bars},
          {"total_latex", count_text(static_cast<std::int64_t>(t.ratios.size()) - h.outside)},
          {"few", largest <= 4}};
}

json mutant_counts(const ReportData& report, const std::string& id) {
  std::int64_t all = 0;
  std::int64_t refuted = 0;
  for (const MutantRecord& m : report.mutants)
    if (m.theorem == id) {
      ++all;
      refuted += m.refuted;
    }
  return {{"any", all > 0},
          {"several", all != 1},
          {"all_latex", count_text(all)},
          {"refuted_latex", count_text(refuted)},
          {"all_refuted", all == refuted}};
}

json verdict_view(const VerdictRecord& v) {
  return {{"number", std::to_string(v.number)},
          {"origin", v.origin},
          {"verdict", v.verdict},
          {"engine_latex", text_or_false(latex_escape(v.provenance))},
          {"attained", v.tightness && is_attained(*v.tightness)},
          {"tightness_latex", v.tightness ? json(shortened_down(*v.tightness, 8)) : json(false)},
          {"where_latex", place_latex(v.sharpest)},
          {"instance", instance_view(v.instance)}};
}

json course_view(const VerdictRecord& v) {
  json plot = plot_view(v.series);
  if (plot.is_boolean()) return false;
  return {{"plot", std::move(plot)},
          {"number", std::to_string(v.number)},
          {"origin", v.origin},
          {"description_latex", text_or_false(describe_instance(v.instance))}};
}

}  // namespace

json badge(const std::string& latex, const std::string& colour) {
  return {{"latex", latex}, {"colour", colour}};
}

json tightness_badge(const std::string& ratio) {
  const std::string factor = looseness(ratio);
  if (factor.empty()) return badge("holds", "proved");
  if (is_attained(ratio)) return badge("tight", "proved");
  return badge(fmt::format("loose by $\\times${}", factor), "loose");
}

json theorem_view(const TheoremData& t, const ReportData& report) {
  const StatementRecord& s = t.statement;
  json hypotheses = json::array();
  for (const Text& h : s.hypotheses) hypotheses.push_back({{"text_latex", text_latex(h)}});
  std::string tells_where;
  for (const Text& condition : s.telling)
    tells_where += (tells_where.empty() ? "" : "; ") + text_latex(condition);
  json origins = json::array();
  for (const OriginCount& o : t.origins) origins.push_back(origin_view(o));
  const bool all_one = are_all_one(t.ratios);
  const json histogram = all_one ? json(false) : histogram_view(t);
  const json course = t.telling ? course_view(*t.telling) : json(false);
  const bool has_histogram = !histogram.is_boolean();
  const bool has_course = !course.is_boolean();
  return {{"id", s.id},
          {"id_latex", id_latex(s.id)},
          {"label", label(s.id)},
          {"title_latex", heading_latex(s.title.empty() ? Text::words(s.id) : s.title)},
          {"source_latex", text_or_false(source_text(s))},
          {"rederived", !s.cites.empty() && !says_rederived(s)},
          {"statement_latex", statement_latex(s.latex)},
          {"has_statement", !s.latex.empty()},
          {"hypotheses", std::move(hypotheses)},
          {"has_hypotheses", !s.hypotheses.empty()},
          {"tells_where_latex", text_or_false(tells_where)},
          {"counts", counts_view(t.summary)},
          {"origins", std::move(origins)},
          {"has_origins", !t.origins.empty()},
          {"conclusions_latex", t.conclusions > 0 ? json(count_text(t.conclusions)) : json(false)},
          {"evidence_latex", text_or_false(joined_counts(t.evidence))},
          {"engines_latex", text_or_false(joined_counts(t.engines))},
          {"not_applicable", reasons_view(t.not_applicable)},
          {"inconclusive", reasons_view(t.inconclusive)},
          {"errors", reasons_view(t.errors)},
          {"badge", verdict_badge(t.summary, report)},
          {"all_ratios_one", all_one},
          {"histogram", histogram},
          {"course", course},
          {"has_figure", has_histogram || has_course},
          {"has_both", has_histogram && has_course},
          {"sharpness", sharpness_view(t.sharpness)},
          {"sharpest", t.sharpest ? verdict_view(*t.sharpest) : json(false)},
          {"mutant_counts", mutant_counts(report, s.id)}};
}

// ---- Plots --------------------------------------------------------------------------------------

namespace {

std::string coordinates(const Curve& curve) {
  std::string out;
  int in_line = 0;
  for (const CurvePoint& p : curve.points) {
    if (in_line++ == 6) {
      out += "\n      ";
      in_line = 1;
    }
    out += fmt::format("({:.10g},{:.6g}) ", p.x, p.y);
  }
  if (!out.empty()) out.pop_back();
  return out;
}

std::string legend(const Plot& plot, const Curve& curve) {
  const std::string side =
      curve.is_bound ? (plot.sides_agree ? "right side" : "bound") : "left side";
  const auto bounds = std::ranges::count(plot.curves, curve.is_bound, &Curve::is_bound);
  return bounds > 1 && !curve.form.empty() ? fmt::format("{}, {}", side, text_latex(curve.form))
                                           : side;
}

json curve_view(const Plot& plot, const Curve& curve, int index) {
  return {{"style", fmt::format("{}{}", curve.is_bound ? "bound" : "left", index)},
          {"is_bound", curve.is_bound},
          {"marked", !curve.is_bound && !curve.is_scattered && curve.points.size() <= marked_up_to},
          {"scattered", curve.is_scattered},
          {"mark_repeat", std::to_string(1 + (curve.points.size() - 1) / marked_up_to)},
          {"coordinates_latex", coordinates(curve)},
          {"legend_latex", legend(plot, curve)}};
}

struct Span {
  double smallest = std::numeric_limits<double>::infinity();
  double largest = -std::numeric_limits<double>::infinity();
};

Span abscissae(const Plot& plot) {
  Span span;
  for (const Curve& c : plot.curves)
    for (const CurvePoint& p : c.points) {
      span.smallest = std::min(span.smallest, p.x);
      span.largest = std::max(span.largest, p.x);
    }
  return span;
}

}  // namespace

json plot_view(const std::vector<SeriesPoint>& series) {
  const Plot plot = plot_of(series);
  if (plot.curves.empty()) return false;
  json curves = json::array();
  int lefts = 0;
  int bounds = 0;
  for (const Curve& c : plot.curves)
    curves.push_back(curve_view(plot, c, c.is_bound ? ++bounds : ++lefts));
  const Span x = abscissae(plot);
  const double margin =
      std::max(0.03 * (x.largest - x.smallest), x.largest == x.smallest ? 0.5 : 0.0);
  const std::string zeros = plot.zeros_hidden > 0 ? count_text(plot.zeros_hidden) : std::string();
  return {{"many_curves", plot.curves.size() > 2},
          {"curves", std::move(curves)},
          {"along_iterations", plot.along_iterations},
          {"logarithmic", plot.logarithmic},
          {"sides_agree", plot.sides_agree},
          {"xmin", fmt::format("{:.10g}", x.smallest - margin)},
          {"xmax", fmt::format("{:.10g}", x.largest + margin)},
          {"few_abscissae", x.largest - x.smallest <= 8},
          {"zeros_hidden_latex", text_or_false(zeros)}};
}

}  // namespace graddiv::reports
