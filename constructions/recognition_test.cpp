#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "constructions/catalogue.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::vec;
using test::written;

using Functions = std::shared_ptr<const FiniteSum>;

Functions functions_of(const std::string& id, const Parameters& given) {
  return find_construction(id).problem(given).sum;
}
std::optional<Parameters> recognised(const std::string& id, const Functions& sum) {
  return find_construction(id).recognise(*sum);
}

Parameters blocks(long m, long r, long K, const Rational& lambda, const Rational& G) {
  return {{"blocks", m}, {"copies", r}, {"iterations", K}, {"lambda", lambda}, {"G", G}};
}
Parameters valleys(const Rational& m, long r, const Rational& lambda, const Rational& beta) {
  return {{"blocks", m}, {"copies", r}, {"lambda", lambda}, {"beta", beta}};
}
Parameters noise(long copies, const Rational& lambda, const Rational& zeta) {
  return {{"copies", copies}, {"lambda", lambda}, {"zeta", zeta}};
}

TEST(LowerReplicated, ActsOnItsOwnBlockWithTheSmallestMaximisingIndex) {
  const Functions sum = functions_of("lower-replicated", blocks(2, 2, 2, {1, 4}, 5));
  EXPECT_EQ(sum->size(), 4);
  EXPECT_EQ(sum->dimension(), 8);
  const Vector<Enclosure> w = enclose(vec({"-1", "0", "0", "-2", "2", "4", "6", "6"}));
  EXPECT_EQ(written(sum->gradient(0, w)), "-1/2, 5, 0, -1, 0, 0, 0, 0");
  EXPECT_EQ(written(sum->gradient(1, w)), "0, 0, 0, 0, 1, 2, 8, 3");
  EXPECT_EQ(written(sum->gradient(2, w)), written(sum->gradient(0, w)));
  EXPECT_EQ(sum->value(1, w).to_string(), "53");  // 5·6 + ¼(4 + 16 + 36 + 36)
}

// F(w* + u) ≥ F* in every direction tried, and F(w*) = F*: G max_l (w*_l + u_l) is what a guess
// could get wrong.
TEST(LowerReplicated, KnowsItsMinimum) {
  const Construction& family = find_construction("lower-replicated");
  const Parameters p = blocks(2, 1, 1, {1, 3}, 3);
  const Problem problem = family.problem(p);
  const Vector<Rational> w = family.minimizer(p);
  const Enclosure least = enclose(family.optimum(p));
  EXPECT_EQ((objective(problem, enclose(w)) == least).truth(), Truth::yes);
  for (int j = 0; j < 4; ++j) {
    for (const int sign : {-1, 1}) {
      Vector<Rational> beside = w;
      beside(j) += Rational(sign, 1000);
      EXPECT_EQ((objective(problem, enclose(beside)) > least).truth(), Truth::yes);
    }
    const Vector<Rational> stretched = w * Rational(1001 + j, 1000);
    EXPECT_EQ((objective(problem, enclose(stretched)) > least).truth(), Truth::yes);
  }
}

TEST(Constructions, AreRecognisedWithTheirParameters) {
  for (const Rational& m :
       {Rational(1), Rational(2), Rational(3), Rational(5, 2), Rational(7, 5)}) {
    for (const long r : {1, 2}) {
      const Parameters p = valleys(m, r, {1, 7}, 5);
      EXPECT_EQ(recognised("lower-fixed-step", functions_of("lower-fixed-step", p)), p) << m;
      if (denominator(m) != 1) continue;
      const Parameters q = blocks(static_cast<long>(numerator(m)), r, 2, 5, {2, 3});
      EXPECT_EQ(recognised("lower-replicated", functions_of("lower-replicated", q)), q) << m;
    }
  }
  for (const Parameters& p : {noise(2, {3, 4}, 5), noise(1, 1, 0)})
    EXPECT_EQ(recognised("lower-noise-floor", functions_of("lower-noise-floor", p)), p);
}

TEST(Constructions, AreRecognisedInAnyOrder) {
  const auto reordered = [](const std::string& id, const Parameters& p,
                            const std::vector<int>& order) {
    return recognised(id, select(functions_of(id, p), order)) == p;
  };
  EXPECT_TRUE(reordered("lower-replicated", blocks(2, 2, 1, 5, 7), {1, 0, 0, 1}));
  EXPECT_TRUE(reordered("lower-fixed-step", valleys({5, 2}, 1, 3, 4), {4, 3, 2, 1, 0}));
  EXPECT_TRUE(reordered("lower-noise-floor", noise(1, 1, 3), {1, 0}));
}

// One number changed anywhere makes another problem.
TEST(Constructions, AreNotSeenWhereOneNumberDiffers) {
  const auto changed = [](const Functions& sum, const char* from, const char* to) {
    std::string text = sum->to_json().dump();
    const std::size_t place = text.rfind(from);
    EXPECT_NE(place, std::string::npos);
    text.replace(place, std::string(from).size(), to);
    return read_problem(JsonReader::from_text(text, "changed")).sum;
  };
  const auto is_member = [](const std::string& id, const Functions& sum) {
    return recognised(id, sum).has_value();
  };
  const Functions max = functions_of("lower-replicated", blocks(2, 2, 1, {5, 2}, 7));
  EXPECT_TRUE(is_member("lower-replicated", changed(max, "\"7\"", "\"7\"")));
  EXPECT_FALSE(is_member("lower-replicated", changed(max, "\"7\"", "\"8\"")));
  EXPECT_FALSE(is_member("lower-replicated", changed(max, "\"5\"", "\"6\"")));
  EXPECT_FALSE(is_member("lower-replicated", changed(max, "\"offset\":\"0\"", "\"offset\":\"1\"")));
  EXPECT_FALSE(is_member("lower-replicated", select(max, {0, 1, 0})));
  EXPECT_FALSE(is_member("lower-replicated", select(max, {0, 0, 1, 0})));
  const Functions valley = functions_of("lower-fixed-step", valleys(2, 1, 3, 4));
  EXPECT_FALSE(is_member("lower-fixed-step", changed(valley, "\"8\"", "\"9\"")));
  EXPECT_FALSE(is_member("lower-fixed-step", select(valley, {1, 1})));
  EXPECT_FALSE(is_member("lower-noise-floor", valley));
  const Functions floor = functions_of("lower-noise-floor", noise(1, 1, 3));
  EXPECT_FALSE(is_member("lower-noise-floor", changed(floor, "\"-3\"", "\"-2\"")));
  EXPECT_FALSE(is_member("lower-noise-floor", select(floor, {1, 1})));
  EXPECT_FALSE(is_member("lower-replicated", floor));
  EXPECT_FALSE(is_member("lower-fixed-step", max));
}

}  // namespace
}  // namespace graddiv
