#include "constructions/figures.h"

#include <gtest/gtest.h>

#include <set>

#include "constructions/saturation.h"
#include "number/rational.h"

namespace graddiv {
namespace {

FigureRecord drawn(const std::string& id) {
  for (const Figure& figure : figures())
    if (figure.id == id) return figure.record();
  throw std::out_of_range("no figure " + id);
}

std::vector<FigureCurve> of_style(const FigureRecord& figure, CurveStyle style) {
  std::vector<FigureCurve> found;
  for (const FigureCurve& curve : figure.curves)
    if (curve.style == style) found.push_back(curve);
  return found;
}

Rational x(const FigurePoint& point) { return parse_rational(point.x); }
Rational y(const FigurePoint& point) { return parse_rational(point.y); }

/// |a − b| ≤ 10⁻⁵·b: six digits were kept.
bool are_as_drawn(const Rational& a, const Rational& b) {
  return abs(Rational(a - b)) * 100'000 <= abs(b);
}

TEST(Figures, HaveDistinctIdsAndWhatCanBeDrawn) {
  std::set<std::string> ids;
  for (const Figure& figure : figures()) {
    EXPECT_TRUE(ids.insert(figure.id).second) << figure.id;
    const FigureRecord record = figure.record();
    EXPECT_EQ(record.id, figure.id);
    EXPECT_EQ(record.theorem, figure.theorem);
    EXPECT_FALSE(record.title.empty()) << figure.id;
    EXPECT_FALSE(record.caption.empty()) << figure.id;
    EXPECT_FALSE(record.curves.empty()) << figure.id;
    std::set<std::string> legends;
    for (const FigureCurve& curve : record.curves) {
      EXPECT_FALSE(curve.points.empty()) << figure.id;
      // An entry for each kind of curve, not one for each curve.
      EXPECT_TRUE(curve.legend.empty() || legends.insert(curve.legend).second) << curve.legend;
      for (const FigurePoint& point : curve.points) {
        EXPECT_TRUE(x(point) > 0 || !record.x.logarithmic) << figure.id;
        EXPECT_TRUE(y(point) > 0 || !record.y.logarithmic) << figure.id;
      }
    }
  }
}

TEST(Figures, SaturationHasAKneeAtEveryBatchSizeBound) {
  const FigureRecord figure = drawn("saturation");
  const auto lines = of_style(figure, CurveStyle::reference);
  const auto found = of_style(figure, CurveStyle::dots);
  const auto knees = of_style(figure, CurveStyle::rings);
  ASSERT_EQ(found.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    const Rational m = std::vector{1, 4, 16, 64}[i];
    const auto& points = found[i].points;
    EXPECT_LE(points.size(), 40U);
    EXPECT_EQ(x(points.front()), 1);
    EXPECT_EQ(y(points.front()), 1);
    EXPECT_EQ(x(points.back()), 64 * m);
    ASSERT_EQ(lines[i].points.size(), points.size());
    for (std::size_t k = 0; k < points.size(); ++k) {
      const Rational B = x(points[k]);
      if (k < 8 && k < points.size() - 1) {
        EXPECT_EQ(B, static_cast<long>(k) + 1);  // every small batch
      }
      const Rational line = 1 + (B - 1) / m;
      EXPECT_TRUE(are_as_drawn(y(lines[i].points[k]), line));
      EXPECT_GE(y(points[k]), line * Rational(95, 100)) << "m = " << m << ", B = " << B;
      EXPECT_LE(y(points[k]), line * Rational(101, 100)) << "m = " << m << ", B = " << B;
      if (B <= m) {
        EXPECT_LT(y(points[k]), Rational(201, 100)) << "flat up to B_S";
      }
    }
    ASSERT_EQ(knees[i].points.size(), 1U);
    EXPECT_EQ(x(knees[i].points[0]), m);
  }
}

TEST(Figures, SaturationShowsTheCertifiedNumbers) {
  const auto found = of_style(drawn("saturation"), CurveStyle::dots);
  const Rational epsilon(1, 1'000'000);
  const FigurePoint& point = found[2].points[20];  // m = 16
  const auto B = static_cast<long>(numerator(x(point)));
  EXPECT_TRUE(are_as_drawn(y(point), Rational(evaluations_needed(16, B, 100, epsilon).evaluations,
                                              evaluations_needed(16, 1, 100, epsilon).evaluations)))
      << B;
}

TEST(Figures, AtSmallKappaTheExactFactorStaysBelowTheLine) {
  const FigureRecord figure = drawn("saturation-small-kappa");
  const auto lines = of_style(figure, CurveStyle::reference);
  const auto exact = of_style(figure, CurveStyle::line);
  for (std::size_t i = 1; i < 4; ++i) {  // for m = 1 they are the same
    const Rational below = y(lines[i].points.back()) / y(exact[i].points.back());
    EXPECT_GT(below, Rational(3, 2)) << i;
  }
  EXPECT_EQ(y(lines[0].points.back()), y(exact[0].points.back()));
}

TEST(Figures, TheSlowDownIsAtLeastDeltaOverSixteenAndRunsStayAboveIt) {
  const FigureRecord figure = drawn("slow-down");
  const FigureCurve least = of_style(figure, CurveStyle::line).at(0);
  const FigureCurve runs = of_style(figure, CurveStyle::dots).at(0);
  ASSERT_EQ(least.points.size(), runs.points.size());
  for (std::size_t k = 0; k < least.points.size(); ++k) {
    // B/(16m) at N = KB with m = 4: G²/(4mλ²K) over 4G²/(λ²N).
    EXPECT_TRUE(are_as_drawn(y(least.points[k]), (x(least.points[k]) + Rational(1, 4)) / 16));
    EXPECT_GE(y(least.points[k]), x(least.points[k]) / 16);
    EXPECT_EQ(x(runs.points[k]), x(least.points[k]));
    EXPECT_GE(y(runs.points[k]), y(least.points[k]));
  }
  // The bound is nearly reached: a large batch leaves it little room.
  EXPECT_LT(y(runs.points.back()), y(least.points.back()) * Rational(11, 10));
}

TEST(Figures, TheNoiseFloorIsReachedAndNotCrossed) {
  const FigureRecord figure = drawn("noise-floor");
  const auto floors = of_style(figure, CurveStyle::reference);
  const auto courses = of_style(figure, CurveStyle::line);
  ASSERT_EQ(floors.size(), courses.size());
  for (std::size_t i = 0; i < courses.size(); ++i) {
    const Rational floor = y(floors[i].points[0]);
    for (const FigurePoint& point : courses[i].points) {
      EXPECT_GE(y(point), floor);
    }
    EXPECT_LT(y(courses[i].points.back()), floor * Rational(101, 100));
  }
}

TEST(Figures, GrowthIsOneExactlyAtTheStabilityThreshold) {
  const FigureRecord figure = drawn("stability-threshold");
  const auto crossings = of_style(figure, CurveStyle::rings);
  const auto curves = of_style(figure, CurveStyle::line);
  ASSERT_EQ(crossings.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(y(crossings[i].points[0]), 1);
    for (const FigurePoint& point : curves[i].points) {
      if (x(point) == 0) continue;
      EXPECT_EQ(y(point) > 1, x(point) > x(crossings[i].points[0])) << point.x;
    }
  }
}

}  // namespace
}  // namespace graddiv
