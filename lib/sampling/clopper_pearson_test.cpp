#include "sampling/clopper_pearson.h"

#include <gtest/gtest.h>

#include <cmath>

#include "number/exact.h"

namespace graddiv {
namespace {

double lower(int trials, int successes, const Rational& level) {
  return static_cast<double>(clopper_pearson_lower(trials, successes, level));
}

// All trials succeed with probability pⁿ, some with 1 − (1−p)ⁿ: the ends are level^{1/n} and 1 − (1
// − level)^{1/n}.
TEST(ClopperPearson, HasItsClosedFormsAtTheEnds) {
  for (const Rational& level : {Rational(1, 40), Rational(1, 4'000'000), Rational(1, 64'000'000)}) {
    const double a = static_cast<double>(level);
    for (const int n : {1, 2, 64, 1024}) {
      const double all = std::pow(a, 1.0 / n), one = -std::expm1(std::log1p(-a) / n);
      EXPECT_LE(lower(n, n, level), all);
      EXPECT_NEAR(lower(n, n, level), all, 1e-8 * all);
      EXPECT_LE(lower(n, 1, level), one);
      EXPECT_NEAR(lower(n, 1, level), one, 1e-8 * one);
      EXPECT_EQ(clopper_pearson_lower(n, 0, level), 0);
    }
  }
}

// Clopper & Pearson (1934) and every table since: 3 of 10 at 95 % is [0.0667, 0.6525]; 5 of 20 is
// [0.0866, 0.4910].
TEST(ClopperPearson, HasItsTabulatedValues) {
  const Rational level(1, 40);
  EXPECT_NEAR(lower(10, 3, level), 0.0667395, 1e-7);
  EXPECT_NEAR(1 - lower(10, 7, level), 0.6524529, 1e-7);
  EXPECT_NEAR(lower(20, 5, level), 0.0865715, 1e-7);
  EXPECT_NEAR(1 - lower(20, 15, level), 0.4910459, 1e-7);
}

TEST(ClopperPearson, LetsUndecidedTrialsBeEither) {
  const Rational level(1, 40);
  const Sample sample{"20 trials", 2 * level};
  const Enclosure interval = clopper_pearson(20, 5, 3, level, sample);
  EXPECT_TRUE(interval.same_as(Enclosure::hull(clopper_pearson(20, 5, 0, level, sample).lower(),
                                               clopper_pearson(20, 8, 0, level, sample).upper())));
  EXPECT_NEAR(lower_end(interval).convert_to<double>(), 0.0865715, 1e-7);
  EXPECT_NEAR(upper_end(interval).convert_to<double>(), 0.6394574, 1e-7);
  EXPECT_TRUE(clopper_pearson(20, 0, 20, level, sample).contains(Enclosure::hull(0, 1)));
}

TEST(ClopperPearson, IsKnownFromItsSample) {
  const Rational level(1, 40);
  const Sample sample{"20 trials", Rational(1, 10)};
  const Enclosure interval = clopper_pearson(20, 5, 0, level, sample);
  EXPECT_EQ(interval.evidence(), (Evidence{Evidence::statistical, false, {sample}}));
  EXPECT_THROW(clopper_pearson(20, 5, 0, level, {"20 trials", Rational(1, 21)}),
               std::invalid_argument);
}

TEST(BinomialUpperTail, HoldsTheExactSum) {
  const Rational p(2, 7);
  Rational sum = 0, term = 1;  // term: C(9, i) pⁱ q⁹⁻ⁱ
  for (int i = 0; i < 9; ++i) term *= 1 - p;
  std::vector<Rational> terms;
  for (int i = 0; i <= 9; ++i) {
    terms.push_back(term);
    term = Rational(term * (9 - i) * p / ((i + 1) * (1 - p)));
  }
  for (int k = 9; k >= 0; --k) {
    sum += terms[static_cast<std::size_t>(k)];
    const Enclosure tail = binomial_upper_tail(9, k, p);
    EXPECT_TRUE(tail.contains(enclose(sum))) << k;
    EXPECT_LT(tail.width(), 1e-30) << k;
  }
  EXPECT_EQ(sum, 1);
}

// Whatever p is, the lower end exceeds it with probability at most the level: the sum over all
// numbers of successes that make it do so, exactly. At the ends themselves, just below which the
// coverage is least, it nearly is the level.
TEST(ClopperPearson, MissesWithAtMostItsLevel) {
  const Rational level(1, 40);
  for (const int n : {1, 5, 12, 30}) {
    std::vector<Rational> ends;
    for (int k = 0; k <= n; ++k) ends.push_back(clopper_pearson_lower(n, k, level));
    std::vector<Rational> probabilities;
    for (int i = 1; i < 50; ++i) probabilities.push_back(Rational(i, 50));
    for (int k = 1; k <= n; ++k) {
      const Rational& end = ends[static_cast<std::size_t>(k)];
      probabilities.push_back(end * Rational(1'000'000'000 - 1, 1'000'000'000));
    }
    double worst = 0;
    for (const Rational& p : probabilities) {
      int first = 0;  // the least number of successes whose end exceeds p
      while (first <= n && ends[static_cast<std::size_t>(first)] <= p) ++first;
      if (first > n) continue;
      const Enclosure missed = binomial_upper_tail(n, first, p);
      EXPECT_EQ((missed <= enclose(level)).truth(), Truth::yes) << n << " " << p;
      worst = std::max(worst, missed.approximate());
    }
    EXPECT_GT(worst, 0.0249) << n;
  }
}

}  // namespace
}  // namespace graddiv
