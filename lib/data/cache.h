#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "data/dataset.h"
#include "json/checksum.h"

namespace graddiv {

/// A folder of parsed data, one file for each content of a file of text and each way to read it.
/// What lies there is checked before it is believed; a file that is damaged, cut off or of another
/// layout counts as none.
class DatasetCache {
 public:
  /// Reads the file for its checksum; `how` says in words all that the result depends on. Throws
  /// InputError.
  DatasetCache(std::filesystem::path folder, const std::filesystem::path& file,
               const std::string& how);

  /// What was stored for this content; none where nothing sound is there.
  std::optional<Dataset> load() const;
  /// Keeps the data, which are dense numbers or sparse rows. Says why it could not, or nothing.
  /// Nothing is kept where the file was changed since its checksum was taken.
  std::optional<std::string> store(const Dataset& data) const;

  const std::filesystem::path& stored_as() const { return stored_as_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path file_;
  std::filesystem::file_time_type changed_;
  std::uintmax_t size_ = 0;
  Checksum key_{};
  std::filesystem::path stored_as_;
};

}  // namespace graddiv
