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

}  // namespace
}  // namespace source

std::string described(const FormulaError& error, const std::string& text, const std::string& file) {
  using namespace source;
  const std::string_view all = text;
  const std::size_t start = all.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  const std::size_t at = std::clamp(error.where().begin, start, all.size());
  const std::string_view before = all.substr(0, at);
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? start : newline + 1;
  const std::size_t end = std::min(all.find('\n', at), all.size());
  const std::size_t last = std::clamp(error.where().end, at, end);
  const std::size_t column = characters_in(all.substr(begin, at - begin));
  const std::size_t width = std::max<std::size_t>(1, characters_in(all.substr(at, last - at)));
  return fmt::format("{}:{}:{}: {}\n  {}\n  {}{}", file, line, column + 1, error.what(),
                     all.substr(begin, end - begin), std::string(column, ' '),
                     std::string(width, '^'));
}

}  // namespace graddiv
