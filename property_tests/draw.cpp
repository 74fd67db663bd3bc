#include "property_tests/draw.h"

#include <Random123/philox.h>

#include <string_view>

#include "property_tests/generators.h"

namespace graddiv {
namespace {

// FNV-1a, 64 bits: unlike std::hash the same everywhere.
std::uint64_t fixed_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash;
}

}  // namespace

Instance draw(const std::string& instance_class, std::uint64_t seed, std::int64_t number) {
  // Philox is a bijection of counters for every key: no two draws of a seed share their 256 bits.
  using Philox = r123::Philox4x64;
  const Philox::key_type key = {{seed, 0}};
  const Philox::ctr_type counter = {
      {static_cast<std::uint64_t>(number), fixed_hash(instance_class), 0, 0}};
  const Philox::ctr_type bits = Philox()(counter, key);

  // The sizes 0, …, 100 in turn: every stretch of a campaign has small instances and large ones.
  const int size = static_cast<int>(static_cast<std::uint64_t>(number) % 101);
  const rc::Random random(rc::Random::Key{bits[0], bits[1], bits[2], bits[3]});
  return find_instance_class(instance_class).generator(random, size).value();
}

}  // namespace graddiv
