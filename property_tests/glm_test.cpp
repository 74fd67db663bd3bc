#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(Glm, TheRowsAloneBoundTheDiversityOfGeneralizedLinearFunctions) {
  graddiv::expect_theorem_holds("glm");
}
