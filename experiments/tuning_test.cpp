#include "experiments/tuning.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace graddiv::experiments {
namespace {

// K steps of gradient descent on ½βw² from w = 1: w_K = (1 − γβ)^K, least for γ = 1/β.
double quadratic(double step, double beta) {
  double w = 1;
  for (int k = 0; k < 5; ++k) w -= step * beta * w;
  return beta / 2 * w * w;
}

TEST(Tuning, FindsTheStepOfAQuadratic) {
  for (const int k : {-9, -3, 0, 5}) {
    for (const int first : {-12, -3, 7}) {
      const double beta = std::ldexp(1.0, -k);
      const auto tuned = tune_step({.first = first, .least = -20, .most = 10, .at_least = 1},
                                   [&](double step) { return quadratic(step, beta); });
      EXPECT_EQ(tuned.exponent, k) << "from " << first;
      EXPECT_EQ(tuned.step, std::ldexp(1.0, k));
      EXPECT_EQ(tuned.objective, 0);
      EXPECT_FALSE(tuned.is_at_edge);
    }
  }
}

TEST(Tuning, SaysWhereTheBestIsAtTheEdge) {
  const auto tuned = tune_step({.first = 0, .least = -3, .most = 2, .at_least = 2},
                               [](double step) { return -step; });
  EXPECT_EQ(tuned.exponent, 2);
  EXPECT_TRUE(tuned.is_at_edge);
}

TEST(Tuning, LeavesTheRegionWhereAllDiverges) {
  // 40 exponents above the region of convergence nothing but NaN is to be seen.
  const auto tuned =
      tune_step({.first = 20, .least = -30, .most = 30, .at_least = 1},
                [](double step) { return step > std::ldexp(1.0, -20) ? std::nan("") : 1 / step; });
  EXPECT_EQ(tuned.exponent, -20);
}

TEST(Tuning, AsksNoStepTwiceAndTriesBothSides) {
  std::set<double> asked;
  const auto tuned =
      tune_step({.first = 0, .least = -9, .most = 9, .at_least = 2}, [&](double step) {
        EXPECT_TRUE(asked.insert(step).second) << step;
        return std::abs(std::log2(step) - 3);
      });
  EXPECT_EQ(tuned.exponent, 3);
  for (const int k : {1, 2, 4, 5}) EXPECT_TRUE(asked.contains(std::ldexp(1.0, k))) << k;
  EXPECT_EQ(tuned.tried, static_cast<int>(asked.size()));
}

TEST(Tuning, OverRepetitionsSumsUnitsOfWork) {
  for (const StepSearch& search : {StepSearch{.first = 0, .least = -9, .most = 9, .at_least = 2},
                                   StepSearch{.first = 6, .least = -9, .most = 9, .at_least = 1},
                                   StepSearch{.first = 0, .least = 0, .most = 1, .at_least = 3}}) {
    WorkProgress last;
    Work work(1, {}, [&](const WorkProgress& progress) {
      EXPECT_LE(progress.done, progress.total);
      last = progress;
    });
    work.expect(2 * least_tries(search), 3);
    std::set<std::uint64_t> repetitions;
    const auto tuned = tune_step(search, 2, {"unit", 3}, work, [&](double step, std::uint64_t k) {
      repetitions.insert(k);
      return std::abs(std::log2(step)) + static_cast<double>(k);
    });
    EXPECT_EQ(tuned.exponent, 0);
    EXPECT_EQ(tuned.objective, static_cast<double>(2 * search_repetition + 1));
    EXPECT_EQ(repetitions, (std::set{search_repetition, search_repetition + 1}));
    EXPECT_EQ(last.done, 2 * tuned.tried);
    EXPECT_EQ(last.total, last.done);
    EXPECT_EQ(last.cost_done, 3.0 * static_cast<double>(last.done));
    EXPECT_EQ(last.cost_total, last.cost_done);
  }
}

}  // namespace
}  // namespace graddiv::experiments
