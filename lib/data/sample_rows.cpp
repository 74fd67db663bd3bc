#include <Random123/philox.h>

#include <set>
#include <stdexcept>

#include "data/exact_source.h"

namespace graddiv {
namespace {

/// Uniform on 0, …, largest. Philox (Salmon et al. 2011) is a bijection of counters for every key:
/// no two numbers come from the same counter. Words in the last, incomplete stretch of so many
/// values are drawn again.
std::uint64_t uniform_up_to(std::uint64_t largest, std::uint64_t seed, std::uint64_t number) {
  const std::uint64_t size = largest + 1;
  const std::uint64_t excess = (~std::uint64_t{0} % size + 1) % size;  // 2^64 mod size
  for (std::uint64_t attempt = 0;; ++attempt) {
    const std::uint64_t word = r123::Philox2x64()({{number, attempt}}, {{seed}})[0];
    if (word <= ~std::uint64_t{0} - excess) return word % size;
  }
}

}  // namespace

// Floyd's algorithm (Bentley and Floyd 1987): after the step for j, the set is a uniform one of its
// size among 0, …, j.
std::vector<std::int64_t> sample_rows(std::int64_t rows, std::int64_t count, std::uint64_t seed) {
  if (count < 0 || count > rows) throw std::invalid_argument("not so many rows");
  std::set<std::int64_t> chosen;
  for (std::int64_t j = rows - count; j < rows; ++j) {
    const auto t = static_cast<std::int64_t>(
        uniform_up_to(static_cast<std::uint64_t>(j), seed, static_cast<std::uint64_t>(j)));
    if (!chosen.insert(t).second) chosen.insert(j);
  }
  return {chosen.begin(), chosen.end()};
}

}  // namespace graddiv
