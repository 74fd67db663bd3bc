#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(RatePl, MiniBatchSgdReachesTheStatedErrorOnceTheHorizonIsMet) {
  graddiv::expect_theorem_holds("rate-pl");
}
