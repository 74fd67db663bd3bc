#pragma once

#include <cstddef>

#include "linear/matrix.h"

// When two points count as one: where their numbers are represented alike, exact or as intervals.
namespace graddiv::enumeration {

inline bool same(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  for (Eigen::Index j = 0; j < a.size(); ++j) {
    if (!a[j].same_as(b[j])) return false;
  }
  return true;
}

inline std::size_t hash_of(const Vector<Enclosure>& v, std::size_t h = 0) {
  for (Eigen::Index j = 0; j < v.size(); ++j) h = h * 0x9E3779B97F4A7C15ULL + v[j].hash();
  return h;
}

}  // namespace graddiv::enumeration
