#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace graddiv::workbench {

/// FNV-1a of 64 bits: equal on all machines, unlike std::hash.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) step(static_cast<unsigned char>(c));
    step(0);  // "ab", "c" and "a", "bc" differ
  }
  std::string text() const { return fmt::format("{:016x}", hash_); }

 private:
  void step(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace graddiv::workbench
