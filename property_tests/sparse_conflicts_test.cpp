#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(SparseConflicts, TheDegreeOfTheConflictGraphBoundsTheDiversity) {
  graddiv::expect_theorem_holds("sparse-conflicts");
}
