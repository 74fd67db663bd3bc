#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(RateConvex, TheAveragedIterateReachesTheStatedErrorOnceTheHorizonIsMet) {
  graddiv::expect_theorem_holds("rate-convex");
}
