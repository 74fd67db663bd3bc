#include "data/read_dataset.h"

#include <algorithm>
#include <utility>

#include "data/cache.h"
#include "data/csv.h"
#include "data/detect.h"
#include "data/images.h"
#include "data/libsvm.h"

namespace graddiv {

namespace fs = std::filesystem;

const std::vector<std::string>& data_format_names() {
  static const std::vector<std::string> names = {"idx", "cifar10", "libsvm", "csv"};
  return names;
}

DataSource detect_source(const fs::path& path, const ReadOptions& options) {
  const auto asked_for = [&](DataFormat format) {
    return !options.format || *options.format == format;
  };
  const auto fail = [&](const std::string& found, const std::string& expected) {
    throw InputError(path.string() + ": found " + found + ", expected " + expected);
  };
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    return {path, options.format ? *options.format : format_of_file(path), false};
  }
  if (asked_for(DataFormat::idx)) {
    if (const auto images = find_idx_images(path, options.part)) {
      return {*images, DataFormat::idx, true};
    }
  }
  if (asked_for(DataFormat::cifar)) {
    if (const auto folder = find_cifar(path)) return {*folder, DataFormat::cifar, true};
  }
  const bool is_train = options.part == DataPart::train;
  const DataPart other = is_train ? DataPart::test : DataPart::train;
  if (asked_for(DataFormat::idx) && find_idx_images(path, other)) {
    fail(is_train ? "the test part alone" : "the training part alone",
         is_train ? "train-images-idx3-ubyte" : "t10k-images-idx3-ubyte");
  }
  fail("a folder without data that is known here",
       "train-images-idx3-ubyte and train-labels-idx1-ubyte (plain or .gz), or data_batch_1.bin, "
       "…, or the name of a file");
  return {};
}

namespace {

/// Everything but the content of the file that the result depends on.
std::string way_of_reading(DataFormat format, const ReadOptions& options) {
  const auto number = [](const std::optional<int>& n) { return n ? std::to_string(*n) : "any"; };
  return data_format_names()[static_cast<std::size_t>(format)] + " columns " +
         number(options.columns) + " from " + number(options.index_base) + " labels " +
         options.label_column;
}

Dataset read_text(const DataSource& source, const ReadOptions& options) {
  const auto parse = [&] {
    return source.format == DataFormat::libsvm ? read_libsvm(source.path, options)
                                               : read_csv(source.path, options);
  };
  if (options.cache.empty()) return parse();
  const DatasetCache cache(options.cache, source.path, way_of_reading(source.format, options));
  if (auto known = cache.load()) {
    known->detected.emplace_back("parsed before");
    return std::move(*known);
  }
  Dataset data = parse();
  if (const auto reason = cache.store(data)) {
    data.detected.push_back("not kept for the next time: " + *reason);
  }
  return data;
}

}  // namespace

Dataset read_dataset(const fs::path& path, const ReadOptions& options) {
  const DataSource source = detect_source(path, options);
  Dataset data;
  switch (source.format) {
    case DataFormat::idx:
      data = read_idx_pair(source.path);
      break;
    case DataFormat::cifar:
      data = source.is_in_folder ? read_cifar_folder(source.path, options.part)
                                 : read_cifar_batch(source.path);
      break;
    case DataFormat::libsvm:
    case DataFormat::csv:
      data = read_text(source, options);
      break;
  }
  data.source = path.string();
  if (source.is_in_folder) {
    data.detected.emplace_back(options.part == DataPart::train ? "training part" : "test part");
  }
  return data;
}

}  // namespace graddiv
