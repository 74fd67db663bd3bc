#pragma once

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "json/input_error.h"

namespace graddiv {

/// A file that cannot be written. `what()` reads `FILE: cannot be written: REASON`.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// All bytes of a file, or of a pipe. Throws InputError, which ends in "expected a `kind`" (such
/// as "JSON file"), where there is none, where it is a directory, cannot be read or has more than
/// `largest` bytes.
std::string read_file(const std::filesystem::path& path, const std::string& kind = "file",
                      std::size_t largest = std::size_t{1} << 28);

/// Writes a file that is there as a whole or not at all: under another name in the same folder,
/// onto the disk, then renamed. Whenever this is interrupted, what stood there before still stands
/// there. A symbolic link stays one: the file that it points to is replaced. Throws FileError.
/// A process that may meet a limit on the size of files ignores SIGXFSZ, else that ends it.
void write_file(const std::filesystem::path& path, std::string_view bytes);
/// The same for bytes that lie in several places, one after the other.
void write_file(const std::filesystem::path& path, const std::vector<std::string_view>& parts);

}  // namespace graddiv
