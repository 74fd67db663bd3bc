#include <gtest/gtest.h>

#include <algorithm>

#include "property_tests/support/theorem_property.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

std::vector<std::string> theorem_ids() {
  std::vector<std::string> ids;
  for (const Theorem& t : theorems()) ids.push_back(t.id);
  return ids;
}

std::string test_name(const testing::TestParamInfo<std::string>& id) {
  std::string name = id.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

// One suite a theorem of the registry, on every class of instances that it names.
class RandomInstances : public testing::TestWithParam<std::string> {};

TEST_P(RandomInstances, DoNotRefute) { expect_theorem_holds(GetParam()); }

INSTANTIATE_TEST_SUITE_P(, RandomInstances, testing::ValuesIn(theorem_ids()), test_name);

}  // namespace
}  // namespace graddiv
