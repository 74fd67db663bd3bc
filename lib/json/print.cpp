#include "json/print.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace graddiv {

namespace {

constexpr std::size_t line_width = 100;

std::string dump(const nlohmann::ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

/// On one line, as people write JSON.
std::string on_one_line(const nlohmann::ordered_json& value) {
  if (!value.is_structured()) return compact(value);
  std::string result;
  for (const auto& [key, member] : value.items()) {
    if (!result.empty()) result += ", ";
    if (value.is_object()) result += compact(key) + ": ";
    result += on_one_line(member);
  }
  if (value.is_array()) return "[" + result + "]";
  return result.empty() ? "{}" : "{ " + result + " }";
}

bool holds_only_scalars(const nlohmann::ordered_json& array) {
  return array.is_array() &&
         std::none_of(array.begin(), array.end(),
                      [](const nlohmann::ordered_json& x) { return x.is_structured(); });
}

/// Rows of numbers, and every value that fits, on one line, else one member a line: matrices keep
/// their shape.
void lay_out(const nlohmann::ordered_json& value, std::size_t indent, std::size_t column,
             std::string& out) {
  const std::string line = on_one_line(value);
  if (!value.is_structured() || holds_only_scalars(value) || column + line.size() < line_width) {
    out += line;
    return;
  }
  const std::string margin(indent + 2, ' ');
  out += value.is_array() ? "[" : "{";
  bool first = true;
  for (const auto& [key, member] : value.items()) {
    out += first ? "\n" : ",\n";
    first = false;
    const std::string label = value.is_object() ? compact(key) + ": " : "";
    out += margin + label;
    lay_out(member, indent + 2, margin.size() + label.size(), out);
  }
  out += "\n" + std::string(indent, ' ') + (value.is_array() ? "]" : "}");
}

}  // namespace

std::string compact(const nlohmann::ordered_json& json) { return dump(json, -1); }

std::string indented(const nlohmann::ordered_json& json) { return dump(json, 2) + "\n"; }

std::string file_text(const nlohmann::ordered_json& json) {
  std::string text;
  lay_out(json, 0, 0, text);
  return text + "\n";
}

std::string file_text(const nlohmann::ordered_json& head, std::string_view key,
                      std::string_view file) {
  std::string text = dump(head, 2);
  text.resize(text.rfind('\n'));
  text += ",\n  " + compact(key) + ": ";
  for (const char c : file.substr(0, file.rfind('\n'))) {
    text += c;
    if (c == '\n') text += "  ";
  }
  return text + "\n}\n";
}

nlohmann::ordered_json to_json(const Vector<Rational>& v) {
  nlohmann::ordered_json result = nlohmann::ordered_json::array();
  for (Eigen::Index i = 0; i < v.size(); ++i) result.push_back(to_string(v(i)));
  return result;
}

nlohmann::ordered_json to_json(const Matrix<Rational>& m) {
  nlohmann::ordered_json result = nlohmann::ordered_json::array();
  for (Eigen::Index i = 0; i < m.rows(); ++i) {
    result.push_back(to_json(Vector<Rational>(m.row(i).transpose())));
  }
  return result;
}

}  // namespace graddiv
