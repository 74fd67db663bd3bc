#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(SecondMoment, TheSecondMomentOfASumOfDrawnGradientsIsAsStated) {
  graddiv::expect_theorem_holds("second-moment");
}
