#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace graddiv {

/// Where something stands in the text it was read from: bytes, the end not included.
struct SourceRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// With which some editors begin a file in UTF-8: no part of its text.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// An error in a formula or in a theorem file, at a place of its text: what is wrong and what was
/// expected. Whoever knows the text adds line, column and caret (described).
class FormulaError : public std::logic_error {
 public:
  FormulaError(SourceRange where, const std::string& what)
      : std::logic_error(what), where_(where) {}
  SourceRange where() const { return where_; }

 private:
  SourceRange where_;
};

/// "claim.theorem:7:12" of where something begins.
std::string place_in(const SourceRange& where, std::string_view text, std::string_view file);

/// "claim.theorem:7:12: …", the line and a caret below the place, as compilers print it. Columns
/// count characters, not bytes, from 1.
std::string described(const FormulaError& error, const std::string& text, const std::string& file);

}  // namespace graddiv
