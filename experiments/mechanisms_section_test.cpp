#include <gtest/gtest.h>

#include <limits>

#include "experiments/mechanisms_study.h"

namespace graddiv::experiments::mechanisms {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

Study made_up_study() {
  Study s;
  s.model = "made-up";
  s.examples = 64;
  s.passes = 8;
  s.looks = 2;
  s.target = 0.95;
  s.repetitions = 2;
  s.search_repetitions = 1;
  s.batches = {4, 16};
  s.mechanisms = {{"none", {}}, {"dropout", {MechanismKind::dropout, 0.5}}};
  s.cost = {.seconds_per_gradient = 1, .latency = 0, .bandwidth = 1, .bytes = 0};
  s.workers = 16;
  s.seed = 1;
  return s;
}

/// Passes: none with B = 4 and 16, dropout with B = 4 and 16, two repetitions each.
Found made_up_found(const std::vector<std::vector<double>>& passes) {
  Found found;
  for (std::size_t i = 0; i < 4; ++i) {
    found.cells.push_back({i / 2, i % 2 == 0 ? 4 : 16, {}, passes[i]});
  }
  found.diversity = {{{0.5, {0.5, 0.75}}, {2, {2, 1.5}}}, {{0.25, {0.25, 0.5}}, {1, {1, 1}}}};
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

TEST(MechanismClaims, LargerBatches) {
  const std::string id = "larger-batches";
  EXPECT_EQ(reading_of(made_up_found({{1, 1}, {4, 5}, {1, 1}, {2, 3}}), id), Reading::respected);
  EXPECT_EQ(reading_of(made_up_found({{1, 1}, {2, 3}, {1, 1}, {4, never}}), id), Reading::violated);
  EXPECT_EQ(reading_of(made_up_found({{1, 1}, {2, 5}, {1, 1}, {4, 4}}), id), Reading::inconclusive);
  EXPECT_EQ(reading_of(made_up_found({{1, 1}, {never, never}, {1, 1}, {4, 4}}), id),
            Reading::respected)
      << "what is never reached takes longest";
}

TEST(MechanismClaims, ShorterTimeEachAtItsBestBatch) {
  // 16 workers, 64 examples, 1 s a gradient: a pass takes 16 s with B = 4 and 4 s with B = 16.
  const std::string id = "shorter";
  EXPECT_EQ(reading_of(made_up_found({{1, 1}, {5, 5}, {1, 1}, {2, 3}}), id), Reading::respected);
  EXPECT_EQ(reading_of(made_up_found({{1, 1}, {2, 3}, {1, 1}, {5, 5}}), id), Reading::violated);
  EXPECT_EQ(reading_of(made_up_found({{1, 1}, {2, 5}, {1, 1}, {3, 3}}), id), Reading::inconclusive);
}

TEST(MechanismClaims, MoreDiverseWhereTheoryHasIt) {
  const std::vector<std::vector<double>> passes(4, {1, 1});
  Found found = made_up_found(passes);
  EXPECT_EQ(reading_of(found, "more-diverse"), Reading::respected) << "Δ = 2 is left out";
  found.diversity[1][0].with_mechanism[1] = 0.2;
  EXPECT_EQ(reading_of(found, "more-diverse"), Reading::violated);
  found.diversity = {{{2, {2, 1.5}}}};
  EXPECT_EQ(reading_of(found, "more-diverse"), Reading::inconclusive);
}

TEST(MechanismClaims, TimesAreThoseOfTheCostModel) {
  Result result;
  add_section(made_up_study(), made_up_found({{1, 1}, {4, 5}, {0.5, 1}, {2, 3}}), result);
  for (const Figure& figure : result.figures) {
    if (figure.id != "made-up-time") continue;
    EXPECT_EQ(figure.curves[0].points[0].y.mean, 16);
    EXPECT_EQ(figure.curves[0].points[1].y.low, 16);
    EXPECT_EQ(figure.curves[0].points[1].y.high, 20);
    EXPECT_EQ(figure.curves[1].points[0].y.low, 8);
    EXPECT_EQ(figure.marks[0].x, 64 * (0.5 + 0.25) / 2) << "the least B_S, mean of two runs";
    return;
  }
  FAIL() << "no figure of times";
}

}  // namespace
}  // namespace graddiv::experiments::mechanisms
