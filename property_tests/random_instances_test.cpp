#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"
#include "theorems/testing/each_theorem.h"

namespace graddiv {
namespace {

// One suite a theorem of the registry, on every class of instances that it names.
class RandomInstances : public testing::TestWithParam<std::string> {};

TEST_P(RandomInstances, DoNotRefute) { expect_theorem_holds(GetParam()); }

INSTANTIATE_TEST_SUITE_P(, RandomInstances, testing::ValuesIn(test::theorem_ids()), test::name_of);

}  // namespace
}  // namespace graddiv
