#include "campaign/readable.h"

#include <gtest/gtest.h>

#include "sgd/shrink.h"

namespace graddiv {
namespace {

Instance read(const std::string& problem, const std::string& run) {
  return read_instance(JsonReader::from_text(witness(problem, run), "test"));
}

const Instance& valley() {
  static const Instance instance =
      read(R"("family": "quadratic", "dimension": 2, "functions": [
                {"A": [["7/3", "1/5"], ["1/5", "4"]], "c": ["1/7", "2"]},
                {"A": [["9/4", "0"], ["0", "3"]], "c": ["-2", "5/3"]}])",
           R"("start": ["11/3", "-5"], "step": "7/5", "batch": 3, "iterations": 4)");
  return instance;
}

Instance shrunk(const Statement& statement, const Instance& instance) {
  const Readable readable(instance, check(statement, instance));
  const auto keeps = [&](const Instance& smaller) {
    const Finding finding = check(statement, smaller);
    return finding.verdict == Verdict::refuted && readable.allows(smaller, finding);
  };
  return shrink(instance, keeps, 1000);
}

Statement claim(const std::function<Comparison(const Case&)>& of) {
  return Statement().claims([of](const Case& c) {
    return std::vector<Conclusion>{{"the start", Truth::yes, of(c)}};
  });
}

TEST(Readable, KeepsOffTheCornersWhereNothingMoves) {
  // False of every run: with γ = 0, β = 0 and w_0 = w* it would say the least.
  const Instance smallest = shrunk(
      claim([](const Case& c) { return Enclosure(2) <= Enclosure(1) + 0 * c.gamma(0); }), valley());
  EXPECT_GT(smallest.run.steps.front(), 0);
  EXPECT_EQ(smallest.problem.dimension(), 1);
  EXPECT_EQ(smallest.problem.size(), 1);
  const Evaluation evaluation(smallest);
  const Case c(evaluation);
  EXPECT_EQ((c.beta() > 0).truth(), Truth::yes);
  EXPECT_EQ((c.distance(0) > 0).truth(), Truth::yes);
}

TEST(Readable, AllowsTheCornersThatWereThere) {
  Instance still = valley();
  still.run.steps = {0};
  const Instance smallest =
      shrunk(claim([](const Case&) { return Enclosure(2) <= Enclosure(1); }), still);
  EXPECT_EQ(smallest.run.steps.front(), 0);
}

// B ≤ 10: 11 would do, but is hardly more than 10.
TEST(Readable, KeepsTheSidesClearlyApart) {
  const Statement few = claim([](const Case& c) { return c.B() <= Enclosure(10); });
  Instance many = valley();
  many.run.batches = {40};
  EXPECT_EQ(shrunk(few, many).run.batches.front(), 13);
  many.run.batches = {12};
  EXPECT_EQ(shrunk(few, many).run.batches.front(), 12) << "no closer than they were";
}

TEST(Readable, KeepsDirectionsOfDifferentCurvatureApart) {
  const Instance smallest =
      shrunk(claim([](const Case& c) { return c.d() <= Enclosure(1); }), valley());
  EXPECT_EQ(smallest.problem.dimension(), 2);
  const Evaluation evaluation(smallest);
  const Case c(evaluation);
  EXPECT_EQ((c.lambda() < c.beta()).truth(), Truth::yes);
}

TEST(Readable, MeasuresTheWorstOfWhatIsFalse) {
  const Statement two = Statement().claims([](const Case&) {
    return std::vector<Conclusion>{{"a", Truth::yes, Enclosure(2) <= Enclosure(1)},
                                   {"b", Truth::yes, Enclosure(4) <= Enclosure(-4)},
                                   {"c", Truth::no, Enclosure(9) <= Enclosure(-90)},
                                   {"d", Truth::yes, Enclosure(1) <= Enclosure(90)}};
  });
  EXPECT_EQ(gap_of(check(two, valley())), Rational(2));
  EXPECT_EQ(gap_of(check(claim([](const Case&) { return Enclosure(0) <= 1; }), valley())),
            std::nullopt);
}

}  // namespace
}  // namespace graddiv
