#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(NonexpansiveConvex, StepsBelowTheThresholdDoNotPartPointsInTheMeanSquare) {
  graddiv::expect_theorem_holds("nonexpansive-convex");
}
