#include "experiments/speedup_model.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace graddiv::experiments::speedup {
namespace {

const Cost truth{{2e-6, 3e-5}, {1e-5, 4e-4}, 5e-6, 1e-9};

std::vector<TimedPass> passes(const std::vector<int>& workers) {
  std::vector<TimedPass> result;
  for (const std::size_t model : {0U, 1U}) {
    for (const std::int64_t batch : {16, 128, 1024}) {
      for (const int P : workers) {
        TimedPass pass{model, model == 0 ? 784.0 : 25450.0, 60000, batch, P, 0};
        pass.seconds = truth.seconds(pass);
        result.push_back(pass);
      }
    }
  }
  return result;
}

TEST(Cost, IsTheSumOfItsParts) {
  // 60000/1024 → 59 iterations; leaves of 16: 64 of them, 22 for the busiest of three; 2 levels.
  const TimedPass pass{0, 784, 60000, 1024, 3, 0};
  EXPECT_DOUBLE_EQ(truth.seconds(pass),
                   59 * (2e-6 * 22 * 16 + 1e-5 + 2 * 2 * (5e-6 + 8 * 784 * 1e-9)));
  const TimedPass alone{1, 25450, 60000, 1024, 1, 0};
  EXPECT_DOUBLE_EQ(truth.seconds(alone), 59 * (3e-5 * 1024 + 4e-4)) << "nobody to speak to";
}

TEST(Fit, FindsTheNumbersThatMadeTheTimes) {
  const Cost found = fit(passes({1, 2}));
  for (const std::size_t k : {0U, 1U}) {
    EXPECT_NEAR(found.seconds_per_gradient[k] / truth.seconds_per_gradient[k], 1, 1e-6);
    EXPECT_NEAR(found.overhead[k] / truth.overhead[k], 1, 1e-6);
  }
  EXPECT_NEAR(found.latency / truth.latency, 1, 1e-6);
  EXPECT_NEAR(found.seconds_per_byte / truth.seconds_per_byte, 1, 1e-6);
}

TEST(Fit, LeavesAtZeroWhatNothingTells) {
  const Cost found = fit(passes({1}));
  EXPECT_EQ(found.latency, 0);
  EXPECT_EQ(found.seconds_per_byte, 0);
  EXPECT_NEAR(found.seconds_per_gradient[1] / truth.seconds_per_gradient[1], 1, 1e-6);
}

TEST(Fit, HasNoNegativeNumber) {
  auto times = passes({1, 2});
  for (TimedPass& pass : times) {
    if (pass.workers == 2) pass.seconds /= 4;  // faster than two can be
  }
  const Cost found = fit(times);
  EXPECT_EQ(found.latency, 0);
  EXPECT_EQ(found.seconds_per_byte, 0);
  EXPECT_GE(found.overhead[0], 0);
  EXPECT_THROW(fit({}), std::invalid_argument);
}

}  // namespace
}  // namespace graddiv::experiments::speedup
