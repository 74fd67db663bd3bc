#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(MechanismDropout, MixesTheInverseDiversityWithOne) {
  graddiv::expect_theorem_holds("mechanism-dropout");
}
