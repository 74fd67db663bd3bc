#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(StabilityStronglyConvex, OneExampleMovesTheRunBoundedlyForever) {
  graddiv::expect_theorem_holds("stability-strongly-convex");
}
