#include "sampling/mean_bounds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "number/exact.h"

namespace graddiv {
namespace {

Rational binomial(int n, int k) {
  Rational result = 1;
  for (int i = 0; i < k; ++i) result = result * (n - i) / (i + 1);
  return result;
}

Rational power(const Rational& x, int exponent) {
  Rational result = 1;
  for (int i = 0; i < exponent; ++i) result *= x;
  return result;
}

/// P(Bin(n, p) = k).
Rational probability(int n, int k, const Rational& p) {
  return binomial(n, k) * power(p, k) * power(1 - p, n - k);
}

void add(MeanBounds& bounds, int ones, int zeros) {
  for (int i = 0; i < ones; ++i) bounds.add(MeanBounds::unit);
  for (int i = 0; i < zeros; ++i) bounds.add(0);
}

/// The probabilities that the lower (upper) bound was above (below) the mean at t = 16, 32 or 64,
/// for numbers that are 1 with probability p and else 0: exactly, over all ways to get there.
/// Within a block the order does not matter, so what matters is how many there are in each.
struct Misses {
  Rational lower, upper;
};
Misses misses(const Rational& p, const Rational& alpha) {
  Misses total;
  const auto miss = [&](const MeanBounds& bounds, bool& lower, bool& upper) {
    const auto [from, to] = bounds.bounds();
    lower = lower || from > p;
    upper = upper || to < p;
  };
  for (int a = 0; a <= 16; ++a) {
    MeanBounds first({alpha, 64});
    add(first, a, 16 - a);
    bool lower1 = false;
    bool upper1 = false;
    miss(first, lower1, upper1);
    for (int b = 0; b <= 16; ++b) {
      MeanBounds second = first;
      add(second, b, 16 - b);
      bool lower2 = lower1;
      bool upper2 = upper1;
      miss(second, lower2, upper2);
      for (int c = 0; c <= 32; ++c) {
        MeanBounds third = second;
        add(third, c, 32 - c);
        bool lower = lower2;
        bool upper = upper2;
        miss(third, lower, upper);
        const Rational here = probability(16, a, p) * probability(16, b, p) * probability(32, c, p);
        if (lower) total.lower += here;
        if (upper) total.upper += here;
      }
    }
  }
  return total;
}

TEST(MeanBounds, MissTheMeanAtMostAsOftenAsTheirLevelAllowsHoweverOftenOneLooks) {
  for (const Rational& p : {Rational(1, 10), Rational(1, 2), Rational(9, 10)}) {
    const Rational alpha(1, 5);
    const auto [lower, upper] = misses(p, alpha);
    EXPECT_LE(lower, alpha) << p;
    EXPECT_LE(upper, alpha) << p;
    EXPECT_GT(Rational(lower + upper), Rational(1, 100)) << "a bound that never misses is loose";
  }
}

// One block, λ cut at 3/4, μ = 1/2: the mean 1/8, spread (16 ψ/4 + log(1/α))/(16 λ).
TEST(MeanBounds, AreThoseOfTheFormula) {
  const Rational alpha(9, 10);
  MeanBounds bounds({alpha, 1});
  add(bounds, 2, 13);
  const Enclosure lambda = Enclosure(3) / 4;
  const Enclosure cost = -log(1 - lambda) - lambda;
  const Enclosure spread = (15 * cost / 4 + log(Enclosure(10) / 9)) / (15 * lambda);
  const auto [lower, upper] = bounds.bounds();
  EXPECT_EQ(lower, 0);
  const double mean = 2.0 / 15;
  EXPECT_NEAR(static_cast<double>(upper), mean + spread.approximate(), 1e-8);
  EXPECT_EQ((enclose(upper) >= Enclosure(2) / 15 + spread).truth(), Truth::yes);
}

TEST(MeanBounds, NarrowAsTheRootOfTheNumberOfRunsAndWithTheVariance) {
  const auto width = [](std::int64_t runs, std::int64_t off) {
    MeanBounds bounds({Rational(1, 1'000'000), runs});
    for (std::int64_t i = 0; i < runs; ++i)
      bounds.add(MeanBounds::unit / 4 + (i % 2 == 0 ? off : -off));
    const auto [lower, upper] = bounds.bounds();
    EXPECT_LE(lower, Rational(1, 4));
    EXPECT_GE(upper, Rational(1, 4));
    return static_cast<double>(Rational(upper - lower));
  };
  const double at_100000 = width(100'000, MeanBounds::unit / 5);
  EXPECT_NEAR(width(10'000, MeanBounds::unit / 5) / at_100000, std::sqrt(10.0), 0.3);
  // 2 √(2 log(1/α)/t) σ, and no more than a tenth above.
  const double ideal = 2 * std::sqrt(2 * std::log(1e6) / 1e5) / 5;
  EXPECT_NEAR(at_100000 / ideal, 1, 0.1);
  EXPECT_LT(width(100'000, MeanBounds::unit / 1000), at_100000 / 15);
}

TEST(MeanBounds, DependOnTheNumbersOfABlockButNotOnTheirOrder) {
  MeanBounds up({Rational(1, 100), 100});
  MeanBounds down({Rational(1, 100), 100});
  std::vector<std::int64_t> numbers;
  for (int i = 0; i < 16; ++i) numbers.push_back(MeanBounds::unit / 17 * i);
  for (const auto x : numbers) up.add(x);
  for (auto x = numbers.rbegin(); x != numbers.rend(); ++x) down.add(*x);
  EXPECT_EQ(up.bounds().lower, down.bounds().lower);
  EXPECT_EQ(up.bounds().upper, down.bounds().upper);
}

TEST(MeanBounds, HoldBeforeTheFirstNumberAndForMeansAtTheEnds) {
  MeanBounds none({Rational(1, 100), 100});
  EXPECT_EQ(none.bounds().lower, 0);
  EXPECT_EQ(none.bounds().upper, 1);
  for (const std::int64_t x : {std::int64_t{0}, MeanBounds::unit}) {
    MeanBounds bounds({Rational(1, 100), 1000});
    for (int i = 0; i < 1000; ++i) bounds.add(x);
    const Rational at(x, MeanBounds::unit);
    EXPECT_LE(bounds.bounds().lower, at);
    EXPECT_GE(bounds.bounds().upper, at);
    EXPECT_LT(Rational(bounds.bounds().upper - bounds.bounds().lower), Rational(1, 50));
  }
}

TEST(MeanBounds, RefuseLevelsThatAreNone) {
  EXPECT_THROW(MeanBounds({0, 10}), std::invalid_argument);
  EXPECT_THROW(MeanBounds({1, 10}), std::invalid_argument);
  EXPECT_THROW(MeanBounds({Rational(1, 2), 0}), std::invalid_argument);
}

}  // namespace
}  // namespace graddiv
