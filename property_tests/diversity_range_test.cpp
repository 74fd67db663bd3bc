#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(DiversityRange, TheBatchSizeBoundIsAtLeastOneAndOneOnlyForEqualGradients) {
  graddiv::expect_theorem_holds("diversity-range");
}
