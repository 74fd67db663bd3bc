#pragma once

#include <string_view>
#include <vector>

#include "data/read_dataset.h"
#include "data/text_lines.h"

namespace graddiv {

/// A line of a LIBSVM file. The texts are those in the file, valid until the next line is read.
struct LibsvmRow {
  double label = 0;
  std::string_view label_text;
  std::vector<std::int32_t> index;  ///< ascending, as written: from 0 or from 1
  std::vector<double> value;
  std::vector<std::string_view> value_text;
};

/// Reads `label qid:n index:value index:value … # comment`, line by line. Blank lines and lines of
/// comment are no rows; qid is not kept.
class LibsvmRows {
 public:
  /// Looks at the options `columns` and `index_base`.
  LibsvmRows(const std::filesystem::path& path, const ReadOptions& options);
  /// False at the end of the file. Throws InputError (file, line, column).
  bool next(LibsvmRow& row);

  bool has_index_zero() const { return has_zero_; }        ///< so far
  std::int32_t largest_index() const { return largest_; }  ///< so far; −1 where there is none
  const TextLines& lines() const { return lines_; }

 private:
  void read_entry(std::string_view token, LibsvmRow& row);
  TextLines lines_;
  std::int32_t lowest_allowed_;
  std::int32_t most_allowed_;
  std::optional<int> columns_;
  std::int32_t largest_ = -1;
  bool has_zero_ = false;
};

/// What the indices of a file count from, how many columns it has, and the phrases that say so.
struct LibsvmShape {
  int index_base = 1;
  int columns = 0;
  std::vector<std::string> detected;
};

/// Once all rows are read. Throws InputError: no rows, no columns, more columns than were told.
LibsvmShape shape_of(const LibsvmRows& read, std::int64_t rows, const ReadOptions& options);

Dataset read_libsvm(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace graddiv
