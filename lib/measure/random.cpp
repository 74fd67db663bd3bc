#include "measure/random.h"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace graddiv::measure {
namespace {

__extension__ using Twice = unsigned __int128;

double open_unit(std::uint64_t bits) { return (static_cast<double>(bits >> 12U) + 0.5) * 0x1p-52; }

}  // namespace

std::array<std::uint64_t, 4> CounterRandom::bits(std::uint64_t number) const {
  const r123::Philox4x64 generator;
  const r123::Philox4x64::ctr_type counter = {{number, stream_, 0, 0}};
  const r123::Philox4x64::key_type key = {{seed_, 0x6d656173757265U}};
  const auto words = generator(counter, key);
  return {words[0], words[1], words[2], words[3]};
}

std::int64_t CounterRandom::below(std::int64_t n, std::uint64_t number) const {
  const Twice product = Twice{bits(number)[0]} * static_cast<std::uint64_t>(n);
  return static_cast<std::int64_t>(product >> 64U);
}

double CounterRandom::uniform(std::uint64_t number) const { return open_unit(bits(number)[0]); }

double CounterRandom::normal(std::uint64_t number) const {
  const auto words = bits(number);  // Box and Muller
  return std::sqrt(-2 * std::log(open_unit(words[0]))) *
         std::cos(2 * std::numbers::pi * open_unit(words[1]));
}

// The first steps of Fisher and Yates.
std::vector<std::int64_t> draw_without_replacement(std::int64_t n, std::int64_t count,
                                                   const CounterRandom& random) {
  if (count < 0 || count > n) throw std::invalid_argument("not so many numbers");
  std::vector<std::int64_t> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  for (std::int64_t k = 0; k < count; ++k) {
    const auto other = k + random.below(n - k, static_cast<std::uint64_t>(k));
    std::swap(order[static_cast<std::size_t>(k)], order[static_cast<std::size_t>(other)]);
  }
  order.resize(static_cast<std::size_t>(count));
  return order;
}

}  // namespace graddiv::measure
