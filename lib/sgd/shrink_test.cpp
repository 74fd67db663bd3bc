#include "sgd/shrink.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace graddiv {
namespace {

Instance instance() {
  return read_instance(JsonReader::from_text(R"({
    "format": "graddiv-instance/1",
    "problem": { "family": "quadratic", "dimension": 2,
      "functions": [ { "A": [["2", "1/3"], ["1/3", "5/7"]], "c": ["1/2", "-3"], "offset": "9/4" },
                     { "A": [["1", "0"], ["0", "4"]], "c": ["0", "17/5"] },
                     { "A": [["-1", "2"], ["2", "0"]], "c": ["1", "1"] } ],
      "domain": { "kind": "box", "lower": ["-1", "-2"], "upper": ["3/2", "2"] } },
    "run": { "start": ["1/7", "13/9"], "step": "3/64", "batch": 12, "iterations": 9 },
    "neighbour": { "index": 2, "replacement": { "family": "quadratic", "dimension": 2,
      "functions": [ { "A": [["1", "0"], ["0", "4"]], "c": ["0", "17/5"] } ] } } })",
                                             "a big instance"));
}

TEST(Shrinking, LeavesNothingThatIsNotNeeded) {
  const Instance smallest = shrink(
      instance(), [](const Instance&) { return true; }, 10'000);
  EXPECT_EQ(smallest.problem.size(), 1);
  EXPECT_EQ(smallest.problem.dimension(), 1);
  EXPECT_FALSE(smallest.problem.domain.is_bounded());
  EXPECT_EQ(smallest.run.iterations, 0);
  EXPECT_EQ(smallest.run.batch(0), 1);
  EXPECT_EQ(smallest.run.step(0), 0);
  EXPECT_EQ(smallest.run.start(0), 0);
  EXPECT_EQ(smallest.problem.sum->facts(0).quadratic->A(0, 0), 0);
  EXPECT_EQ(smallest.neighbour->index, 0);
}

TEST(Shrinking, TurnsEqualNumbersTogether) {
  const Instance corner = read_instance(JsonReader::from_text(R"({
    "format": "graddiv-instance/1",
    "problem": { "family": "quadratic", "dimension": 1,
      "functions": [ { "A": [["2"]], "c": ["0"] } ],
      "domain": { "kind": "box", "lower": ["-15"], "upper": ["15"] } },
    "run": { "start": ["-15"], "step": "3", "batch": 1, "iterations": 1 } })",
                                                              "a corner"));
  const Instance smallest = shrink(
      corner,
      [](const Instance& i) {
        return i.problem.domain.is_bounded() && i.run.start(0) < 0 &&
               i.problem.domain.lower()(0) == i.run.start(0) &&
               i.problem.domain.upper()(0) == -i.run.start(0);
      },
      10'000);
  EXPECT_EQ(smallest.run.start(0), -1);
  EXPECT_EQ(smallest.problem.domain.upper()(0), 1);
}

TEST(Shrinking, KeepsWhatIsNeeded) {
  const auto needed = [](const Instance& i) {
    return i.problem.size() >= 2 && i.problem.dimension() == 2 && i.run.batch(0) > 4 &&
           i.run.start(1) > Rational(1, 3) && i.problem.domain.is_bounded() &&
           i.problem.sum->facts(0).quadratic->A(0, 1) > 0;
  };
  const Instance smallest = shrink(instance(), needed, 10'000);
  EXPECT_TRUE(needed(smallest));
  EXPECT_EQ(smallest.problem.size(), 2);
  EXPECT_EQ(smallest.run.batch(0), 5);
  EXPECT_EQ(smallest.run.start(0), 0);
  EXPECT_EQ(smallest.run.start(1), 1);
  EXPECT_EQ(smallest.run.iterations, 0);
  EXPECT_EQ(smallest.problem.sum->facts(0).quadratic->A(0, 1), 1);
}

// The two functions that are needed stand in parts of their own; the neighbour moves with them.
TEST(Shrinking, LeavesOutPartsAndTheirFunctions) {
  const Instance mixed = read_instance(JsonReader::from_text(R"r({"format": "graddiv-instance/1",
      "problem": {"family": "sum", "parts": [
        {"family": "linear", "dimension": 2, "functions": [{"a": [1, 2]}, {"a": [3, 4]}]},
        {"family": "glm", "loss": "logistic", "dimension": 2, "rows": [[1, 0], [0, 1], [1, 1]],
         "targets": [1, -1, 1]},
        {"family": "max-affine", "dimension": 2,
         "functions": [{"pieces": [{"a": [1, 0]}, {"a": [-1, 0]}]}]}]},
      "run": {"start": [0, 0], "step": {"rule": "c/sqrt(k)", "c": "1/2"}, "batch": 1,
              "iterations": 3},
      "neighbour": {"index": 4, "replacement": {"family": "linear", "dimension": 2,
                                                "functions": [{"a": [0, 0]}]}}})r",
                                                             "mixed"));
  const auto needed = [](const Instance& i) {
    const auto& functions = i.problem.sum->facts().functions;
    return std::ranges::any_of(functions, [](const auto& f) { return f.max_affine != nullptr; }) &&
           !i.problem.sum->facts().is_rational && i.neighbour &&
           i.problem.sum->facts(i.neighbour->index).jumps.empty() &&
           !i.problem.sum->facts(i.neighbour->index).quadratic &&
           i.problem.sum->facts(i.neighbour->index).max_affine == nullptr;
  };
  ASSERT_TRUE(needed(mixed));
  const Instance smallest = shrink(mixed, needed, 10'000);
  EXPECT_TRUE(needed(smallest));
  EXPECT_EQ(smallest.problem.size(), 2);
  EXPECT_EQ(smallest.problem.dimension(), 1);
  EXPECT_EQ(smallest.neighbour->index, 0);
  EXPECT_FALSE(smallest.run.has_irrational_steps());
}

