#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(ContractiveStronglyConvex, StepsBelowTheThresholdDrawPointsTogether) {
  graddiv::expect_theorem_holds("contractive-strongly-convex");
}
