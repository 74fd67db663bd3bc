#pragma once

#include <zlib.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace graddiv {

/// The bytes of a file from its beginning, unpacked where it is compressed with gzip, in blocks.
class ByteStream {
 public:
  /// Throws InputError: no such file, a directory, a file that cannot be opened.
  explicit ByteStream(const std::filesystem::path& path);

  /// The next `size` bytes, fewer only at the end of the file. Throws InputError: unreadable, or
  /// the compressed data are damaged or cut off.
  std::size_t read(void* into, std::size_t size);

  /// Which part of the file, as it lies on the disk, is read: in [0, 1].
  double part_read() const;

  const std::string& name() const { return name_; }
  /// Throws the InputError `FILE: found FOUND, expected EXPECTED`.
  [[noreturn]] void fail(const std::string& found, const std::string& expected) const;

 private:
  std::string name_;
  double size_ = 0;
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
};

}  // namespace graddiv
