#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(RateStronglyConvex, MiniBatchSgdReachesTheStatedErrorOnceTheHorizonIsMet) {
  graddiv::expect_theorem_holds("rate-strongly-convex");
}
