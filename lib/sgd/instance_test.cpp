#include "sgd/instance.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

Run any_run(int d) {
  Run run;
  run.start = test::vector(d);
  run.iterations = test::integer(0, 4);
  const auto count = [&] { return *rc::gen::arbitrary<bool>() ? 1 : run.iterations; };
  for (int k = count(); k > 0; --k) run.steps.push_back(test::rational());
  for (int k = count(); k > 0; --k) run.batches.push_back(test::integer(1, 1'000'000'001));
  return run;
}

Mechanism any_mechanism() {
  const auto sharing =
      *rc::gen::arbitrary<bool>() ? Mechanism::Sharing::shared : Mechanism::Sharing::fresh;
  switch (test::integer(0, 4)) {
    case 0:
      return Mechanism::dropout(Rational(1, test::integer(1, 5)), sharing);
    case 1:
      return Mechanism::langevin(abs(test::rational()), sharing);
    case 2:
      return Mechanism::quantization(test::integer(1, 5), sharing);
    default:
      return {};
  }
}

Instance read_text(const std::string& text) {
  return read_instance(JsonReader::from_text(text, "test.json"));
}

const char* const descent = R"({ "format": "graddiv-instance/1",
  "problem": { "family": "linear", "dimension": 1, "functions": [ { "a": [1] }, { "a": [2] } ] },
  "run": { "start": [0], "step": {"rule": "c/k", "c": "1/2", "offset": 2}, "batch": "full",
           "iterations": 3 } })";

TEST(Instance, ARuleMakesItsStepsAndIsKept) {
  const Instance instance = read_text(descent);
  EXPECT_EQ(instance.run.steps,
            (std::vector<Rational>{Rational(1, 4), Rational(1, 6), Rational(1, 8)}));
  const auto step = to_json(instance).at("run").at("step");
  EXPECT_EQ(step.dump(), R"({"rule":"c/k","c":"1/2","offset":2})");
  EXPECT_EQ(to_json(read_text(to_text(instance))), to_json(instance));
  Instance other = instance;  // steps of its own
  other.run.steps.back() = 1;
  EXPECT_EQ(to_json(other).at("run").at("step").dump(), R"(["1/4","1/6","1"])");
}

TEST(Instance, AFullBatchIsEveryFunctionOnce) {
  const Instance instance = read_text(descent);
  EXPECT_TRUE(instance.run.full_batch);
  EXPECT_EQ(instance.run.batch(2), 2);
  EXPECT_EQ(instance.run.evaluations(3), 6);
  EXPECT_EQ(to_json(instance).at("run").at("batch"), "full");
  EXPECT_TRUE(read_text(to_text(instance)).run.full_batch);
}

TEST(Instance, KeepsARuleWithRootsByItsText) {
  std::string text = descent;
  const auto at = text.find("\"step\":");
  const auto end = text.find("},", at);
  text.replace(at, end - at, R"r("step": {"rule": "c/sqrt(k)", "c": "1/2", "offset": 2)r");
  const Instance instance = read_text(text);
  EXPECT_TRUE(instance.run.has_irrational_steps());
  EXPECT_TRUE(instance.run.steps.empty());
  const auto json = to_json(instance);
  EXPECT_EQ(json.at("run").at("step").at("rule"), "c/sqrt(k)");
  EXPECT_EQ(json.at("run").at("step").at("offset"), 2);
  EXPECT_EQ(to_json(read_text(to_text(instance))), json);
  Instance other = instance;
  other.run.steps = {Rational(1, 3)};  // other steps are written as such
  EXPECT_FALSE(other.run.has_irrational_steps());
  EXPECT_EQ(to_json(other).at("run").at("step"), "1/3");
}

// A function of any family in the place of another.
TEST(Instance, OfSeveralFamiliesHasNeighboursOfAny) {
  const Instance instance = read_text(R"({ "format": "graddiv-instance/1",
    "problem": { "family": "sum", "regularization": 3, "parts": [
      { "family": "linear", "dimension": 1, "functions": [ { "a": [1] }, { "a": [2] } ] },
      { "family": "least-squares", "dimension": 1, "rows": [[1]], "targets": [2] } ] },
    "run": { "start": [0], "step": 1, "batch": 1, "iterations": 1 },
    "neighbour": { "index": 2, "replacement":
      { "family": "quadratic", "dimension": 1, "functions": [ { "A": [[7]], "c": [1] } ] } } })");
  EXPECT_EQ(instance.neighbour->replacement->facts(0).quadratic->A(0, 0), 10);
  const auto json = to_json(instance);
  EXPECT_EQ(json.at("neighbour").at("replacement").at("family"), "sum");
  EXPECT_EQ(to_json(read_text(to_text(instance))), json);
}

