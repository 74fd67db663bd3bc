#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "theorems/catalogue.h"

/// For suites with one test a theorem.
namespace graddiv::test {

inline std::vector<std::string> theorem_ids() {
  std::vector<std::string> ids;
  for (const Theorem& t : theorems()) ids.push_back(t.id);
  return ids;
}

/// "rate-pl" → "rate_pl", as GoogleTest wants it.
inline std::string name_of(const testing::TestParamInfo<std::string>& id) {
  std::string name = id.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

}  // namespace graddiv::test
