#include "data/idx.h"

#include <algorithm>
#include <array>

#include "data/byte_stream.h"

namespace graddiv {
namespace {

constexpr std::size_t largest_idx_size = std::size_t{1} << 31U;

/// `size` bytes, in blocks: what the header says is believed no sooner than the bytes are there.
void read_idx_data(ByteStream& file, std::size_t size, std::vector<std::uint8_t>& data) {
  constexpr std::size_t block = std::size_t{1} << 26U;
  while (data.size() < size) {
    const std::size_t before = data.size();
    const std::size_t wanted = std::min(size - before, std::max(block, before));
    data.resize(before + wanted);
    const std::size_t count = file.read(data.data() + before, wanted);
    if (count == wanted) continue;
    file.fail(std::to_string(before + count) + " bytes of data",
              std::to_string(size) + ", as the header says");
  }
  std::uint8_t more = 0;
  if (file.read(&more, 1) != 0) {
    file.fail("more bytes of data", std::to_string(size) + ", as the header says");
  }
}

}  // namespace

IdxArray read_idx(const std::string& path) {
  ByteStream file(path);
  std::array<std::uint8_t, 4> magic{};
  const std::size_t count = file.read(magic.data(), magic.size());
  if (count < magic.size() || magic[0] != 0 || magic[1] != 0) {
    file.fail(count == 0 ? "an empty file" : "a file that does not begin with two zero bytes",
              "an IDX file");
  }
  if (magic[2] != 0x08) {
    file.fail("elements of type " + std::to_string(magic[2]), "type 8, unsigned bytes");
  }
  const std::size_t rank = magic[3];
  if (rank == 0) file.fail("no dimension", "one at least in the header");
  IdxArray array;
  std::size_t size = 1;
  for (std::size_t r = 0; r < rank; ++r) {
    std::array<std::uint8_t, 4> bytes{};
    if (file.read(bytes.data(), 4) < 4) {
      file.fail("a file that ends within its header", std::to_string(rank) + " dimensions");
    }
    std::uint32_t extent = 0;
    for (const std::uint8_t byte : bytes) extent = extent << 8U | byte;
    array.dimensions.push_back(extent);
    if (extent != 0 && size > largest_idx_size / extent) {
      file.fail("a header of more than 2 GiB of data", "at most that");
    }
    size *= extent;
  }
  read_idx_data(file, size, array.data);
  return array;
}

}  // namespace graddiv
