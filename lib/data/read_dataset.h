#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "json/input_error.h"

namespace graddiv {

enum class DataFormat {
  idx,     ///< MNIST and its like: a folder, or its file of images with that of labels beside it
  cifar,   ///< CIFAR-10, binary version: a folder, or one batch
  libsvm,  ///< a line an example: `label index:value index:value … # comment`
  csv      ///< RFC 4180: a line an example, one column of labels
};

/// "idx", "cifar10", "libsvm", "csv", in the order of DataFormat.
const std::vector<std::string>& data_format_names();

/// Which of the two parts a folder of images has.
enum class DataPart { train, test };

struct ReadOptions {
  std::optional<DataFormat> format;  ///< told from the content where it is not given
  DataPart part = DataPart::train;   ///< of a folder
  /// LIBSVM: how many columns; where not given, as many as the largest index needs.
  std::optional<int> columns;
  /// LIBSVM: what the first column is called, 0 or 1. Where not given, 0 if the file has an index
  /// 0, else 1.
  std::optional<int> index_base;
  /// CSV: the column of the labels, by its name in the header line or by its number from 1.
  std::string label_column;
  /// A folder where parsed LIBSVM and CSV are kept, by the checksum of the file; none where empty.
  /// Reading never fails because of it.
  std::filesystem::path cache;
};

/// Reads a data set; files may be compressed with gzip. Throws InputError, which names the file,
/// where it has them line and column, what stands there and what was expected: unreadable or
/// damaged files, folders without data, numbers that are none, infinite or too large for a double,
/// indices that do not ascend or lie beyond 2^31 − 2, rows of different lengths, images without
/// labels.
Dataset read_dataset(const std::filesystem::path& path, const ReadOptions& options = {});

}  // namespace graddiv
