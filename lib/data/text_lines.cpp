#include "data/text_lines.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "json/input_error.h"
#include "json/quote.h"

namespace graddiv {
namespace {

constexpr std::size_t text_block = 1U << 20U;
constexpr std::size_t longest_line = 1U << 30U;

}  // namespace

TextLines::TextLines(const std::filesystem::path& path) : bytes_(path), buffer_(text_block) {}

/// Moves what is left to the front and reads on; false where nothing is left to read.
bool TextLines::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ == buffer_.size()) {
    if (end_ >= longest_line) {
      fail_at(number_ + 1, 1, "a line of more than 1 GiB", "shorter lines");
    }
    buffer_.resize(2 * end_);
  }
  const std::size_t count = bytes_.read(buffer_.data() + end_, buffer_.size() - end_);
  end_ += count;
  return count > 0;
}

bool TextLines::next(std::string_view& line) {
  std::size_t searched = 0;
  const char* stop = nullptr;
  for (;;) {
    const char* first = buffer_.data() + begin_;
    stop = static_cast<const char*>(std::memchr(first + searched, '\n', end_ - begin_ - searched));
    if (stop != nullptr) break;
    searched = end_ - begin_;
    if (fill()) continue;
    if (begin_ == end_) return false;
    stop = buffer_.data() + end_;
    break;
  }
  line_ = buffer_.data() + begin_;
  line = {line_, static_cast<std::size_t>(stop - line_)};
  begin_ = std::min(begin_ + line.size() + 1, end_);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (number_++ == 0 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
  return true;
}

void TextLines::fail(const char* at, const std::string& found, const std::string& expected) const {
  fail_at(number_, at - line_ + 1, found, expected);
}

void TextLines::fail_at(std::int64_t line, std::int64_t column, const std::string& found,
                        const std::string& expected) const {
  throw InputError(file() + ':' + std::to_string(line) + ':' + std::to_string(column) + ": found " +
                   found + ", expected " + expected);
}

NumberError parse_double(std::string_view text, double& value) {
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') {
    digits.remove_prefix(1);
    if (!digits.empty() && digits.front() == '-') return NumberError::not_a_number;
  }
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error == std::errc::invalid_argument || stop != end) return NumberError::not_a_number;
  if (error == std::errc::result_out_of_range) {  // too large, or too small, which is no error
    value = std::strtod(std::string(digits).c_str(), nullptr);
    return std::isfinite(value) ? NumberError::none : NumberError::too_large;
  }
  return std::isfinite(value) ? NumberError::none : NumberError::not_finite;
}

double number_at(const TextLines& lines, std::string_view text, const std::string& what) {
  double value = 0;
  switch (parse_double(text, value)) {
    case NumberError::none:
      return value;
    case NumberError::too_large:
      lines.fail(text.data(), detail::shortened(detail::printable(std::string(text))),
                 what + " that a double can hold");
    case NumberError::not_finite:
      lines.fail(text.data(), detail::shortened(detail::printable(std::string(text))),
                 what + " that is finite");
    case NumberError::not_a_number:
      break;
  }
  lines.fail(text.data(),
             text.empty() ? "nothing"
                          : '"' + detail::shortened(detail::printable(std::string(text))) + '"',
             what);
}

}  // namespace graddiv
