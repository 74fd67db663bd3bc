#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(MechanismOneStep, HasTheSecondMomentOfFreshOrSharedNoise) {
  graddiv::expect_theorem_holds("mechanism-one-step");
}