// Both data sets have the regularization of the problem.
TEST(Instance, ANeighbourHasTheRegularizationToo) {
  const Instance instance = read_text(R"({ "format": "graddiv-instance/1",
    "problem": { "family": "linear", "dimension": 1, "regularization": 3,
                 "functions": [ { "a": [1] }, { "a": [2] } ] },
    "run": { "start": [0], "step": 1, "batch": 1, "iterations": 1 },
    "neighbour": { "index": 1, "replacement":
      { "family": "linear", "dimension": 1, "functions": [ { "a": [-1], "offset": 7 } ] } } })");
  EXPECT_EQ(instance.neighbour->replacement->facts(0).quadratic->A(0, 0), 3);
  EXPECT_EQ(to_json(read_text(to_text(instance))), to_json(instance));
}

RC_GTEST_PROP(Instance, WritingAndReadingGivesTheSameInstance, ()) {
  const auto sum = test::any_sum();
  Instance instance{{sum, test::any_domain(sum->dimension())}, any_run(sum->dimension())};
  instance.run.mechanism = any_mechanism();
  const Instance again = read_text(to_text(instance));
  RC_ASSERT(to_json(again) == to_json(instance));
  RC_ASSERT(again.run.start == instance.run.start);
  RC_ASSERT(again.run.steps == instance.run.steps);
  RC_ASSERT(again.run.batches == instance.run.batches);
  RC_ASSERT(again.run.iterations == instance.run.iterations);
  RC_ASSERT(again.run.mechanism.to_json() == instance.run.mechanism.to_json());
  RC_ASSERT(again.problem.domain.kind() == instance.problem.domain.kind());
  const Vector<Enclosure> w = enclose(test::vector(sum->dimension()));
  RC_ASSERT(objective(again.problem, w).same_as(objective(instance.problem, w)));
  RC_ASSERT(test::written(again.problem.domain.project(w)) ==
            test::written(instance.problem.domain.project(w)));
}

TEST(Instance, ReadsTheExampleOfTheFormat) {
  const Instance instance = read_text(R"({ "format": "graddiv-instance/1",
      "title": "An example", "comment": "free text",
      "problem": { "family": "quadratic", "dimension": 2,
                   "functions": [
                     { "A": [["2","0"],["0","1/3"]], "c": ["1","-1/2"], "offset": "0" } ],
                   "domain": { "kind": "all" } },
      "run": { "start": ["0","0"], "step": "1/64", "batch": 4, "iterations": 20 } })");
  EXPECT_EQ(instance.problem.size(), 1);
  EXPECT_EQ(instance.problem.dimension(), 2);
  EXPECT_EQ(instance.problem.sum->facts(0).quadratic->A.dense(), mat({{"2", "0"}, {"0", "1/3"}}));
  EXPECT_EQ(instance.problem.domain.kind(), Domain::Kind::all);
  EXPECT_EQ(instance.run.start, vec({"0", "0"}));
  EXPECT_EQ(instance.run.steps, std::vector<Rational>{Rational(1, 64)});
  EXPECT_EQ(instance.run.batches, std::vector<long>{4});
  EXPECT_EQ(instance.run.iterations, 20);
}

TEST(Instance, DefaultsAreNoOffsetAndNoDomain) {
  const Instance instance = read_text(R"({"format": "graddiv-instance/1",
      "problem": {"family": "linear", "dimension": 1, "functions": [{"a": [0.1]}]},
      "run": {"start": [-1e-2], "step": [0.5, "-1/3"], "batch": [1, 2], "iterations": 2}})");
  EXPECT_EQ(instance.problem.domain.kind(), Domain::Kind::all);
  EXPECT_EQ(instance.problem.sum->facts(0).quadratic->b, vec({"1/10"}));
  EXPECT_EQ(instance.problem.sum->facts(0).quadratic->c, 0);
  EXPECT_EQ(instance.run.start, vec({"-1/100"}));
  EXPECT_EQ(instance.run.step(1), Rational(-1, 3));
  EXPECT_EQ(instance.run.batch(1), 2);
}

TEST(Instance, NoIterationsGoWithEmptyLists) {
  const Instance instance = read_text(R"({"format": "graddiv-instance/1",
      "problem": {"family": "linear", "dimension": 1, "functions": [{"a": [1]}]},
      "run": {"start": [0], "step": [], "batch": [], "iterations": 0}})");
  EXPECT_EQ(instance.run.iterations, 0);
  EXPECT_TRUE(instance.run.steps.empty());
  EXPECT_EQ(instance.run.evaluations(0), 0);
}

