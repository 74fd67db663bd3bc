#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(GlmSharp, TheUnitRowsBoundTheDiversityOfGeneralizedLinearFunctions) {
  graddiv::expect_theorem_holds("glm-sharp");
}
