#include "theorems/from_file.h"

#include <gtest/gtest.h>

#include "claim/check.h"
#include "formula/statement_of.h"
#include "formula/theorem_file.h"
#include "instances/classes.h"
#include "json/input_error.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

/// A built-in theorem from the file of the same name is the one that it is, whoever reads it.
TEST(FromFileTest, KnowsTheBuiltInTheorems) {
  const Theorem& theorem = find_theorem("rate-convex");
  EXPECT_EQ(&theorem_from_text(theorem.file_text, "copy.theorem"), &theorem);
  EXPECT_THROW(theorem_from_text(theorem.file_text + "# changed\n", "copy.theorem"), InputError);
}

/// The printer's text is read as the same file, and a claim stays one that a page can hold.
TEST(FromFileTest, PrintsTheBuiltInTheoremsAsTheyAreRead) {
  constexpr int most_lines = 40;
  for (const Theorem& theorem : theorems()) {
    const TheoremFile file = parse_theorem(theorem.file_text);
    const std::string canonical = printed(file);
    EXPECT_EQ(printed(parse_theorem(canonical)), canonical) << theorem.id;
    EXPECT_EQ(latex_of(parse_theorem(canonical)), theorem.latex) << theorem.id;
    TheoremFile claim = file;
    claim.mutants.clear();
    EXPECT_LE(std::ranges::count(printed(claim), '\n'), most_lines) << theorem.id;
  }
}

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
