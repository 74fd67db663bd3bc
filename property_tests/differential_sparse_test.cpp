#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(DifferentialSparse, FewConflictsMakeDifferencesDiverse) {
  graddiv::expect_theorem_holds("differential-sparse");
}