TEST(Shrinking, OfOnePartIsThatPart) {
  const Instance mixed = read_instance(JsonReader::from_text(R"({"format": "graddiv-instance/1",
      "problem": {"family": "sum", "regularization": 1, "parts": [
        {"family": "linear", "dimension": 1, "functions": [{"a": [1]}, {"a": [3]}]},
        {"family": "least-squares", "dimension": 1, "rows": [[1]], "targets": [1]}]},
      "run": {"start": [0], "step": 1, "batch": 1, "iterations": 1}})",
                                                             "mixed"));
  const Instance smallest = shrink(
      mixed, [](const Instance& i) { return i.problem.sum->facts(0).quadratic->A(0, 0) == 1; },
      10'000);
  EXPECT_EQ(smallest.problem.sum->family(), "linear");
  EXPECT_EQ(to_json(smallest).at("problem").at("regularization"), "1");
}

// A file that says how many functions there are, and in how many dimensions, in place of them.
TEST(Shrinking, LeavesOutFunctionsAndCoordinatesOfDrawnData) {
  std::string zeros = "0";
  for (int j = 1; j < 20; ++j) zeros += ", 0";
  const Instance large = read_instance(JsonReader::from_text(
      R"({"format": "graddiv-instance/1",
          "problem": {"family": "least-squares", "dimension": 20,
                      "drawn": {"functions": 300, "seed": 1, "targets": "numbers"}},
          "run": {"start": [)" +
          zeros + R"(], "step": "1/4", "batch": 2, "iterations": 3}})",
      "drawn data"));
  const auto needed = [](const Instance& i) {
    return i.problem.size() >= 7 && i.problem.dimension() >= 3;
  };
  const Instance smallest = shrink(large, needed, 100);
  EXPECT_EQ(smallest.problem.size(), 7);
  EXPECT_EQ(smallest.problem.dimension(), 3);
}

Instance with_lists_and_pieces() {
  return read_instance(JsonReader::from_text(R"({
    "format": "graddiv-instance/1",
    "problem": { "family": "max-affine", "dimension": 1,
      "functions": [ { "pieces": [ { "a": ["1"] }, { "a": ["-1"], "offset": "2" }, { "a": ["3"] } ]
    } ] },
    "run": { "start": ["0"], "step": ["1", "1/2", "1/3"], "batch": [4, 5, 6], "iterations": 3 },
    "neighbour": { "index": 0, "replacement": { "family": "max-affine", "dimension": 1,
      "functions": [ { "pieces": [ { "a": ["2"] }, { "a": ["-1"] } ] } ] } } })",
                                             "lists"));
}

TEST(Shrinking, MakesListsConstantAndDropsPieces) {
  const Instance smallest = shrink(
      with_lists_and_pieces(), [](const Instance& i) { return i.run.iterations > 0; }, 10'000);
  EXPECT_EQ(smallest.run.iterations, 1);
  EXPECT_EQ(smallest.run.steps.size(), 1U);
  EXPECT_EQ(smallest.run.batches, std::vector<long>{1});
  EXPECT_EQ(smallest.problem.sum->facts(0).max_affine->pieces.size(), 1U);
  EXPECT_EQ(smallest.neighbour->replacement->facts(0).max_affine->pieces.size(), 1U);
}

TEST(Shrinking, MakesBatchesThatMustVarySmall) {
  const Instance smallest = shrink(
      with_lists_and_pieces(),
      [](const Instance& i) { return i.run.batches.size() > 1 && i.run.batch(1) > i.run.batch(0); },
      10'000);
  EXPECT_EQ(smallest.run.batches, (std::vector<long>{1, 2}));
}

TEST(Shrinking, ShortensListsThatMustVary) {
  const auto varies = [](const Instance& i) {
    return !i.run.has_constant_step() && i.problem.sum->facts(0).max_affine->pieces.size() == 2;
  };
  const Instance smallest = shrink(
      with_lists_and_pieces(),
      [&](const Instance& i) {
        return i.run.iterations >= 2 && i.run.step(0) != i.run.step(1) &&
               i.problem.sum->facts(0).max_affine->pieces.size() >= 2;
      },
      10'000);
  EXPECT_TRUE(varies(smallest)) << to_text(smallest);
  EXPECT_EQ(smallest.run.iterations, 2);
  EXPECT_EQ(smallest.run.batches, std::vector<long>{1});
}

TEST(Shrinking, AsksNoMoreOftenThanItMay) {
  int asked = 0;
  const auto count = [&](const Instance&) { return ++asked > 0; };
  shrink(instance(), count, 7);
  EXPECT_EQ(asked, 7);
  EXPECT_EQ(to_text(shrink(instance(), count, 0)), to_text(instance()));
}

}  // namespace
}  // namespace graddiv
