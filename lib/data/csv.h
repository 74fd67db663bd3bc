#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/read_dataset.h"
#include "data/text_lines.h"

namespace graddiv {

/// The records of a CSV file (RFC 4180): fields between commas, in double quotes where they hold a
/// comma, a quote (written twice) or a line break. Blank lines are no records.
class CsvRecords {
 public:
  explicit CsvRecords(const std::filesystem::path& path) : lines_(path) {}
  /// False at the end of the file. Throws InputError (file, line, column).
  bool next();
  /// The fields without their quotes and the blanks around them; valid until next().
  const std::vector<std::string>& fields() const { return fields_; }
  const TextLines& lines() const { return lines_; }
  /// Throws the InputError at the place where this field stands.
  [[noreturn]] void fail(std::size_t field, const std::string& found,
                         const std::string& expected) const;

 private:
  struct Place {
    std::int64_t line;
    std::int64_t column;
  };
  void read_quoted(std::string_view& line, std::size_t& at, std::string& field);
  TextLines lines_;
  std::size_t count_ = 0;
  std::vector<std::string> fields_;
  std::vector<Place> places_;
};

/// An example of a CSV file. The texts are those in the file, valid until the next one is read.
struct CsvRow {
  double label = 0;
  std::string_view label_text;
  std::vector<double> value;
  std::vector<std::string_view> value_text;
};

/// The examples of a CSV file. A first record with a field that is no number is the header.
class CsvRows {
 public:
  /// Looks at the option `label_column`.
  CsvRows(const std::filesystem::path& path, const ReadOptions& options);
  /// False at the end of the file. Throws InputError (file, line, column).
  bool next(CsvRow& row);
  int columns() const { return static_cast<int>(width_) - 1; }  ///< without that of the labels
  /// Throws the InputError of a file with no examples, once all `rows` of them are read.
  void expect_rows(std::int64_t rows) const;
  /// Throws the InputError at the place of a text of the row last given.
  [[noreturn]] void fail_at(std::string_view text, const std::string& expected) const;
  const std::vector<std::string>& detected() const { return detected_; }
  const TextLines& lines() const { return records_.lines(); }

 private:
  void find_label(const std::string& wanted, bool has_header);
  CsvRecords records_;
  bool is_first_pending_ = false;
  std::size_t width_ = 0;
  std::size_t label_ = 0;
  std::vector<std::string> detected_;
};

Dataset read_csv(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace graddiv
