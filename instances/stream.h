#pragma once

#include <cstdint>
#include <string_view>

namespace graddiv {

/// The stream of random decisions of a class of instances, by its name (FNV-1a, 64 bits: unlike
/// std::hash the same everywhere). Classes keep their instances, whatever others there are.
inline std::uint64_t stream_of(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash;
}

}  // namespace graddiv
