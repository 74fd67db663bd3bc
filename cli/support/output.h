#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "workbench/words.h"

namespace graddiv::cli {

using Json = nlohmann::ordered_json;

/// Writes to standard output, all of it or (at the end of main) an error.
void print(std::string_view text);
/// The JSON, indented, with a line break at the end. Bytes that are no UTF-8 are replaced.
void print_json(const Json& json);

/// {"exact": "5/4", "lower": "1.25", "upper": "1.25"}: `exact` only where it is, the decimals
/// rounded outward.
Json enclosure_json(const Enclosure& x, int digits = 17);

using workbench::brief;
using workbench::shortened;

/// Text in columns, each as wide as its widest cell, two blanks apart.
class Table {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;
    Align align = Align::left;
  };
  explicit Table(std::vector<Column> columns);
  void add(std::vector<std::string> row);
  bool empty() const { return rows_.empty(); }
  /// Each line after `indent` blanks. Titles only where one of them is not empty.
  std::string text(int indent = 0) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// The word as a shell takes it, in quotes where it needs them.
std::string shell_word(const std::string& word);

}  // namespace graddiv::cli
