#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(Replication, CopiesOfEveryFunctionLeaveTheBatchSizeBoundAsItIs) {
  graddiv::expect_theorem_holds("replication");
}