RC_GTEST_PROP(Instance, WritingAndReadingGivesTheSameNeighbour, ()) {
  const auto all = test::any_sum();
  const int n = all->size();
  Instance instance{{all, test::any_domain(all->dimension())}, any_run(all->dimension())};
  instance.neighbour = Neighbour{test::integer(0, n), select(all, {test::integer(0, n)})};
  const Instance again = read_text(to_text(instance));
  RC_ASSERT(to_json(again) == to_json(instance));
  RC_ASSERT(again.neighbour->index == instance.neighbour->index);
  const Vector<Enclosure> w = enclose(test::vector(all->dimension()));
  RC_ASSERT(again.neighbour->replacement->value(0, w).same_as(
      instance.neighbour->replacement->value(0, w)));
}

TEST(Instance, ReadsANeighbouringDataSet) {
  const Instance instance = read_text(R"({"format": "graddiv-instance/1",
      "problem": {"family": "linear", "dimension": 1, "functions": [{"a": [1]}, {"a": [2]}]},
      "run": {"start": [0], "step": 1, "batch": 1, "iterations": 1},
      "neighbour": {"index": 1, "replacement":
        {"family": "linear", "dimension": 1, "functions": [{"a": ["-1/2"]}]}}})");
  ASSERT_TRUE(instance.neighbour);
  EXPECT_EQ(instance.neighbour->index, 1);
  EXPECT_EQ(test::written(instance.neighbour->replacement->gradient(0, enclose(vec({"0"})))),
            "-1/2");
}

TEST(Instance, ReadsEveryLossAndDomain) {
  const Instance instance = read_text(R"({"format": "graddiv-instance/1",
      "problem": {"family": "glm", "dimension": 2, "loss": "huber", "tau": "3/2",
                  "rows": [[1, 2], [0, 1]], "targets": [1, -1],
                  "domain": {"kind": "ball", "center": [0, 0], "radius": "3"}},
      "run": {"start": [0, 0], "step": 1, "batch": 1, "iterations": 1}})");
  EXPECT_EQ(instance.problem.domain.radius(), 3);
  // r = 5 − 1 = 4 > τ: the gradient is τ x.
  EXPECT_EQ(test::written(instance.problem.sum->gradient(0, enclose(vec({"1", "2"})))), "3/2, 3");
  for (const char* loss : {"squared", "geman-mcclure", "sine", "logistic"}) {
    const std::string text = std::string(R"({"family": "glm", "dimension": 1, "loss": ")") + loss +
                             R"(", "rows": [[1]], "targets": [1]})";
    EXPECT_EQ(read_problem(JsonReader::from_text(text, "f")).sum->to_json()["loss"], loss);
  }
}

TEST(Instance, OtherRoomsMayAddFamilies) {
  std::vector<FamilyEntry> known = families();
  known.push_back({"construction", "a name", [](const JsonReader& reader) {
                     reader.allow_only({"family", "domain", "name"});
                     reader.at("name").one_of({"abs"});
                     return linear_sum(mat({{"1"}, {"-1"}}), vec({"0", "0"}));
                   }});
  const auto reader = JsonReader::from_text(
      R"({"family": "construction", "name": "abs",
          "domain": {"kind": "box", "lower": [-1], "upper": [1]}})",
      "f");
  const Problem problem = read_problem(reader, known);
  EXPECT_EQ(problem.size(), 2);
  EXPECT_EQ(problem.domain.kind(), Domain::Kind::box);
  EXPECT_THROW(read_problem(reader), InputError);
}

TEST(Instance, IsWrittenForPeople) {
  std::vector<QuadraticTerm> terms(2, {mat({{"2", "0"}, {"0", "1/3"}}), vec({"1", "-1/2"}), 0});
  const Instance instance{{quadratic_sum(terms)}, {vec({"0", "0"}), {Rational(1, 64)}, {4}, 20}};
  EXPECT_EQ(to_text(instance), R"({
  "format": "graddiv-instance/1",
  "problem": {
    "family": "quadratic",
    "dimension": 2,
    "functions": [
      { "A": [["2", "0"], ["0", "1/3"]], "c": ["1", "-1/2"], "offset": "0" },
      { "A": [["2", "0"], ["0", "1/3"]], "c": ["1", "-1/2"], "offset": "0" }
    ],
    "domain": { "kind": "all" }
  },
  "run": { "start": ["0", "0"], "step": "1/64", "batch": 4, "iterations": 20 }
}
)");
}

}  // namespace
}  // namespace graddiv
