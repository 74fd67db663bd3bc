#include "campaign/mutants.h"

#include <gtest/gtest.h>

#include "number/rational.h"

namespace graddiv {
namespace {

// The claim n ≤ limit; the witnesses below have n = 3 functions.
Statement at_most(int limit) {
  Statement s;
  s.claims([limit](const Case& c) {
    return std::vector<Conclusion>{{"the size", Truth::yes, c.n() <= limit}};
  });
  return s;
}

constexpr auto three_functions = R"({"format": "graddiv-instance/1",
  "problem": {"family": "linear", "dimension": 1,
              "functions": [{"a": ["1"]}, {"a": ["1"]}, {"a": ["2"]}], "domain": {"kind": "all"}},
  "run": {"start": ["0"], "step": "1", "batch": 1, "iterations": 0}})";

Theorem theorem(int limit) {
  Theorem t;
  t.id = "small";
  t.statement = at_most(limit);
  return t;
}

MutantFinding find(int true_limit, int false_limit, const std::string& witness = three_functions) {
  return check_mutant(theorem(true_limit), {"smaller", "$3 \\to 2$", "3 → 2", at_most(false_limit),
                                            witness, "small:7:3"});
}

TEST(Mutants, AreAsTheyShouldBeWhereOnlyTheTruthSurvives) {
  const auto found = find(3, 2);
  EXPECT_TRUE(found.record.as_it_should_be());
  EXPECT_EQ(found.verdict, Verdict::refuted);
  EXPECT_EQ(found.record.truth, Verdict::proved);
  EXPECT_EQ(found.record.theorem, "small");
  EXPECT_EQ(found.record.mutant, "smaller");
  EXPECT_EQ(found.record.evidence, Evidence::exact);
  EXPECT_EQ(found.record.ratio, "1.5");
  EXPECT_NE(found.record.reason.plain().find("3 ≤ 2 is false"), std::string::npos);
}

TEST(Mutants, HaveTheirWitnessesShrunkAsFarAsTheyRefute) {
  const auto smallest = [](const MutantFinding& found) {
    return read_instance(JsonReader::from_text(found.record.smallest, "smallest"));
  };
  EXPECT_EQ(smallest(find(3, 1)).problem.size(), 2);
  EXPECT_EQ(smallest(find(3, 2)).problem.size(), 3);
  EXPECT_EQ(find(3, 4).record.smallest, "");
}

// On the way to a smaller witness a mutant may be undefined: no reason to leave it there.
TEST(Mutants, AreShrunkAroundWhereTheyAreUndefined) {
  Mutant of_many{"smaller", "", "", {}, three_functions, "small:7:3"};
  of_many.statement.claims([](const Case& c) -> std::vector<Conclusion> {
    if ((c.n() < 3).truth() == Truth::yes) throw ArithmeticError("division of 1 by zero");
    return {{"", Truth::yes, c.n() <= 2}};
  });
  const auto found = check_mutant(theorem(3), of_many);
  EXPECT_TRUE(found.record.as_it_should_be());
  EXPECT_NE(found.record.smallest, "");
  EXPECT_EQ(found.record.truth, Verdict::proved);
  EXPECT_NE(found.record.reason.plain().find("3 ≤ 2 is false"), std::string::npos);
}

TEST(Mutants, ThatAreTrueAreNotAsTheyShouldBe) {
  const auto found = find(3, 4);
  EXPECT_FALSE(found.record.as_it_should_be());
  EXPECT_FALSE(found.record.refuted);
  EXPECT_EQ(found.record.ratio, "");
}

TEST(Mutants, MustNotTakeTheTheoremDownWithThem) {
  const auto found = find(2, 1);
  EXPECT_TRUE(found.record.refuted);
  EXPECT_EQ(found.record.truth, Verdict::refuted);
  EXPECT_FALSE(found.record.as_it_should_be());
}

TEST(Mutants, RatiosAreRoundedTowardsOne) {
  const auto found = find(3, 7);
  EXPECT_EQ(found.record.ratio, "");
  Theorem t = theorem(3);
  Mutant equal{"equal", "", "", {}, three_functions, "small:7:3"};
  equal.statement.claims([](const Case& c) {
    return std::vector<Conclusion>{{"", Truth::yes, Enclosure(7) == c.n()}};
  });
  // = has the ratio right/left: 3/7 = 0.4285714…
  EXPECT_EQ(check_mutant(t, equal).record.ratio, "0.428572");
}

TEST(Mutants, AWitnessThatCannotBeReadIsToldOf) {
  const auto found = find(3, 2, "{\"format\": \"something else\"}");
  EXPECT_FALSE(found.record.as_it_should_be());
  EXPECT_NE(found.record.reason.plain().find("small:7:3, witness of smaller"), std::string::npos);
  EXPECT_NE(found.record.reason.plain().find("something else"), std::string::npos);
}

}  // namespace
}  // namespace graddiv
