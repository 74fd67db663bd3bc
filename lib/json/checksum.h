#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace graddiv {

/// A checksum of 128 bits, XXH3 (Collet): equal for equal bytes, and by chance alone for others.
using Checksum = std::array<std::uint64_t, 2>;

/// Takes the checksum of bytes that come in several pieces; how they are cut makes no difference.
class Summing {
 public:
  Summing();
  ~Summing();
  void add(const void* bytes, std::size_t size);
  void add(std::string_view bytes) { add(bytes.data(), bytes.size()); }
  Checksum sum() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Checksum checksum_of(std::string_view bytes);

/// 32 digits.
std::string hexadecimal(const Checksum& sum);

}  // namespace graddiv
