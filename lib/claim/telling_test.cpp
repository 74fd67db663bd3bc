#include "claim/check.h"

#include <gtest/gtest.h>

#include "testing/statements.h"

namespace graddiv {
namespace {

using namespace testing;

/// 0 ≤ left/2 for these, where `left` is that large, with these δ.
Finding check_telling(std::vector<std::pair<int, std::optional<Enclosure>>> sides,
                      Truth applies = Truth::yes) {
  return check(Statement()
                   .claims([=](const Case&) {
                     std::vector<Conclusion> result;
                     for (int k = 0; const auto& [left, delta] : sides) {
                       result.push_back({Place::at(++k), applies, Enclosure(left) <= 10});
                       result.back().delta = delta;
                     }
                     return result;
                   })
                   .tells_where("$x > 0$",
                                [](const Case&, const Conclusion& c) {
                                  if ((c.comparison.left == 7) == Truth::yes)
                                    throw NotCertified("nobody knows");
                                  return c.comparison.left > 0;
                                }),
               parabola());
}

TEST(Telling, IsWhatHasATellingConclusionThatApplies) {
  EXPECT_FALSE(check_telling({{0, {}}}).is_telling);
  EXPECT_EQ(check_telling({{0, {}}}).verdict, Verdict::proved) << "true all the same";
  EXPECT_TRUE(check_telling({{0, {}}, {1, {}}}).is_telling);
  EXPECT_FALSE(check_telling({{1, {}}}, Truth::no).is_telling);
  EXPECT_FALSE(check_telling({{7, {}}}).is_telling) << "what cannot be certified does not count";
}

TEST(Telling, IsSoAtPositiveDeltaWhereATellingConclusionHasIt) {
  const auto at_positive_delta = [](std::vector<std::pair<int, std::optional<Enclosure>>> sides) {
    return check_telling(std::move(sides)).is_telling_at_positive_delta;
  };
  EXPECT_FALSE(at_positive_delta({{1, {}}}));
  EXPECT_FALSE(at_positive_delta({{1, Enclosure(0)}, {0, Enclosure(1)}}));
  EXPECT_TRUE(at_positive_delta({{1, Enclosure(0)}, {1, Enclosure(1)}}));
  EXPECT_FALSE(at_positive_delta({{1, Enclosure::hull(0, 1)}})) << "δ may be 0";
}

TEST(Telling, IsNotWhatOnlyAStepOfTheProofSays) {
  const Finding f = check(Statement().claims([](const Case&) {
    return std::vector<Conclusion>{{"a lemma", Truth::yes, Enclosure(1) <= 2, true}};
  }),
                          parabola());
  EXPECT_FALSE(f.is_telling);
}

}  // namespace
}  // namespace graddiv
