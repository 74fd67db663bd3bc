#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(SerialSmooth, TheSmallestExpectedGradientIsAsSmallAsStatedOnceTheHorizonIsMet) {
  graddiv::expect_theorem_holds("serial-smooth");
}
