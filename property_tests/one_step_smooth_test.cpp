#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(OneStepSmooth, OneStepDecreasesTheExpectedObjectiveAsStated) {
  graddiv::expect_theorem_holds("one-step-smooth");
}
