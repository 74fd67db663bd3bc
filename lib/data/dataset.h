#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace graddiv {

/// Bytes as they stand in an image file, rows × columns, row by row: features 0, …, 255.
struct DenseBytes {
  std::vector<std::uint8_t> values;
};

/// Numbers, rows × columns, row by row.
struct DenseNumbers {
  std::vector<double> values;
};

/// Row i has value[k] in column[k], ascending from 0, for row_begin[i] ≤ k < row_begin[i + 1], and
/// 0 elsewhere. Zeros that stand in the file are kept.
struct SparseRows {
  std::vector<std::int64_t> row_begin = {0};  // rows + 1
  std::vector<std::int32_t> column;
  std::vector<double> value;
};

using Features = std::variant<DenseBytes, DenseNumbers, SparseRows>;

/// The columns of a row that is an image: column (c · height + y) · width + x is channel c of pixel
/// (x, y).
struct ImageShape {
  int channels = 1;
  int height = 0;
  int width = 0;
};

/// Examples with one label each, as they were read: nothing is scaled.
struct Dataset {
  std::string source;  ///< the file or folder, as the user named it
  std::int64_t rows = 0;
  int columns = 0;
  Features features;
  std::vector<double> labels;       ///< one a row; classes are numbers too
  std::optional<ImageShape> image;  ///< where the rows are images
  /// What was found out about the files rather than told, one phrase each, for the user: "LIBSVM",
  /// "indices from 1 (assumed: none is 0)".
  std::vector<std::string> detected;
};

}  // namespace graddiv
