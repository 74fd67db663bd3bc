#include "sampling/run_random.h"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace graddiv {
namespace {

constexpr std::size_t stride = 32;

std::vector<std::uint32_t> indices(const RunName& name, DrawnFor purpose, int iteration,
                                   std::uint32_t n, std::size_t draws) {
  std::vector<std::uint32_t> result((draws + 7) / 8 * 8);
  RunRandom(name).indices(purpose, iteration, n, draws, result.size(), result);
  result.resize(draws);
  return result;
}

TEST(RunRandom, IsAFunctionOfSeedInstanceRunIterationAndDrawAlone) {
  const auto some = indices({1, 2, 3}, DrawnFor::step, 4, 1000, 30);
  EXPECT_EQ(some, indices({1, 2, 3}, DrawnFor::step, 4, 1000, 30));
  const auto fewer = indices({1, 2, 3}, DrawnFor::step, 4, 1000, 7);
  EXPECT_TRUE(std::equal(fewer.begin(), fewer.end(), some.begin()));
  const std::set<std::vector<std::uint32_t>> all{some,
                                                 indices({9, 2, 3}, DrawnFor::step, 4, 1000, 30),
                                                 indices({1, 9, 3}, DrawnFor::step, 4, 1000, 30),
                                                 indices({1, 2, 9}, DrawnFor::step, 4, 1000, 30),
                                                 indices({1, 2, 3}, DrawnFor::average, 4, 1000, 30),
                                                 indices({1, 2, 3}, DrawnFor::step, 9, 1000, 30)};
  EXPECT_EQ(all.size(), 6U);
}

// As Random123, the reference implementation, makes them.
TEST(RunRandom, IsPhilox) {
  const auto words =
      r123::Philox4x64()({{1, 4, 3, 2}}, {{1, static_cast<std::uint64_t>(DrawnFor::step)}});
  constexpr std::uint32_t n = 1U << 31U;
  const auto drawn = indices({1, 2, 3}, DrawnFor::step, 4, n, 16);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(drawn[8 + 2 * i], static_cast<std::uint32_t>(words[i]) >> 1U);
    EXPECT_EQ(drawn[9 + 2 * i], words[i] >> 33U);
  }
}

// Whatever the instructions, and whether the number of runs is odd.
TEST(RunRandom, DrawsForRunsSideBySideAsForEachAlone) {
  constexpr std::uint32_t n = 3U << 30U;
  constexpr std::size_t runs = 5;
  for (const auto instructions : {Instructions::best, Instructions::portable}) {
    std::vector<std::uint32_t> together(runs * stride);
    RunRandom({1, 2, 3}, instructions).indices(DrawnFor::step, 4, n, 30, stride, together);
    for (std::size_t r = 0; r < runs; ++r) {
      const auto alone = indices({1, 2, 3 + r}, DrawnFor::step, 4, n, 30);
      EXPECT_TRUE(std::equal(alone.begin(), alone.end(),
                             together.begin() + static_cast<std::ptrdiff_t>(r * stride)));
    }
  }
}

// 2^32/n = 4/3 here: a quarter of the draws has to be made again. Without that, numbers ≡ 0 (mod 3)
// would come as often as all others together.
TEST(RunRandom, FavoursNoIndex) {
  constexpr std::uint32_t n = 3U << 30U;
  constexpr std::size_t count = 60'000;
  const auto drawn = indices({5, 0, 0}, DrawnFor::step, 0, n, count);
  EXPECT_LT(*std::ranges::max_element(drawn), n);
  for (std::uint32_t rest = 0; rest < 3; ++rest) {
    const auto found = std::ranges::count_if(drawn, [&](std::uint32_t i) { return i % 3 == rest; });
    EXPECT_NEAR(static_cast<double>(found), count / 3.0, 6 * 120);  // six standard deviations
  }
  const auto low = std::ranges::count_if(drawn, [](std::uint32_t i) { return i < n / 2; });
  EXPECT_NEAR(static_cast<double>(low), count / 2.0, 6 * 125);
  const auto one = indices({5, 0, 0}, DrawnFor::step, 0, 1, 20);
  EXPECT_EQ(std::ranges::count(one, 0U), 20);
}

TEST(RunRandom, DrawsUniformNumbersBelowOne) {
  const RunRandom random({7, 0, 0});
  double sum = 0;
  std::set<double> different;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const double x = random.uniform(0, DrawnFor::mechanism, 3, i);
    ASSERT_GE(x, 0);
    ASSERT_LT(x, 1);
    sum += x;
    different.insert(x);
  }
  EXPECT_NEAR(sum / 10'000, 0.5, 6 * 0.0029);
  EXPECT_EQ(different.size(), 10'000U);
}

}  // namespace
}  // namespace graddiv
