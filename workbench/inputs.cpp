#include "workbench/inputs.h"

#include <graddiv_version.h>

#include <algorithm>
#include <filesystem>

#include "constructions/catalogue.h"

namespace graddiv::workbench {

namespace fs = std::filesystem;

Instance read_instance_file(const std::string& path) {
  return read_instance(path, families_and_constructions());
}

std::vector<std::string> shipped_examples() {
  std::vector<std::string> files;
  std::error_code missing;
  for (const auto& entry :
       fs::directory_iterator(fs::path(source_directory()) / "examples", missing)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace graddiv::workbench
