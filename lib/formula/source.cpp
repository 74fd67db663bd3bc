#include "formula/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "formula/spelling.h"

namespace graddiv {
namespace source {
namespace {

std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(spelling::length_of_character(text));
  return count;
}

/// The line in which something stands, where it begins in it, and how many characters of it there
/// are in that line, at least one.
struct Line {
  std::string_view text;
  std::ptrdiff_t number = 1;
  std::size_t column = 0;
  std::size_t width = 1;
};

Line line_of(const SourceRange& where, std::string_view all) {
  const std::size_t start = all.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  const std::size_t at = std::clamp(where.begin, start, all.size());
  const std::string_view before = all.substr(0, at);
  const std::size_t newline = before.rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? start : newline + 1;
  const std::size_t end = std::min(all.find('\n', at), all.size());
  const std::size_t last = std::clamp(where.end, at, end);
  return {all.substr(begin, end - begin), 1 + std::ranges::count(before, '\n'),
          characters_in(all.substr(begin, at - begin)),
          std::max<std::size_t>(1, characters_in(all.substr(at, last - at)))};
}

}  // namespace
}  // namespace source

std::string place_in(const SourceRange& where, std::string_view text, std::string_view file) {
  const source::Line line = source::line_of(where, text);
  return fmt::format("{}:{}:{}", file, line.number, line.column + 1);
}

std::string described(const FormulaError& error, const std::string& text, const std::string& file) {
  const source::Line line = source::line_of(error.where(), text);
  return fmt::format("{}: {}\n  {}\n  {}{}", place_in(error.where(), text, file), error.what(),
                     line.text, std::string(line.column, ' '), std::string(line.width, '^'));
}

}  // namespace graddiv
