#include "data/idx.h"

#include <zlib.h>

#include <memory>

#include "json/input_error.h"

namespace graddiv {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 31;

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw InputError(path + ": " + what);
}

/// All bytes of a file; zlib passes files that are not compressed through as they are.
std::vector<std::uint8_t> read_all(const std::string& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) fail(path, "cannot be opened");
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> chunk(1U << 20);
  for (;;) {
    const int read = gzread(file.get(), chunk.data(), static_cast<unsigned>(chunk.size()));
    if (read < 0) fail(path, "cannot be read, or its compressed data are damaged");
    if (read == 0) return bytes;
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + read);
    if (bytes.size() > largest_file) fail(path, "is larger than 2 GiB");
  }
}

}  // namespace

IdxArray read_idx(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_all(path);
  if (bytes.size() < 4 || bytes[0] != 0 || bytes[1] != 0)
    fail(path, "is no IDX file: it does not begin with two zero bytes");
  if (bytes[2] != 0x08)
    fail(path,
         "holds elements of type " + std::to_string(bytes[2]) + ", expected 8 (unsigned bytes)");
  const std::size_t rank = bytes[3];
  if (rank == 0 || bytes.size() < 4 + 4 * rank) fail(path, "ends within its header");
  IdxArray array;
  std::size_t size = 1;
  for (std::size_t r = 0; r < rank; ++r) {
    std::uint32_t extent = 0;
    for (std::size_t b = 0; b < 4; ++b) extent = extent << 8 | bytes[4 + 4 * r + b];
    array.dimensions.push_back(extent);
    if (extent != 0 && size > largest_file / extent)
      fail(path, "says that it holds more than 2 GiB");
    size *= extent;
  }
  const std::size_t header = 4 + 4 * rank;
  if (bytes.size() - header != size) {
    fail(path, "holds " + std::to_string(bytes.size() - header) + " bytes of data, expected " +
                   std::to_string(size));
  }
  array.data.assign(bytes.begin() + static_cast<std::ptrdiff_t>(header), bytes.end());
  return array;
}

}  // namespace graddiv
