#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(SerialConvex, TheAveragedIterateReachesTheStatedErrorOnceTheHorizonIsMet) {
  graddiv::expect_theorem_holds("serial-convex");
}
