#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(RateSmooth, TheSmallestExpectedGradientIsAsSmallAsStatedOnceTheHorizonIsMet) {
  graddiv::expect_theorem_holds("rate-smooth");
}
