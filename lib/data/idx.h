#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace graddiv {

/// An array of bytes in the IDX format of the MNIST family (magic number, dimensions, data in
/// row-major order).
struct IdxArray {
  std::vector<std::uint32_t> dimensions;  ///< images: {count, rows, columns}; labels: {count}
  std::vector<std::uint8_t> data;
};

/// Reads an IDX file of unsigned bytes, plain or compressed with gzip. Throws InputError:
/// unreadable, another format or element type, or fewer or more bytes than the header says.
IdxArray read_idx(const std::string& path);

}  // namespace graddiv
