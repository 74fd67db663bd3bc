#include <gtest/gtest.h>

#include "property_tests/support/theorem_property.h"

TEST(MechanismQuantization, HasTheVarianceOfStochasticRounding) {
  graddiv::expect_theorem_holds("mechanism-quantization");
}
