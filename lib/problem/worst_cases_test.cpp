#include "problem/worst_cases.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "problem/families.h"
#include "problem/problem.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::vec;
using test::written;

TEST(MaxBlocks, ActOnTheirOwnBlockWithTheSmallestMaximisingIndex) {
  const auto sum = MaxBlocks{2, 2, 3, {5}, {1, 2}}.functions();
  EXPECT_EQ(sum->size(), 4);
  EXPECT_EQ(sum->dimension(), 6);
  const Vector<Enclosure> w = enclose(vec({"-1", "0", "0", "2", "4", "6"}));
  EXPECT_EQ(written(sum->gradient(0, w)), "-1/2, 5, 0, 0, 0, 0");
  EXPECT_EQ(written(sum->gradient(1, w)), "0, 0, 0, 1, 2, 8");
  EXPECT_EQ(written(sum->gradient(2, w)), written(sum->gradient(0, w)));
  EXPECT_EQ(sum->value(1, w).to_string(), "44");  // 5·6 + ¼(4 + 16 + 36)
}

// F(w* + u) ≥ F* in every direction tried, and F(w*) = F*: G max_l (w*_l + u_l) is what a guess could get wrong.
TEST(MaxBlocks, KnowTheirMinimum) {
  const MaxBlocks family{2, 1, 2, {3}, {2, 3}};
  const Problem problem{family.functions()};
  const Vector<Rational> w = family.minimizer();
  EXPECT_EQ(objective(problem, enclose(w)).to_string(), to_string(family.optimum()));
  for (int j = 0; j < 4; ++j) {
    for (const int sign : {-1, 1}) {
      Vector<Rational> beside = w;
      beside(j) += Rational(sign, 1000);
      EXPECT_EQ((objective(problem, enclose(beside)) > enclose(family.optimum())).truth(),
                Truth::yes);
    }
    EXPECT_EQ((objective(problem, enclose(Vector<Rational>(w * Rational(1001 + j, 1000)))) >
               enclose(family.optimum()))
                  .truth(),
              Truth::yes);
  }
}

TEST(WorstCases, AreRecognisedWithTheirParameters) {
  for (const long m : {1, 2, 3}) {
    for (const long r : {1, 2}) {
      const auto blocks = as_max_blocks(*MaxBlocks{m, r, 4, {2, 3}, {5}}.functions());
      ASSERT_TRUE(blocks);
      EXPECT_EQ(blocks->m, m);
      EXPECT_EQ(blocks->r, r);
      EXPECT_EQ(blocks->p, 4);
      EXPECT_EQ(blocks->G, Rational(2, 3));
      EXPECT_EQ(blocks->a, 5);
    }
  }
  for (const Rational& m :
       {Rational(1), Rational(2), Rational(3), Rational(5, 2), Rational(7, 5)}) {
    for (const long r : {1, 2}) {
      const auto valleys = as_valley_blocks(*ValleyBlocks{m, r, {1, 7}, {5}}.functions());
      ASSERT_TRUE(valleys) << m;
      EXPECT_EQ(valleys->m, m);
      EXPECT_EQ(valleys->r, r);
      EXPECT_EQ(valleys->lambda, Rational(1, 7));
      EXPECT_EQ(valleys->beta, 5);
    }
  }
  const auto floor = as_noise_floor(*NoiseFloor{2, {3, 4}, {5}}.functions());
  ASSERT_TRUE(floor);
  EXPECT_EQ(floor->copies, 2);
  EXPECT_EQ(floor->lambda, Rational(3, 4));
  EXPECT_EQ(floor->zeta, 5);
  EXPECT_EQ(as_noise_floor(*NoiseFloor{1, {1}, {0}}.functions())->zeta, 0);
}

TEST(WorstCases, AreRecognisedInAnyOrder) {
  const auto blocks =
      as_max_blocks(*select(MaxBlocks{2, 2, 2, {7}, {5}}.functions(), {1, 0, 0, 1}));
  ASSERT_TRUE(blocks);
  EXPECT_EQ(blocks->m, 2);
  const auto valleys =
      as_valley_blocks(*select(ValleyBlocks{{5, 2}, 1, {3}, {4}}.functions(), {4, 3, 2, 1, 0}));
  ASSERT_TRUE(valleys);
  EXPECT_EQ(valleys->m, Rational(5, 2));
  EXPECT_EQ(valleys->lambda, 3);
  const auto floor = as_noise_floor(*select(NoiseFloor{1, {1}, {3}}.functions(), {1, 0}));
  ASSERT_TRUE(floor);
  EXPECT_EQ(floor->zeta, 3);
}

// One number changed anywhere makes another problem.
TEST(WorstCases, AreNotSeenWhereOneNumberDiffers) {
  const auto changed = [](const std::shared_ptr<const FiniteSum>& sum, const char* from,
                          const char* to) {
    std::string text = sum->to_json().dump();
    const std::size_t place = text.rfind(from);
    EXPECT_NE(place, std::string::npos);
    text.replace(place, std::string(from).size(), to);
    return read_problem(JsonReader::from_text(text, "changed")).sum;
  };
  const auto blocks = MaxBlocks{2, 2, 2, {7}, {5}}.functions();
  EXPECT_TRUE(as_max_blocks(*changed(blocks, "\"7\"", "\"7\"")));
  EXPECT_FALSE(as_max_blocks(*changed(blocks, "\"7\"", "\"8\"")));
  EXPECT_FALSE(as_max_blocks(*changed(blocks, "\"5\"", "\"6\"")));
  EXPECT_FALSE(as_max_blocks(*changed(blocks, "\"offset\":\"0\"", "\"offset\":\"1\"")));
  EXPECT_FALSE(as_max_blocks(*select(blocks, {0, 1, 0})));
  const auto valleys = ValleyBlocks{2, 1, {3}, {4}}.functions();
  EXPECT_FALSE(as_valley_blocks(*changed(valleys, "\"8\"", "\"9\"")));
  EXPECT_FALSE(as_valley_blocks(*select(valleys, {1, 1})));
  EXPECT_FALSE(as_noise_floor(*valleys));
  const auto floor = NoiseFloor{1, {1}, {3}}.functions();
  EXPECT_FALSE(as_noise_floor(*changed(floor, "\"-3\"", "\"-2\"")));
  EXPECT_FALSE(as_noise_floor(*select(floor, {1, 1})));
  EXPECT_FALSE(as_max_blocks(*floor));
}

}  // namespace
}  // namespace graddiv
