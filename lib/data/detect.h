#pragma once

#include <filesystem>

#include "data/read_dataset.h"

namespace graddiv {

/// Where the data are that a user names, and in which format.
struct DataSource {
  std::filesystem::path path;  ///< a file, or the folder of the CIFAR-10 batches
  DataFormat format = DataFormat::libsvm;
  bool is_in_folder = false;  ///< the user named a folder, which has two parts
};

/// Throws InputError where nothing known is there.
DataSource detect_source(const std::filesystem::path& path, const ReadOptions& options);

/// The format that the content of a file shows. Throws InputError.
DataFormat format_of_file(const std::filesystem::path& path);

}  // namespace graddiv
