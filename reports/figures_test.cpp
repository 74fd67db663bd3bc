#include "reports/figures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace graddiv::reports {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Histogram, CountsEachRatioOnceInItsBin) {
  const std::vector<double> ratios = {0, 0.24, 0.25, 0.5, 0.74, 0.75, 0.999, 1};
  const Histogram h = histogram(ratios, 4);
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{2, 1, 2, 3}));
  EXPECT_EQ(h.outside, 0);
}

TEST(Histogram, KeepsWhatIsNoRatioOutside) {
  const std::vector<double> ratios = {-0.1, 1.5, infinity, std::nan(""), 0.5};
  const Histogram h = histogram(ratios, 2);
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{0, 1}));
  EXPECT_EQ(h.outside, 4);
}

TEST(Histogram, LosesNothing) {
  std::vector<double> ratios;
  for (int i = 0; i <= 1000; ++i) ratios.push_back(i / 1000.0);
  for (int bins = 1; bins <= 30; ++bins) {
    std::int64_t sum = 0;
    for (const auto count : histogram(ratios, bins).counts) sum += count;
    EXPECT_EQ(sum, 1001) << bins;
  }
}

TEST(Histogram, NeedsABin) {
  EXPECT_THROW(histogram({}, 0), std::invalid_argument);
  EXPECT_EQ(histogram({}, 3).counts, (std::vector<std::int64_t>{0, 0, 0}));
}

SeriesPoint at(int k, double left, double right, BatchForm form = BatchForm::none) {
  Place place = Place::at(k);
  place.form = form;
  return {place, left, right};
}

TEST(Plot, DrawsBothSides) {
  const Plot plot = plot_of({at(1, 1, 2), at(2, 0.5, 2)});
  ASSERT_EQ(plot.curves.size(), 2u);
  EXPECT_FALSE(plot.curves[0].is_bound);
  EXPECT_TRUE(plot.curves[1].is_bound);
  EXPECT_EQ(plot.curves[1].points[1].y, 2);
  EXPECT_TRUE(plot.along_iterations);
  EXPECT_FALSE(plot.sides_agree);
}

TEST(Plot, DrawsEqualLeftSidesOnceAndEachBound) {
  const Plot plot =
      plot_of({at(1, 1, 2, BatchForm::in_expectation), at(1, 1, 3, BatchForm::on_the_domain),
               at(2, 1, 2, BatchForm::in_expectation), at(2, 1, 3, BatchForm::on_the_domain)});
  ASSERT_EQ(plot.curves.size(), 3u);
  EXPECT_EQ(plot.curves[0].form, "in expectation, pointwise on $W$");
  EXPECT_EQ(plot.curves[2].form, "pointwise on $W$");
}

TEST(Plot, TakesALogarithmicAxisWhereALinearOneHidesThings) {
  EXPECT_TRUE(plot_of({at(0, 1, 2), at(1, 0.01, 0.02)}).logarithmic);
  EXPECT_FALSE(plot_of({at(0, 1, 2), at(1, 0.5, 1)}).logarithmic);
  EXPECT_FALSE(plot_of({at(0, -1, 2), at(1, 0.001, 1)}).logarithmic);
}

TEST(Plot, SaysHowManyZerosALogarithmicAxisHides) {
  std::vector<SeriesPoint> series = {at(0, 0, 1)};
  for (int k = 1; k < 9; ++k) series.push_back(at(k, std::pow(0.1, k), 1));
  EXPECT_TRUE(plot_of(series).logarithmic);
  EXPECT_EQ(plot_of(series).zeros_hidden, 1);
}

TEST(Plot, LeavesOutWhatIsNotFinite) {
  EXPECT_TRUE(plot_of({at(0, infinity, 1), at(1, 1, std::nan(""))}).curves.empty());
  EXPECT_EQ(plot_of({at(0, infinity, 1), at(1, 1, 1)}).curves[0].points.size(), 1u);
  EXPECT_TRUE(plot_of({}).curves.empty());
}

TEST(Plot, ThinsLongSeriesAndKeepsTheirEnds) {
  std::vector<SeriesPoint> series;
  for (int k = 0; k <= 5000; ++k) series.push_back(at(k, 1, 2));
  const Plot plot = plot_of(series, 100);
  EXPECT_EQ(plot.curves[0].points.size(), 100u);
  EXPECT_EQ(plot.curves[0].points.front().x, 0);
  EXPECT_EQ(plot.curves[0].points.back().x, 5000);
}

TEST(Plot, RecognisesAnEquality) {
  EXPECT_TRUE(plot_of({at(0, 1, 1), at(1, 0.3, 0.1 + 0.2)}).sides_agree);
}

TEST(Plot, PutsTheStartAtIterationZero) {
  const Plot plot = plot_of(
      {{Place::visited(0, 0).with_copies(2), 1, 2}, {Place::visited(1, 0).with_copies(2), 3, 4}});
  ASSERT_EQ(plot.curves.size(), 2u);
  EXPECT_TRUE(plot.along_iterations);
  EXPECT_EQ(plot.curves[0].form, "2 copies");
  EXPECT_EQ(plot.curves[0].points[0].x, 0);
  EXPECT_FALSE(plot.curves[0].is_scattered);
}

TEST(Plot, DrawsNoLineThroughSeveralPointsOfOneIteration) {
  const Plot plot = plot_of({{Place::visited(1, 0), 1, 2}, {Place::visited(1, 1), 3, 4}});
  ASSERT_EQ(plot.curves.size(), 2u);
  EXPECT_TRUE(plot.curves[0].is_scattered);
  EXPECT_TRUE(plot.curves[1].is_scattered);
}

TEST(Plot, KnowsThatPointsAreNoIterations) {
  const std::vector<SeriesPoint> points = {{"one", 1, 2}, {"other", 1, 2}};
  EXPECT_FALSE(plot_of(points).along_iterations);
  EXPECT_EQ(plot_of(points).curves.size(), 2u);
  EXPECT_EQ(iterations_shown(points), 0);
  EXPECT_EQ(iterations_shown({at(3, 1, 1), at(3, 2, 2, BatchForm::on_the_domain), at(4, 1, 1)}), 2);
}

}  // namespace
}  // namespace graddiv::reports
