#include "claim/at_precision.h"

#include <gtest/gtest.h>

namespace graddiv {
namespace {

/// How often a value was computed, in both senses of exactness.
int computations(bool is_exact) {
  AtPrecision<int> value;
  int count = 0;
  const auto ask = [&] {
    return value.get([&] { return ++count; }, [&](int) { return is_exact; });
  };
  for (const unsigned bits : {128U, 256U, 128U}) {
    const PrecisionScope scope(bits);
    ask();
  }
  const PrecisionScope scope(Precision{128, 2048});  // where long rationals are not kept
  ask();
  return count;
}

TEST(AtPrecision, ComputesWhatIsExactOnceAndIntervalsOnceForEachPrecision) {
  EXPECT_EQ(computations(true), 2);
  EXPECT_EQ(computations(false), 3);
}

TEST(AtPrecision, RemembersThatAValueIsNotToBeHad) {
  AtPrecision<int> value;
  int tries = 0;
  const auto ask = [&] {
    value.get(
        [&]() -> int {
          ++tries;
          throw NotCertified("no such law");
        },
        [](int) { return true; });
  };
  EXPECT_THROW(ask(), NotCertified);
  EXPECT_THROW(ask(), NotCertified);
  EXPECT_EQ(tries, 1);
}

}  // namespace
}  // namespace graddiv
