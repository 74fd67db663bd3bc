#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(StabilityConvex, OneExampleMovesTheRunInProportionToItsLength) {
  graddiv::expect_theorem_holds("stability-convex");
}
