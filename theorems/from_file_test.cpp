#include "theorems/from_file.h"

#include <gtest/gtest.h>

#include "claim/check.h"
#include "instances/classes.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

struct Pair {
  std::string file;
  std::string id;
};

class AsFileTest : public testing::TestWithParam<Pair> {};

/// What both conclude at one place, by their numbers.
std::vector<std::string> sides(const Finding& finding) {
  std::vector<std::string> result;
  for (const auto& [conclusion, holds, tightness] : finding.conclusions) {
    if (conclusion.applies != Truth::yes) continue;
    Place place = conclusion.place;
    place.part = {};
    result.push_back(to_string(place) + ": " + conclusion.comparison.left.to_string() + " and " +
                     conclusion.comparison.right.to_string() +
                     (conclusion.telling == Truth::yes ? ", telling" : ""));
  }
  std::ranges::sort(result);
  return result;
}

TEST_P(AsFileTest, ConcludesWhatTheTheoremInCppDoes) {
  const Theorem file =
      read_theorem_file(std::string(GRADDIV_THEOREMS_AS_FILES) + "/" + GetParam().file);
  const Theorem& theorem = find_theorem(GetParam().id);
  ASSERT_EQ(file.drawn_from, theorem.drawn_from);
  int applicable = 0;
  constexpr int draws = 12;
  for (const InstanceClass drawn_from : theorem.drawn_from) {
    for (int i = 0; i < draws; ++i) {
      const Evaluation evaluation(draw(drawn_from, 5, i));
      const Finding a = check(file.statement, evaluation);
      const Finding b = check(theorem.statement, evaluation);
      EXPECT_EQ(a.verdict, b.verdict) << to_text(evaluation.instance());
      EXPECT_EQ(sides(a), sides(b)) << to_text(evaluation.instance());
      EXPECT_EQ(a.is_telling, b.is_telling) << to_text(evaluation.instance());
      if (a.verdict == Verdict::proved) ++applicable;
    }
  }
  EXPECT_GT(applicable, draws / 3);
}

TEST_P(AsFileTest, HasTheSameMutants) {
  const Theorem file =
      read_theorem_file(std::string(GRADDIV_THEOREMS_AS_FILES) + "/" + GetParam().file);
  for (const Mutant& mutant : file.mutants) {
    const auto& all = find_theorem(GetParam().id).mutants;
    const auto same = std::ranges::find(all, mutant.id, &Mutant::id);
    ASSERT_NE(same, all.end()) << mutant.id;
    const Instance witness =
        read_instance(JsonReader::from_text(same->witness, mutant.id), families());
    EXPECT_EQ(check(mutant.statement, witness).verdict, Verdict::refuted) << mutant.id;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, AsFileTest,
    testing::Values(Pair{"rate-strongly-convex.theorem", "rate-strongly-convex"},
                    Pair{"rate-convex.theorem", "rate-convex"},
                    Pair{"one-step.theorem", "one-step"}, Pair{"glm.theorem", "glm-sharp"}),
    [](const auto& one) {
      std::string name = one.param.id;
      std::ranges::replace(name, '-', '_');
      return name;
    });

TEST(FromFileTest, RefusesAClassThatIsNone) {
  try {
    theorem_from("theorem t\nclaim n ≥ 1\ndraw stronly-convex\n", "t.theorem");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with(
        "t.theorem:3:6: there is no class of instances 'stronly-convex'; did you mean "
        "'strongly-convex'?"))
        << e.what();
  }
}

TEST(FromFileTest, RefusesABatchThatIsNone) {
  for (const char* batch : {"1/2", "0", "2 − 3", "1e9"}) {
    try {
      theorem_from(std::string("theorem t\nclaim n ≥ 1\ndraw bounded with B = ") + batch + "\n",
                   "t.theorem");
      ADD_FAILURE() << batch;
    } catch (const InputError& e) {
      EXPECT_TRUE(std::string(e.what()).starts_with(
          "t.theorem:3:23: expected a whole number from 1 to 1000000"))
          << e.what();
    }
  }
}

TEST(FromFileTest, DrawsBoxesBatchesAndInterpolatedProblems) {
  const Theorem theorem = theorem_from(
      "theorem t\nclaim n ≥ 1\ndraw strongly-convex with W = box and B = 3, "
      "rank-deficient with interpolation\n",
      "t.theorem");
  for (int i = 1; i < 20; ++i) {
    const Instance boxed = theorem.adapted(InstanceClass::strongly_convex,
                                           draw(InstanceClass::strongly_convex, 1, i), i);
    EXPECT_EQ(boxed.problem.domain.kind(), Domain::Kind::box);
    EXPECT_LE(boxed.run.iterations, 5);
    EXPECT_EQ(boxed.run.batches, std::vector<long>{3});
    EXPECT_EQ(boxed.problem.domain.lower() == boxed.run.start, i % 2 == 1);
    const Instance interpolated = theorem.adapted(InstanceClass::rank_deficient,
                                                  draw(InstanceClass::rank_deficient, 1, i), i);
    const Evaluation evaluation(interpolated);
    EXPECT_EQ(Case(evaluation).interpolation(), Truth::yes);
  }
}

TEST(FromFileTest, DrawsStepsAsItSays) {
  const Theorem theorem = theorem_from(
      "theorem t\nassume γ ≤ 1/L_max\nclaim n ≥ 1\ndraw strongly-convex with γ = 1/L_max\n",
      "t.theorem");
  const Instance drawn = draw(InstanceClass::strongly_convex, 1, 6);
  const Instance adapted = theorem.adapted(InstanceClass::strongly_convex, drawn, 6);
  const Evaluation evaluation(adapted);
  const Case c(evaluation);
  EXPECT_EQ((c.gamma() * c.coupled().component_beta() == 1).truth(), Truth::yes);
  EXPECT_EQ(check(theorem.statement, adapted).verdict, Verdict::proved);
  // The last of the shares is just beyond what is allowed.
  const Instance beyond = theorem.adapted(InstanceClass::strongly_convex, drawn, 5);
  EXPECT_EQ(check(theorem.statement, beyond).verdict, Verdict::not_applicable);
}

TEST(FromFileTest, TriesWhatIsGivenBeyondTheBest) {
  const Theorem theorem =
      theorem_from("theorem t\ngiven L ≥ L_max\nassume γ·L ≤ 1\nclaim γ·L ≤ 1\n", "t.theorem");
  const Theorem wrong =
      theorem_from("theorem u\ngiven L ≥ L_max\nclaim L ≤ 3/2·L_max\n", "u.theorem");
  const Instance drawn = draw(InstanceClass::strongly_convex, 1, 6);
  EXPECT_NE(check(theorem.statement, drawn).verdict, Verdict::refuted);
  EXPECT_EQ(check(wrong.statement, drawn).verdict, Verdict::refuted);
}

}  // namespace
}  // namespace graddiv
