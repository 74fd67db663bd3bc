#pragma once

#include <filesystem>
#include <string>

namespace graddiv::reports {

/// Throws std::system_error, which names the file.
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& bytes);

/// Writes a file that is there as a whole or not at all: under another name in the same folder,
/// then renamed. Throws std::system_error; then whatever stood there before still stands there.
void write_whole(const std::filesystem::path& path, const std::string& bytes);

}  // namespace graddiv::reports
