#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(DifferentialGlm, TheRowsAloneBoundTheDiversityOfDifferences) {
  graddiv::expect_theorem_holds("differential-glm");
}
