#include "json/checksum.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace graddiv {

struct Summing::State {
  std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> of_xxh3{XXH3_createState(),
                                                                          XXH3_freeState};
};

Summing::Summing() : state_(std::make_unique<State>()) {
  XXH3_128bits_reset(state_->of_xxh3.get());
}
Summing::~Summing() = default;

void Summing::add(const void* bytes, std::size_t size) {
  XXH3_128bits_update(state_->of_xxh3.get(), bytes, size);
}

Checksum Summing::sum() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_->of_xxh3.get());
  return {hash.high64, hash.low64};
}

Checksum checksum_of(std::string_view bytes) {
  Summing sum;
  sum.add(bytes);
  return sum.sum();
}

std::string hexadecimal(const Checksum& sum) {
  std::string text;
  for (const std::uint64_t word : sum) {
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[word >> shift & 15U];
  }
  return text;
}

}  // namespace graddiv
