#include <gtest/gtest.h>

#include "experiments/replication_study.h"

namespace graddiv::experiments::replication {
namespace {

Study made_up_study() {
  Study s;
  s.model = "made-up";
  s.examples = 64;
  s.passes = 1;
  s.looks = 2;
  s.repetitions = 2;
  s.search_repetitions = 1;
  s.factors = {1, 8};
  s.batches = {1, 4};
  s.seed = 1;
  return s;
}

/// The losses of serial SGD are 2, 1, 1 everywhere; those of B = 4 are so many times as large, for
/// r = 1 and r = 8 and two repetitions each. B_S is the same at all looks.
Found made_up_found(const std::vector<double>& few, const std::vector<double>& many,
                    double bound_of_few, double bound_of_many) {
  Found found;
  for (const auto& [factor, ratios] : {std::pair{1, few}, {8, many}}) {
    found.cells.push_back({factor, 1, {}, {{2, 1, 1}, {2, 1, 1}}});
    found.cells.push_back({factor, 4, {}, {{2, ratios[0], ratios[0]}, {2, ratios[1], ratios[1]}}});
  }
  const auto bounds = [](double b) {
    return std::vector<std::vector<double>>{{b, b, b}, {b, b, b}};
  };
  found.own_bounds = {bounds(bound_of_few), bounds(bound_of_many)};
  found.common_bounds = found.own_bounds;
  return found;
}

Reading reading_of(const Found& found, const std::string& id) {
  Result result;
  add_section(made_up_study(), found, result);
  for (const Claim& claim : result.claims) {
    if (claim.id == "made-up-" + id) return claim.reading;
  }
  throw std::logic_error("no claim " + id);
}

TEST(ReplicationClaims, TheGapGrows) {
  EXPECT_EQ(reading_of(made_up_found({1, 2}, {3, 4}, 9, 9), "gap-grows"), Reading::respected);
  EXPECT_EQ(reading_of(made_up_found({3, 4}, {1, 2}, 9, 9), "gap-grows"), Reading::violated);
  EXPECT_EQ(reading_of(made_up_found({1, 3}, {2, 4}, 9, 9), "gap-grows"), Reading::inconclusive);
}

TEST(ReplicationClaims, TheBoundFalls) {
  for (const std::string id : {"bound-falls", "own-bound-falls"}) {
    EXPECT_EQ(reading_of(made_up_found({1, 1}, {1, 1}, 9, 5), id), Reading::respected);
    EXPECT_EQ(reading_of(made_up_found({1, 1}, {1, 1}, 5, 9), id), Reading::violated);
    EXPECT_EQ(reading_of(made_up_found({1, 1}, {1, 1}, 9, 9), id), Reading::inconclusive);
  }
}

TEST(ReplicationClaims, BatchesWithinTheBoundLoseLittle) {
  const std::string id = "within-bound";
  EXPECT_EQ(reading_of(made_up_found({1, 1.5}, {1.2, 1.1}, 3, 3), id), Reading::respected);
  EXPECT_EQ(reading_of(made_up_found({1, 1}, {1.6, 2}, 3, 3), id), Reading::violated);
  EXPECT_EQ(reading_of(made_up_found({1, 1}, {1.4, 2}, 3, 3), id), Reading::inconclusive);
  EXPECT_EQ(reading_of(made_up_found({1, 1}, {9, 9}, 3, 2.9), id), Reading::respected)
      << "B = 4 is beyond 1 + B_S for r = 8";
  EXPECT_EQ(reading_of(made_up_found({1, 1}, {1, 1}, 2, 2), id), Reading::inconclusive)
      << "no batch lies within it";
}

TEST(ReplicationFigures, HaveTheBoundOfEveryFactor) {
  Result result;
  add_section(made_up_study(), made_up_found({1, 2}, {3, 4}, 9, 5), result);
  const Figure& figure = result.figures[0];
  ASSERT_EQ(figure.marks.size(), 2U);
  EXPECT_EQ(figure.marks[0].x, 9);
  EXPECT_EQ(figure.marks[1].x, 5);
  EXPECT_EQ(figure.curves[0].points[0].y.mean, 1) << "serial SGD over itself";
  EXPECT_EQ(figure.curves[1].points[1].y.mean, 3.5);
  EXPECT_EQ(figure.marks[0].label.plain(), "B_S, r = 1");
  EXPECT_EQ(figure.marks[1].label.plain(), "B_S, r = 8");
}

TEST(ReplicationFigures, LabelLinesOnceThatLieSideBySide) {
  Result result;
  add_section(made_up_study(), made_up_found({1, 2}, {3, 4}, 9, 8), result);
  const Figure& figure = result.figures[0];
  ASSERT_EQ(figure.marks.size(), 2U);
  EXPECT_EQ(figure.marks[0].label.plain(), "B_S, r = 1, 8");
  EXPECT_EQ(figure.marks[1].label.plain(), "");
}

TEST(ReplicationTables, TellWhetherTheRunsLearn) {
  Result result;
  add_section(made_up_study(), made_up_found({1, 2}, {3, 5}, 9, 5), result);
  std::vector<std::string> cells;
  for (const auto& row : result.tables[0].rows) {
    for (const Text& text : row) cells.push_back(text.plain());
  }
  EXPECT_EQ(cells, (std::vector<std::string>{"start", "2 (2 to 2)", "2 (2 to 2)",  //
                                             "1", "1 (1 to 1)", "1 (1 to 1)",      //
                                             "4", "1.5 (1 to 2)", "4 (3 to 5)"}));
}

}  // namespace
}  // namespace graddiv::experiments::replication
