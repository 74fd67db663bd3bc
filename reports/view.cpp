#include "reports/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "reports/description.h"
#include "reports/escape.h"
#include "reports/figures.h"
#include "reports/listing.h"
#include "reports/mathematics.h"
#include "reports/numbers.h"
#include "reports/templates.h"

namespace graddiv::reports {

namespace {

using nlohmann::json;

// A report with hundreds of counterexamples is read no further than this; the store has them all.
constexpr std::size_t largest_number_of_refutations = 12;

/// "2025-11-21T20:15:00Z" → "21 November 2025, 20:15 UTC"; other texts stay.
std::string readable_date(const std::string& iso) {
  static constexpr std::array months = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  const int read = std::sscanf(iso.c_str(), "%d-%d-%dT%d:%d", &year, &month, &day, &hour, &minute);
  if (read < 3 || month < 1 || month > 12) return iso;
  const std::string date =
      fmt::format("{} {} {}", day, months[static_cast<std::size_t>(month - 1)], year);
  return read < 5 ? date : fmt::format("{}, {:02}:{:02} UTC", date, hour, minute);
}

/// "Intel(R) Xeon(R) CPU" → "Intel® Xeon® CPU".
std::string with_marks(std::string text) {
  for (const auto& [written, mark] :
       {std::pair{"(R)", "®"}, {"(TM)", "™"}, {"(tm)", "™"}, {"(r)", "®"}})
    for (std::size_t at = text.find(written); at != std::string::npos; at = text.find(written, at))
      text.replace(at, std::string(written).size(), mark);
  return text;
}

json packages_view(const Provenance& provenance) {
  json packages = json::array();
  for (const auto& [name, version] : provenance.packages)
    packages.push_back({{"name", name}, {"version", version}, {"last", false}});
  if (!packages.empty()) packages.back()["last"] = true;
  return packages;
}

json provenance_view(const ReportData& data) {
  if (!data.provenance) return false;
  const Provenance& p = *data.provenance;
  return {{"version", p.version},
          {"commit", p.commit},
          {"seed", std::to_string(p.seed)},
          {"date", readable_date(p.date)},
          {"ledger_latex", text_or_false(text_latex(p.ledger))},
          {"cpu", text_or_false(with_marks(p.cpu))},
          {"packages", packages_view(p)},
          {"has_packages", !p.packages.empty()}};
}

json mutant_view(const MutantRecord& m) {
  return {{"id_latex", id_latex(m.mutant)},
          {"change_latex", m.change},
          {"refuted", m.refuted},
          {"evidence", m.evidence},
          {"reason_latex", text_latex(with_short_numbers(m.reason))},
          {"witness_latex", text_or_false(describe_instance(m.witness))},
          {"smallest_latex", m.smallest == m.witness || m.smallest.empty()
                                 ? json(false)
                                 : text_or_false(describe_instance(m.smallest))},
          {"ratio_latex", m.ratio.empty() ? "---" : shortened_towards_one(m.ratio)}};
}

/// Mutants grouped by the statement they vary, in the order of the store.
json mutants_view(const ReportData& data) {
  json groups = json::array();
  for (const MutantRecord& m : data.mutants) {
    const auto is_its_group = [&](const json& g) { return g["id"] == m.theorem; };
    auto group = std::ranges::find_if(groups, is_its_group);
    if (group == groups.end()) {
      groups.push_back({{"id", m.theorem},
                        {"id_latex", id_latex(m.theorem)},
                        {"label", label(m.theorem)},
                        {"has_section", has_section(data, m.theorem)},
                        {"mutants", json::array()}});
      group = groups.end() - 1;
    }
    (*group)["mutants"].push_back(mutant_view(m));
  }
  return groups;
}

json refutations_view(const ReportData& data) {
  json list = json::array();
  for (std::size_t i = 0; i < std::min(data.refuted.size(), largest_number_of_refutations); ++i)
    list.push_back(refutation_view(data.refuted[i], data));
  return list;
}

json constructions_view(const ReportData& data) {
  json list = json::array();
  for (const ConstructionRecord& c : data.constructions) list.push_back(construction_view(c));
  return list;
}

json figures_view(const ReportData& data) {
  json list = json::array();
  for (const FigureRecord& f : data.figures) list.push_back(figure_view(f, data));
  return list;
}

/// The number of instances that every statement was checked on, if it is the same for all.
json instances_each(const ReportData& data) {
  if (data.theorems.empty()) return false;
  const auto count = data.theorems.front().summary.instances;
  const bool is_same = std::ranges::all_of(
      data.theorems, [&](const TheoremData& t) { return t.summary.instances == count; });
  return is_same ? json(std::to_string(count)) : json(false);
}

std::string store_name(const ReportData& data) {
  return data.store.empty() ? "the store" : data.store;
}

}  // namespace

json report_view(const ReportData& data) {
  const json totals = totals_view(data);
  json theorems = json::array();
  for (const TheoremData& t : data.theorems) theorems.push_back(theorem_view(t, data));
  const std::size_t left_out =
      data.refuted.size() - std::min(data.refuted.size(), largest_number_of_refutations);
  return {{"store", store_name(data)},
          {"provenance", provenance_view(data)},
          {"any_supported", totals.at("any_supported")},
          {"totals", totals},
          {"instances_each", instances_each(data)},
          {"theorems", std::move(theorems)},
          {"has_theorems", !data.theorems.empty()},
          {"refutations", refutations_view(data)},
          {"has_refutations", !data.refuted.empty()},
          {"refutations_left_out", left_out == 0 ? json(false) : json(std::to_string(left_out))},
          {"mutant_groups", mutants_view(data)},
          {"has_mutants", !data.mutants.empty()},
          {"constructions", constructions_view(data)},
          {"has_constructions", !data.constructions.empty()},
          {"sandwich", sandwich_view(data)},
          {"gallery", gallery_view(data)},
          {"has_gallery", !data.gallery.empty()},
          {"figures", figures_view(data)},
          {"has_figures", !data.figures.empty()},
          {"unicode_latex", unicode_declarations()},
          {"bibliography_latex", references()}};
}

json refutation_view(const VerdictRecord& v, const ReportData& report) {
  return {{"theorem_latex", id_latex(v.theorem)},
          {"theorem", v.theorem},
          {"label", label(v.theorem)},
          {"has_section", has_section(report, v.theorem)},
          {"number", std::to_string(v.number)},
          {"origin", v.origin},
          {"evidence", v.evidence},
          {"engine", text_or_false(v.provenance)},
          {"reason_latex", text_latex(with_short_numbers(v.reason))},
          {"instance", instance_view(v.instance)}};
}

json construction_view(const ConstructionRecord& c) {
  return {{"title_latex", heading_latex(c.title.empty() ? Text::words(c.id) : c.title)},
          {"id_latex", id_latex(c.id)},
          {"label", "construction-" + label(c.id)},  // a theorem may have its name
          {"source_latex", text_or_false(text_latex(c.source))},
          {"functions_latex", statement_latex(c.latex)},
          {"law_latex", statement_latex(c.law)},
          {"parameters_latex", text_or_false(text_latex(c.parameters))},
          {"description_latex", text_or_false(describe_instance(c.instance))},
          {"law_holds", c.law_holds},
          {"plot", plot_view(c.series)}};
}

json instance_view(const std::string& instance, const ListingLimits& limits) {
  const Listing listing = instance_listing(instance, limits);
  return {{"description_latex", text_or_false(describe_instance(instance))},
          {"listing_latex", listing.latex},
          {"abbreviated", listing.abbreviated}};
}

std::string citation(const std::string& key) {
  const std::string entry = "{" + key + ",";
  const bool is_known = !key.empty() && references().find(entry) != std::string_view::npos;
  return is_known ? "\\cite{" + key + "}" : latex_escape(key);
}

std::string label(const std::string& id) {
  std::string out = id;
  const auto is_safe = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  std::ranges::replace_if(
      out, [&](char c) { return !is_safe(c); }, '-');
  return out;
}

bool has_section(const ReportData& report, const std::string& theorem) {
  return std::ranges::any_of(report.theorems,
                             [&](const TheoremData& t) { return t.statement.id == theorem; });
}

std::string id_latex(const std::string& id) {
  const std::string escaped = latex_escape(id);
  std::string out;
  for (const char c : escaped) {
    out += c;
    if (c == '-') out += "\\allowbreak{}";
  }
  return "\\code{" + out + "}";
}

std::string heading_latex(const Text& title) {
  return fmt::format("\\texorpdfstring{{{}}}{{{}}}", text_latex(title), bookmark(title.plain()));
}

json place_latex(const std::optional<Place>& place) {
  return place ? text_or_false(text_latex(to_text(*place))) : json(false);
}

json text_or_false(const std::string& text) { return text.empty() ? json(false) : json(text); }

std::string statement_latex(const std::string& latex) {
  const auto has = [&](std::string_view mark) { return latex.find(mark) != std::string::npos; };
  const bool is_marked =
      has("$") || has("\\(") || has("\\[") || has("\\begin{") || has("\\ensuremath");
  const bool is_formula = has("\\") || has("^") || has("_") || has("=");
  return is_formula && !is_marked ? "\\[ " + latex + " \\]" : latex;
}

}  // namespace graddiv::reports
