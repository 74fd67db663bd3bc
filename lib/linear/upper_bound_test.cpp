#include "linear/upper_bound.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "number/exact.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

Rational exact(UpperBound x) { return rational_from(x.value()); }

RC_GTEST_PROP(UpperBound, IsAboveWhatItBounds, ()) {
  const Rational a = abs(test::rational()) / 3;
  const Rational b = abs(test::rational()) / 7;
  const UpperBound x = above(a);
  const UpperBound y = above(b);
  RC_ASSERT(exact(x) >= a);
  RC_ASSERT(exact(above(enclose(Rational(-a)))) >= a);
  RC_ASSERT(exact(x + y) >= a + b);
  RC_ASSERT(exact(x * y) >= a * b);
  RC_ASSERT(exact(sqrt(x)) * exact(sqrt(x)) >= a);
  RC_ASSERT(exact(max(x, y)) >= std::max(a, b));
  RC_ASSERT(exact(x + y) <= (a + b) * (1 + Rational(1, 1L << 50U)));
}

TEST(UpperBound, StaysAboveWhereDoublesEnd) {
  const UpperBound large = 1e300;
  const UpperBound small = 1e-300;
  EXPECT_FALSE((large * large).is_finite());
  EXPECT_GT((small * small).value(), 0);
  EXPECT_EQ((UpperBound() * (large * large)).value(), 0);
  EXPECT_FALSE(above(Enclosure::anything()).is_finite());
  EXPECT_EQ(above(Enclosure(0)).value(), 0);
}

}  // namespace
}  // namespace graddiv
