#include "measure/confidence.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "measure/random.h"
#include "measure/totals.h"

namespace graddiv::measure {
namespace {

// 400 examples of 3 features for logistic regression.
std::unique_ptr<const Model<double>> population() {
  auto data = std::make_shared<Dataset>();
  data->source = "made up";
  data->rows = 400;
  data->columns = 3;
  DenseNumbers rows;
  const CounterRandom random(7, Purpose::start);
  for (std::uint64_t k = 0; k < 1200; ++k) rows.values.push_back(random.normal(k));
  for (int i = 0; i < 400; ++i) {
    data->labels.push_back(rows.values[static_cast<std::size_t>(3 * i)] > -0.5 ? 1 : 0);
  }
  data->features = std::move(rows);
  const Preparation preparation{1, true, Target::sign, {}};
  return generalized_linear_model(
      std::make_shared<const Examples<double>>(std::move(data), preparation), Loss::logistic, 1, 0);
}

// The misses are binomial with a probability of at most the level: so many or more would be seen
// once in ten thousand at most.
void expect_at_most(int misses, int runs, double level) {
  const boost::math::binomial law(runs, level);
  EXPECT_GT(boost::math::cdf(boost::math::complement(law, misses - 1)), 1e-4)
      << misses << " of " << runs;
}

TEST(SubsampledDiversity, MissesAsOftenAsTheLevelAllows) {
  const auto model = population();
  const std::vector<double> w = {0.3, -0.2, 0.1, 0.05};
  const double truth = totals<double>(*model, {0, 400, nullptr}, w).batch_size_bound();
  constexpr int runs = 1000;
  int misses = 0;
  int finite = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    const auto interval = subsampled_diversity<double>(*model, w, {250, 0.05, 1, run});
    ASSERT_TRUE(interval.is_rigorous);
    ASSERT_LE(interval.lower, interval.upper);
    if (truth < interval.lower || truth > interval.upper) ++misses;
    if (std::isfinite(interval.upper)) ++finite;
  }
  if (misses > 0) expect_at_most(misses, runs, 0.05);
  EXPECT_GT(finite, runs / 2) << "an interval that is always infinite cannot miss";
}

TEST(SubsampledDiversity, IsNearlyExactWhereEveryExampleIsDrawn) {
  const auto model = population();
  const std::vector<double> w(4);
  const double truth = totals<double>(*model, {0, 400, nullptr}, w).batch_size_bound();
  const auto interval = subsampled_diversity<double>(*model, w, {400, 0.05, 1, 0});
  EXPECT_LE(interval.lower, truth);
  EXPECT_GE(interval.upper, truth);
  EXPECT_LT(interval.second_moment_upper / interval.second_moment_lower, 1 + 1e-9);
}

TEST(SubsampledDiversity, SaysNothingAboveWhereTheMeanGradientVanishes) {
  auto data = std::make_shared<Dataset>();
  data->rows = 100;
  data->columns = 1;
  DenseNumbers rows;
  for (int i = 0; i < 100; ++i) {
    rows.values.push_back(1);
    data->labels.push_back(i % 2);
  }
  data->features = std::move(rows);
  const auto model =
      generalized_linear_model(std::make_shared<const Examples<double>>(
                                   std::move(data), Preparation{1, false, Target::sign, {}}),
                               Loss::logistic, 1, 0);
  const std::vector<double> w = {0};
  const auto interval = subsampled_diversity<double>(*model, w, {40, 0.05, 1, 0});
  EXPECT_EQ(interval.upper, std::numeric_limits<double>::infinity());
  EXPECT_GE(interval.lower, 1);
}

TEST(LowerConfidenceBound, MissesAsOftenAsTheLevelAllowsAndIsNearTheMean) {
  constexpr int runs = 1000;
  constexpr double level = 0.1;
  std::vector<double> all(500);
  double sum = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = std::pow(static_cast<double>(i) / 500, 3);
    sum += all[i];
  }
  const double mean = sum / 500;
  int misses = 0;
  double bounds = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    const CounterRandom random(3, Purpose::search, run);
    std::vector<double> x = all;
    for (std::size_t k = 0; k < 200; ++k) {
      std::swap(
          x[k],
          x[k + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(500 - k), k))]);
    }
    x.resize(200);
    const double bound = lower_confidence_bound({x, 500, 0, 0}, level);
    if (bound > mean) ++misses;
    bounds += bound;
  }
  if (misses > 0) expect_at_most(misses, runs, level);
  EXPECT_GT(bounds / runs, 0.85 * mean);
}

TEST(LowerConfidenceBound, KnowsWhatWasDrawnBefore) {
  // Of ten numbers nine are known to add up to 9, and the last one is 1.
  const std::vector<double> x = {1};
  EXPECT_GT(lower_confidence_bound({x, 10, 9, 9}, 0.5), 0.9 - 1e-12);
  // Whatever the last one is, and however sure one wants to be.
  EXPECT_GT(lower_confidence_bound({std::vector<double>{0}, 10, 9, 9}, 1e-9), 0.9 - 1e-12);
  EXPECT_THROW(lower_confidence_bound({std::vector<double>{2}, 10, 0, 0}, 0.5),
               std::invalid_argument);
}

TEST(SubsampledDiversity, RefusesWhatMakesNoSense) {
  const auto model = population();
  const std::vector<double> w(4);
  EXPECT_THROW(subsampled_diversity<double>(*model, w, {7, 0.05, 1, 0}), std::invalid_argument);
  EXPECT_THROW(subsampled_diversity<double>(*model, w, {401, 0.05, 1, 0}), std::invalid_argument);
  EXPECT_THROW(subsampled_diversity<double>(*model, w, {10, 0, 1, 0}), std::invalid_argument);
}

}  // namespace
}  // namespace graddiv::measure
