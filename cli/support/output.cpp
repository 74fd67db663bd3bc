#include "cli/support/output.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "json/print.h"

namespace graddiv::cli {

namespace {

// Of a character in UTF-8: all its other bytes are continuations.
bool is_first_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// In characters.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, is_first_byte));
}

}  // namespace

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void print_json(const Json& json) { print(indented(json)); }

Json enclosure_json(const Enclosure& x, int digits) {
  Json json;
  if (x.is_exact()) json["exact"] = x.to_string();
  json["lower"] = x.decimal_lower(digits);
  json["upper"] = x.decimal_upper(digits);
  return json;
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::add(std::vector<std::string> row) {
  row.resize(columns_.size());
  rows_.push_back(std::move(row));
}

std::string Table::text(int indent) const {
  std::vector<std::string> titles;
  bool titled = false;
  for (const auto& column : columns_) {
    titles.push_back(column.title);
    titled = titled || !column.title.empty();
  }
  std::vector<std::size_t> widths;
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    widths.push_back(width(titles[j]));
    for (const auto& row : rows_) widths[j] = std::max(widths[j], width(row[j]));
  }
  std::string text;
  const auto add_line = [&](const std::vector<std::string>& row) {
    std::string line(static_cast<std::size_t>(indent), ' ');
    for (std::size_t j = 0; j < row.size(); ++j) {
      const std::string padding(widths[j] - width(row[j]), ' ');
      line += columns_[j].align == Align::left ? row[j] + padding : padding + row[j];
      line += "  ";
    }
    line.resize(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  if (titled) add_line(titles);
  for (const auto& row : rows_) add_line(row);
  return text;
}

std::string shell_word(const std::string& word) {
  constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace graddiv::cli
