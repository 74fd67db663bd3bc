#include "testing/data_files.h"

#include <zlib.h>

#include <fstream>

namespace graddiv {

namespace fs = std::filesystem;

void DataFiles::SetUp() {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  folder_ = fs::path(testing::TempDir()) /
            (std::string("data-files-") + info->test_suite_name() + '-' + info->name());
  fs::remove_all(folder_);
  fs::create_directories(folder_);
}

void DataFiles::TearDown() { fs::remove_all(folder_); }

fs::path DataFiles::write(const std::string& name, const std::string& bytes) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
  return folder_ / name;
}

fs::path DataFiles::write_gz(const std::string& name, const std::string& bytes) const {
  const gzFile file = gzopen((folder_ / name).c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
  return folder_ / name;
}

std::string DataFiles::without_folder(std::string text) const {
  const std::string folder = folder_.string();
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.replace(at, folder.size(), "DIR");
  }
  return text;
}

std::string DataFiles::error(const fs::path& path, const ReadOptions& options) const {
  try {
    read_dataset(path, options);
  } catch (const InputError& e) {
    return without_folder(e.what());
  }
  return "accepted";
}

std::string DataFiles::error_in(const std::string& text, const ReadOptions& options) const {
  return error(write("data", text), options);
}

}  // namespace graddiv
