#include "sampling/failure_probability.h"

#include <gtest/gtest.h>

#include "number/evidence.h"
#include "number/exact.h"
#include "problem/random_rows.h"
#include "testing/rows.h"

namespace graddiv {
namespace {

using enum RowLaw::Kind;

FailureProbability probability(const RowLaw& law, const std::string& bound,
                               const std::string& stated = "1/2") {
  return failure_probability(law, Enclosure::parse(bound), Enclosure::parse(stated));
}

std::string exactly(const RowLaw& law, const std::string& bound) {
  const FailureProbability p = probability(law, bound);
  EXPECT_FALSE(p.sample.has_value());
  return p.value.is_exact() ? p.value.to_string() : "not exact";
}

TEST(FailureProbability, IsZeroForBoundsThatAlwaysHoldAndOneForThoseThatNeverDo) {
  for (const auto kind : {gaussian, rademacher}) {
    EXPECT_EQ(exactly({kind, 40, 30, 1}, "1"), "0");
    EXPECT_EQ(exactly({kind, 40, 30, 1}, "1/3"), "0");
    EXPECT_EQ(exactly({kind, 40, 30, 1}, "301/10"), "1");
    EXPECT_EQ(exactly({kind, 1, 53, 1}, "53/52"), "1");
  }
  // At min(n, d) itself it is not: signs can be orthogonal.
  EXPECT_EQ(exactly({rademacher, 2, 2, 1}, "2"), "1/2");
}

TEST(FailureProbability, OfFewSignsIsCounted) {
  EXPECT_EQ(exactly({rademacher, 3, 3, 1}, "3/2"), "5/8");
  EXPECT_EQ(exactly({rademacher, 3, 3, 999}, "3/2"), "5/8") << "whatever the seed";
  EXPECT_EQ(exactly({rademacher, 4, 4, 1}, "4/3"), "17/512");
}

// Both √2 and 7/5 lie between two numbers that B_S < b counts between, 3/2 does not.
TEST(FailureProbability, OfABoundThatIsEnclosed) {
  const RowLaw few{rademacher, 3, 3, 1};
  const auto of = [&](const Enclosure& b) {
    return failure_probability(few, b, Enclosure::parse("1/2")).value;
  };
  const Enclosure root = sqrt(Enclosure(2));
  ASSERT_FALSE(root.is_exact());
  EXPECT_EQ((of(root) == of(Enclosure::parse("7/5"))).truth(), Truth::yes);
  const Enclosure wide = of(Enclosure::hull(1, Enclosure::parse("3/2")));
  EXPECT_EQ(wide.lower().to_string(), "0");
  EXPECT_EQ(wide.upper().to_string(), "5/8");
  // Draws that all hold at the upper end.
  const auto drawn =
      failure_probability({gaussian, 40, 4, 1}, root - 1 / Enclosure(4), Enclosure::parse("1/100"));
  ASSERT_TRUE(drawn.sample);
  EXPECT_TRUE(drawn.sample->all_hold());
  EXPECT_EQ((drawn.value >= 0).truth(), Truth::yes);
}

// Over all 2^{nd} matrices, by the exact infimum of `glm-sharp`, with no sign flipped.
TEST(FailureProbability, OfFewSignsIsThatOfAllMatrices) {
  for (const auto& [n, d] : {std::pair{2, 2}, {2, 3}, {3, 2}, {3, 3}, {2, 5}}) {
    for (const Rational& bound : {Rational(11, 10), Rational(3, 2), Rational(19, 10)}) {
      long failures = 0;
      const long matrices = 1L << (n * d);
      for (long signs = 0; signs < matrices; ++signs) {
        Matrix<Rational> X(n, d);
        for (int k = 0; k < n * d; ++k) X(k / d, k % d) = ((signs >> k) & 1) != 0 ? -1 : 1;
        if ((testing::sharp_diversity_of_rows(X) < enclose(bound)) == Truth::yes) ++failures;
      }
      EXPECT_EQ(exactly({rademacher, n, d, 1}, to_string(bound)),
                to_string(Rational(failures, matrices)))
          << n << " × " << d << ", " << bound;
    }
  }
}

// The interval of a sample holds the exact probability, which sampling does not know.
TEST(FailureProbability, FromASampleHoldsTheOneOfTheLaw) {
  // n = d = 2, Gaussian: with φ the angle between the rows, n/σ_max(Y)² = 2/(1 + |cos φ|) < b iff
  // |cos φ| > 2/b − 1, and φ is even on the circle. b = 4/3: |cos φ| > ½ has probability 2/3.
  const FailureProbability p = probability({gaussian, 2, 2, 1}, "4/3");
  ASSERT_TRUE(p.sample.has_value());
  EXPECT_TRUE(p.value.contains(Enclosure(2) / 3)) << p.value.to_string();
  EXPECT_LT(p.value.width(), 0.6);
  EXPECT_EQ(p.sample->error_level.to_string(), "1/1000000");
}

TEST(FailureProbability, IsAsCertainAsItIsKnown) {
  const FailureProbability p = probability({gaussian, 2, 2, 1}, "4/3");
  const Evidence evidence = p.value.evidence();
  EXPECT_EQ(evidence.kind, Evidence::statistical);
  EXPECT_EQ(evidence.error_level(), Rational(1, 1'000'000));
  // Two probabilities of one law are two statements; one asked for twice is one.
  const auto together = [&](const FailureProbability& q) {
    return (p.value + q.value).evidence().error_level();
  };
  EXPECT_EQ(together(probability({gaussian, 2, 2, 1}, "4/3", "1/10")), Rational(1, 1'000'000));
  EXPECT_EQ(together(probability({gaussian, 2, 2, 1}, "5/4")), Rational(2, 1'000'000));
  EXPECT_EQ(together(probability({gaussian, 2, 2, 2}, "4/3")), Rational(2, 1'000'000));
  EXPECT_EQ(probability({rademacher, 3, 3, 1}, "3/2").value.evidence().kind, Evidence::exact);
}

TEST(FailureProbability, AsksForMoreDrawsWhileItIsOpenAndSomeFail) {
  const RowLaw law{gaussian, 2, 2, 1};  // 2/3, as above
  EXPECT_EQ(probability(law, "4/3", "1/10").sample->draws, 64) << "above, at once";
  EXPECT_EQ(probability(law, "4/3", "99/100").sample->draws, 64) << "below, at once";
  EXPECT_GT(probability(law, "4/3", "4/5").sample->draws, 64);
  const FailureProbability open = probability(law, "4/3", "2/3");
  EXPECT_EQ(open.sample->draws, 1024);
  EXPECT_EQ((open.value <= Enclosure(2) / 3).truth(), Truth::unknown);
  EXPECT_LT(open.value.width(), 0.2);
  EXPECT_EQ(probability({rademacher, 60, 60, 1}, "15/13", "1e-50").sample->draws, 64)
      << "none fails";
}

TEST(FailureProbability, SaysWhatItsSampleWouldHaveFound) {
  const RowLaw law{rademacher, 60, 60, 1};
  const auto detectable = [&](const char* stated) {
    return probability(law, "15/13", stated).sample->detectable;
  };
  // One failure is enough: 1 − (1−q)^64 ≥ 0.99 (and 10^−6) from q = 0.0695 on.
  EXPECT_NEAR(detectable("1e-50")->approximate(), 0.0695, 2e-4);
  // To exceed ½, with 1024 draws at 10^−6/64 a side: 602 failures, so q = 0.62 or so.
  EXPECT_NEAR(detectable("1/2")->approximate(), 0.622, 5e-3);
  EXPECT_EQ((*detectable("1/2") > Enclosure::parse("1/2")).truth(), Truth::yes);
  // 1024 failures of 1024 say no more than p ≥ 0.9826.
  EXPECT_FALSE(detectable("0.983").has_value());
}

}  // namespace
}  // namespace graddiv
