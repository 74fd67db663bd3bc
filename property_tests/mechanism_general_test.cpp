#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(MechanismGeneral, MovesTheDiversityTowardsOne) {
  graddiv::expect_theorem_holds("mechanism-general");
}
