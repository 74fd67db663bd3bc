#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(OneStep, OneStepChangesTheExpectedDistanceAsStated) {
  graddiv::expect_theorem_holds("one-step");
}
