#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "number/exact.h"

/// What one check spends, so that it takes milliseconds. Nothing here decides a verdict: beyond
/// these limits a check says what it could not list.
namespace graddiv::effort {

/// How much of a run's law is listed point by point. Beyond the first points nothing new is
/// learned, and expectations cover the whole law anyway.
struct Listing {
  double transitions;
  std::size_t points;
};
constexpr Listing reachable{2'000, 60};
constexpr Listing pairs{200'000, 8};
constexpr Listing with_mechanism{300, 3};  // every pair of a mechanism's values is added up
constexpr double transitions_of_a_sample = 5'000;

constexpr double multisets_of_draws = 50'000;
constexpr double work_of_draws = 500'000;  // where their probabilities are long

/// Rationals along a law grow with every step; longer ones go on as intervals.
constexpr std::size_t exact_bits = 4096;

/// Exact values along a run need bits by the square of its iterations. Beyond 128 MB of them the
/// run is followed in intervals, which takes time linear in it; what these leave undecided is asked
/// again at twice the precision, with four times the room for exact numbers, up to 256 MB or what
/// whoever checks allows.
constexpr double largest_exact_bits_of_values = 0x1p31;
inline double exact_bits_of_values(unsigned precision, double largest) {
  const double doublings = std::max(0.0, std::log2(precision / 128.0));
  return std::min(largest, largest / 2 * std::exp2(2 * doublings));
}

/// They also take time by the cube of its iterations: up to a second to begin with, and eight times
/// as long at twice the precision.
inline double exact_work_of_values(unsigned precision) {
  const double doublings = std::max(0.0, std::log2(precision / 128.0));
  return std::exp2(41 + 3 * doublings);
}

/// A statement about every w is checked at points with short coordinates: a visited point itself,
/// or an exact one beside it.
inline bool is_short(const Enclosure& x) {
  constexpr std::size_t most_bits = 256;
  return x.is_exact() && bit_size(exact_value(x)) <= most_bits;
}

}  // namespace graddiv::effort
