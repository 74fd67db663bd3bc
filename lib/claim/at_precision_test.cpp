#include "claim/at_precision.h"

#include <gtest/gtest.h>

#include "number/enclosure.h"

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

TEST(AtPrecision, WhoeverGetsAValueRestsOnWhatItsComputationAsked) {
  const Enclosure drawn = Enclosure(1).known_from({"rows", Rational(1, 1000)});
  const auto asking_twice = [&](bool is_exact, const Precision& second) {
    AtPrecision<int> value;
    const auto ask = [&] {
      const EvidenceScope scope;
      value.get([&] { return (drawn > 0) == Truth::yes ? 1 : 0; }, [&](int) { return is_exact; });
      return scope.collected();
    };
    EXPECT_EQ(ask().samples.size(), 1U);
    const PrecisionScope scope(second);
    return ask();
  };
  EXPECT_EQ(asking_twice(false, current_precision()).samples.size(), 1U);
  EXPECT_EQ(asking_twice(true, {256}).samples.size(), 1U);
}

}  // namespace
}  // namespace graddiv
