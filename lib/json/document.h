#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_set>

namespace graddiv::detail {

/// A JSON text in which no number was rounded. Decimals, and integers beyond 64 bits, are strings
/// in `root`: the text that stands in the file.
struct JsonDocument {
  std::string file;
  nlohmann::ordered_json root;
  std::unordered_set<const nlohmann::ordered_json*> numbers;  ///< the strings that are such numbers

  bool is_number(const nlohmann::ordered_json& value) const { return numbers.count(&value) != 0; }
};

/// Throws InputError: syntax (with line and column), a key twice, nesting beyond 64 levels.
/// `document` is empty but for its file's name.
void parse(std::string_view text, JsonDocument& document);

}  // namespace graddiv::detail
