#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/byte_stream.h"

namespace graddiv {

/// The lines of a text file, in the memory of a block and of the longest line.
class TextLines {
 public:
  explicit TextLines(const std::filesystem::path& path);

  /// The next line without its end ("\n" or "\r\n", which the last line need not have); false at
  /// the end of the file. The line is valid until the next call. Throws InputError as ByteStream,
  /// or for a line of more than 1 GiB.
  bool next(std::string_view& line);

  const std::string& file() const { return bytes_.name(); }
  double part_read() const { return bytes_.part_read(); }  ///< see ByteStream
  std::int64_t number() const { return number_; }          ///< of the line last given, from 1
  /// Throws the InputError `FILE:LINE:COLUMN: found FOUND, expected EXPECTED`; the place is that of
  /// a character of the line last given, columns counted in bytes from 1.
  [[noreturn]] void fail(const char* at, const std::string& found,
                         const std::string& expected) const;
  /// The same for a place that was kept: a line's number and a column.
  [[noreturn]] void fail_at(std::int64_t line, std::int64_t column, const std::string& found,
                            const std::string& expected) const;

 private:
  bool fill();
  ByteStream bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what is not given yet
  std::size_t end_ = 0;
  const char* line_ = nullptr;
  std::int64_t number_ = 0;
};

/// Reads a decimal number as the nearest double: "-1.5", "+1", "2e-3". Numbers too small for a
/// double become 0.
enum class NumberError { none, not_a_number, not_finite, too_large };
NumberError parse_double(std::string_view text, double& value);

/// The same where it must succeed: else fails at the place of the text, expecting `what`.
double number_at(const TextLines& lines, std::string_view text, const std::string& what);

/// Makes place for `more` values. A vector that grows holds its values twice while it moves them;
/// given at once the place that the rest of the file is likely to need, it hardly ever moves, and
/// memory that is not used yet costs nothing.
template <class T>
void make_place(std::vector<T>& values, std::size_t more, const TextLines& lines) {
  const std::size_t needed = values.size() + more;
  if (needed <= values.capacity()) return;
  const double likely = static_cast<double>(needed) / std::max(lines.part_read(), 1e-3) * 1.05;
  values.reserve(std::max(needed + needed / 2, static_cast<std::size_t>(likely)));
}

}  // namespace graddiv
