#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(StabilitySmooth, OneExampleMovesTheRunAtMostGeometrically) {
  graddiv::expect_theorem_holds("stability-smooth");
}
