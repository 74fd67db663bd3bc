#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(SerialPl, SerialSgdReachesTheStatedErrorOnceTheHorizonIsMet) {
  graddiv::expect_theorem_holds("serial-pl");
}
