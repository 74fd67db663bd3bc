#include "theorems/edges.h"

#include <gtest/gtest.h>

#include "claim/check.h"
#include "formula/typeset.h"
#include "instances/classes.h"
#include "theorems/catalogue.h"
#include "theorems/from_file.h"

namespace graddiv {
namespace {

std::vector<std::string> edges_in(const std::string& hypotheses) {
  std::vector<std::string> result;
  for (const Edge& edge : edges_of(parse_theorem("theorem t\n" + hypotheses + "claim n ≥ 1\n"))) {
    const char* const relation = edge.kind == Edge::Kind::equal     ? "= "
                                 : edge.kind == Edge::Kind::at_most ? "≤ "
                                                                    : "≥ ";
    result.push_back((edge.of == Edge::Of::step ? "γ " : "B ") + std::string(relation) +
                     to_unicode(edge.threshold.bound));
  }
  return result;
}

using Words = std::vector<std::string>;

TEST(EdgesTest, AreWhatHypothesesSayOfTheStepOrElseOfTheBatch) {
  EXPECT_EQ(edges_in("assume 0 < γ < 1/L_max\n"), Words{"γ ≤ 1/L_max"});
  EXPECT_EQ(edges_in("assume γ·B·(L_max + λ) ≤ 2\n"), Words{"γ ≤ 2/(L_max + λ)/B"});
  EXPECT_EQ(edges_in("assume B ≤ 1 + n/2\n"), Words{"B ≤ 1 + n/2"});
  EXPECT_EQ(edges_in("assume B ≥ 2\nassume γ ≥ 0 and F is convex\n"), Words{});
  EXPECT_EQ(edges_in("assume γ ≥ 1/L_max\n"), Words{"γ ≥ 1/L_max"});
  EXPECT_EQ(edges_in("assume η ≤ 1/β\n"), Words{"γ ≤ 1/β/B"}) << "η = γ·B";
  EXPECT_EQ(edges_in("constants c = 2\nlet L = c·β\nassume γ ≤ 1/L\n"), Words{"γ ≤ 1/(2·β)"});
  EXPECT_EQ(edges_in("given L ≥ L_max\nassume γ·L ≤ 1\n"), Words{"γ ≤ 1/L_max"});
  EXPECT_EQ(edges_in("assume 1 = γ·L_max\nassume B = 3\n"), (Words{"γ = 1/L_max", "B = 3"}));
  EXPECT_EQ(edges_in("assume γ·L_max + γ·β ≤ 1\nassume γ ≠ 1/L_max\n"), Words{}) << "twice, and no";
}

/// The number of the instance at an edge in every five: 0, 6, 12, 18, 24, 25, …
int at_edge_of(int five) { return 5 * five + five % 5; }

std::vector<Verdict> verdicts_at_edges(const Theorem& theorem, int count) {
  std::vector<Verdict> result;
  for (int five = 0; five < count; ++five) {
    const Instance drawn = theorem.drawn_from[0].instance(1, at_edge_of(five));
    result.push_back(check(theorem.statement, drawn).verdict);
  }
  return result;
}

// At the threshold, below it and beyond it in turn.
TEST(EdgesTest, AreMetAndMissedByOneInFiveOfAFilesInstances) {
  using enum Verdict;
  const Theorem weak = theorem_from(
      "theorem t\nassume γ·B·L_max ≤ 1\nclaim n ≥ 1\ndraw quadratics with d = 1 and spectrum = "
      "1/2..2\n",
      "t.theorem");
  EXPECT_EQ(verdicts_at_edges(weak, 6),
            (std::vector<Verdict>{proved, proved, not_applicable, proved, proved, not_applicable}));
  const Theorem strict = theorem_from(
      "theorem t\nassume γ·B·L_max < 1\nclaim n ≥ 1\ndraw quadratics with d = 1 and spectrum = "
      "1/2..2\n",
      "t.theorem");
  EXPECT_EQ(verdicts_at_edges(strict, 3),
            (std::vector<Verdict>{not_applicable, proved, not_applicable}));
  const Theorem batch = theorem_from(
      "theorem t\nassume B ≤ n\nclaim n ≥ 1\ndraw quadratics with d = 1 and n = 3\n", "t.theorem");
  EXPECT_EQ(verdicts_at_edges(batch, 3), (std::vector<Verdict>{proved, proved, not_applicable}));
  std::vector<long> batches;
  for (int five = 0; five < 3; ++five)
    batches.push_back(batch.drawn_from[0].instance(1, at_edge_of(five)).run.batch(0));
  EXPECT_EQ(batches, (std::vector<long>{3, 2, 4}));
}

// B = 1 everywhere, but where it is the equation that just fails.
TEST(EdgesTest, MeetTheEquationsBesideThem) {
  using enum Verdict;
  const Theorem theorem = theorem_from(
      "theorem t\nassume B = 1\nassume γ·L_max ≤ 1\nclaim n ≥ 1\ndraw quadratics with d = 1\n",
      "t.theorem");
  EXPECT_EQ(verdicts_at_edges(theorem, 6),
            (std::vector<Verdict>{proved, proved, not_applicable, proved, proved, not_applicable}));
  const Theorem step = theorem_from(
      "theorem t\nassume γ·B·L_max = 1\nclaim n ≥ 1\ndraw quadratics with d = 1\n", "t.theorem");
  EXPECT_EQ(verdicts_at_edges(step, 3),
            (std::vector<Verdict>{proved, not_applicable, not_applicable}));
}

TEST(EdgesTest, AreLeftOutWhereTheDrawSaysTheStep) {
  const std::string claim = "theorem t\nassume γ ≤ 1/L_max and B ≤ n\nclaim n ≥ 1\ndraw convex";
  const auto drawn = [&](const std::string& change) {
    return theorem_from(claim + change + "\n", "t.theorem").drawn_from[0];
  };
  EXPECT_FALSE(drawn("").is_as_registered);
  EXPECT_EQ(to_text(drawn("").instance(1, 3)), to_text(draw(InstanceClass::convex, 1, 3)));
  EXPECT_NE(to_text(drawn("").instance(1, 6)), to_text(draw(InstanceClass::convex, 1, 6)));
  EXPECT_EQ(drawn(" with B = 2").instance(1, 18).run.batches, std::vector<long>{2});
  for (int i = 0; i < 20; ++i) {
    const Rational step = drawn(" with γ = 7").instance(1, i).run.steps.front();
    EXPECT_TRUE(step == 7 || step == Rational(7, 2) || step == Rational(7, 10) ||
                step == Rational(63, 10) || step == Rational(707, 100));
  }
  for (const Theorem& theorem : theorems())
    for (const DrawnFrom& from : theorem.drawn_from)
      EXPECT_TRUE(from.is_as_registered) << theorem.id;
}

}  // namespace
}  // namespace graddiv
