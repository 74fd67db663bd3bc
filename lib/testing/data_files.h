#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "data/read_dataset.h"

namespace graddiv {

/// Tests of readers: a folder of its own for each, removed afterwards.
class DataFiles : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  std::filesystem::path write(const std::string& name, const std::string& bytes) const;
  /// Compressed with gzip.
  std::filesystem::path write_gz(const std::string& name, const std::string& bytes) const;
  /// The text with DIR in place of the folder.
  std::string without_folder(std::string text) const;
  /// The error of reading, "accepted" where there is none; without_folder.
  std::string error(const std::filesystem::path& path, const ReadOptions& options = {}) const;
  /// The same for a file "data" of this text.
  std::string error_in(const std::string& text, const ReadOptions& options = {}) const;

  std::filesystem::path folder_;
};

/// The values, a blank behind each.
template <class T>
std::string joined(const std::vector<T>& values) {
  std::ostringstream text;
  for (const T& value : values) text << value << ' ';
  return text.str();
}
/// The phrases, "; " behind each.
inline std::string joined(const std::vector<std::string>& phrases) {
  std::string text;
  for (const std::string& phrase : phrases) text += phrase + "; ";
  return text;
}

}  // namespace graddiv
