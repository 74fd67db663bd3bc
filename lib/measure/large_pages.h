#pragma once

#include <cstddef>
#include <cstdint>
#ifdef __linux__
#include <sys/mman.h>
#endif

namespace graddiv::measure {

/// Asks for pages of 2 MB in place of 4 KB where the system gives them to whom asks (Linux): a pass
/// over all of the memory then looks up few addresses. To be called before the memory is first
/// written to; a wish, which changes no content and may be in vain.
inline void ask_for_large_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t size) {
#ifdef __linux__
  constexpr std::uintptr_t page = 1U << 21U;
  const auto first = (reinterpret_cast<std::uintptr_t>(begin) + page - 1) / page * page;
  const auto last = (reinterpret_cast<std::uintptr_t>(begin) + size) / page * page;
  if (first < last) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
}

}  // namespace graddiv::measure
