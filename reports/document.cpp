#include "reports/document.h"

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "reports/templates.h"
#include "reports/view.h"

namespace graddiv {

namespace reports {

namespace {

using kainjow::mustache::data;
using nlohmann::json;

data to_mustache(const json& value) {
  switch (value.type()) {
    case json::value_t::object: {
      data object(data::type::object);
      for (const auto& [key, member] : value.items()) object.set(key, to_mustache(member));
      return object;
    }
    case json::value_t::array: {
      data list(data::type::list);
      for (const auto& member : value) list.push_back(to_mustache(member));
      return list;
    }
    case json::value_t::boolean:
      return data(value.get<bool>());
    case json::value_t::string:
      return data(value.get<std::string>());
    case json::value_t::null:
      return data(false);
    default:
      return data(value.dump());
  }
}

/// Templates that others include by <%>template:name%>.
constexpr std::string_view partials[] = {"plot", "instance", "figure", "sharpness"};

/// A line with nothing on it but tags that print nothing: <%#any%><%/any%>, or the delimiters.
bool holds_only_tags(std::string_view line) {
  if (!line.starts_with("<%") && !line.starts_with("{{=")) return false;
  while (line.starts_with("<%")) {
    const std::size_t end = line.find("%>");
    const bool is_silent =
        line.size() > 2 && std::string_view("#^/").find(line[2]) != std::string_view::npos;
    if (end == std::string_view::npos || !is_silent) return false;
    line.remove_prefix(end + 2);
  }
  return line.empty();
}

// Stands for the end of a line of tags until the page is filled in.
constexpr char no_break = '\x01';

/// Lines of tags leave no trace: an empty line would end a paragraph, and in a table it is an
/// error. The library itself takes such lines away only where their section is not empty, and then
/// empty lines next to them as well; the mark keeps it from that.
std::string with_tag_lines_joined(std::string_view text) {
  std::string joined;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    joined += text.substr(0, end);
    if (end < text.size()) joined += holds_only_tags(text.substr(0, end)) ? no_break : '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return joined;
}

std::string prepared(std::string_view name) { return with_tag_lines_joined(template_text(name)); }

}  // namespace

const std::vector<Section>& sections() {
  // What was refuted comes before everything else, if there is anything.
  static const std::vector<Section> all = {
      {"title", true},          {"refuted", true},  {"summary", true},     {"sandwich", true},
      {"reading", false},       {"figures", true},  {"theorems", false},   {"mutants", false},
      {"constructions", false}, {"gallery", false}, {"bibliography", true}};
  return all;
}

std::string render(std::string_view name, const json& view) {
  kainjow::mustache::mustache page{prepared(name)};
  if (!page.is_valid()) throw std::logic_error(std::string(name) + ": " + page.error_message());
  page.set_custom_escape([](const std::string& text) { return latex_escape(text); });
  data filled = to_mustache(view);
  for (const std::string_view partial : partials)
    filled.set("template:" + std::string(partial),
               data(kainjow::mustache::partial{[partial] { return prepared(partial); }}));
  std::string text = page.render(filled);
  std::erase(text, no_break);
  return text;
}

}  // namespace reports

std::string report_latex(const ReportData& data, ReportLength length) {
  nlohmann::json view = reports::report_view(data);
  const bool is_full = length == ReportLength::full;
  view["is_full"] = is_full;
  std::string body;
  for (const auto& [section, is_in_summary] : reports::sections()) {
    if (is_full || is_in_summary) body += reports::render(section, view);
  }
  view["body_latex"] = std::move(body);
  return reports::render("document", view);
}

}  // namespace graddiv
