#include "data/byte_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "json/input_error.h"

namespace graddiv {

namespace fs = std::filesystem;

ByteStream::ByteStream(const fs::path& path) : name_(path.string()), file_(nullptr, gzclose) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) fail("no such file", "a data file");
  if (fs::is_directory(status)) fail("a directory", "a data file");
  // Files are read more than once: to tell the format, and for exact numbers.
  if (!fs::is_regular_file(status)) fail("a pipe or a device", "a data file");
  errno = 0;
  file_.reset(gzopen(path.c_str(), "rb"));
  if (!file_) {
    fail("a file that cannot be opened (" + std::string(std::strerror(errno)) + ")",
         "a readable data file");
  }
  gzbuffer(file_.get(), 1U << 18U);
  size_ = static_cast<double>(fs::file_size(path, error));
}

double ByteStream::part_read() const {
  const auto offset = static_cast<double>(gzoffset(file_.get()));
  return size_ > 0 ? std::clamp(offset / size_, 0.0, 1.0) : 1;
}

std::size_t ByteStream::read(void* into, std::size_t size) {
  constexpr std::size_t most_at_once = 1U << 30U;  // gzread counts in int
  auto* bytes = static_cast<char*>(into);
  std::size_t filled = 0;
  while (filled < size) {
    const auto wanted = static_cast<unsigned>(std::min(size - filled, most_at_once));
    const int count = gzread(file_.get(), bytes + filled, wanted);
    if (count > 0) filled += static_cast<std::size_t>(count);
    if (count == static_cast<int>(wanted)) continue;
    int code = Z_OK;  // fewer than wanted: the end, or an error that zlib tells only when asked
    const std::string reason = gzerror(file_.get(), &code);  // "PATH: REASON"
    if (code == Z_BUF_ERROR) fail("compressed data that end too early", "a whole gzip file");
    if (code == Z_ERRNO) {
      fail("a file that cannot be read (" + std::string(std::strerror(errno)) + ")",
           "a readable data file");
    }
    if (count < 0 || code != Z_OK) {
      const auto colon = reason.rfind(": ");
      fail("damaged compressed data (" +
               (colon == std::string::npos ? reason : reason.substr(colon + 2)) + ")",
           "a whole gzip file");
    }
    break;
  }
  return filled;
}

void ByteStream::fail(const std::string& found, const std::string& expected) const {
  throw InputError(name_ + ": found " + found + ", expected " + expected);
}

}  // namespace graddiv
