#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(MechanismLangevin, AddsTheVarianceOfTheNoiseAboveAndBelow) {
  graddiv::expect_theorem_holds("mechanism-langevin");
}
