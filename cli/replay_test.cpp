#include "campaign/counterexample.h"

#include <algorithm>
#include <functional>

#include "campaign/mutants.h"
#include "claim/check.h"
#include "cli/testing/tool.h"
#include "constructions/catalogue.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

class Replay : public testing::ToolTest {
 protected:
  // A counterexample to a mutant, as verify saves those to theorems, changed by `change`.
  std::string saved(const std::function<void(CounterexampleFile&)>& change = {},
                    const std::string& id = "second-moment") const {
    const auto& theorem = find_theorem(id);
    const auto& mutant = theorem.mutants.front();
    const auto reader = JsonReader::from_text(mutant.witness, "witness");
    CounterexampleFile file;
    file.statement = theorem.id;
    file.mutant = mutant.id;
    file.instance = read_instance(reader, families_and_constructions());
    const Finding finding = check(mutant.statement, file.instance);
    file.verdict = finding.verdict;
    file.evidence = finding.evidence;
    file.reason = finding.reason.plain();
    file.sides = sides_of(finding);
    file.version = "0.0.9";
    file.commit = "abc";
    if (change) change(file);
    return write("counterexample.json", to_text(file));
  }
};

TEST_F(Replay, FindsWhatWasRecorded) {
  const auto file = saved();
  const auto outcome = graddiv({"replay", file, "--json"});
  EXPECT_EQ(outcome.code, 1);  // it refutes
  const auto json = outcome.json();
  EXPECT_EQ(json.at("verdict"), "refuted");
  EXPECT_EQ(json.at("recorded"), "refuted");
  EXPECT_EQ(json.at("agrees"), true);
  EXPECT_TRUE(json.at("differences").empty());
  const auto text = graddiv({"replay", file});
  EXPECT_EQ(text.code, 1);
  EXPECT_NE(text.out.find("all is as recorded by graddiv 0.0.9 (abc)"), std::string::npos)
      << text.out;
}

// What runs refuted is refuted by the same ones: nothing else would give the same numbers.
TEST_F(Replay, MakesTheRunsAgainThatRefuted) {
  EvaluationOptions how;
  how.sampling = SamplingOptions{};
  how.sampling->runs = 20'000;
  how.sampling->seed = 3;
  how.sampling->instance = 8;
  how.error_level = {1, 1000};
  const auto by_runs = [&](CounterexampleFile& f) {
    const auto& mutants = find_theorem("rate-strongly-convex").mutants;
    const auto mutant = std::ranges::find(mutants, "three-times-step", &Mutant::id);
    f.mutant = mutant->id;
    f.instance = witness_of(*mutant, families());
    const Finding finding = check(mutant->statement, Evaluation(f.instance, how));
    f.verdict = finding.verdict;
    f.evidence = EvidenceName(finding.rests_on);
    f.reason = finding.reason.plain();
    f.sides = sides_of(finding);
    f.sampled = sampled_by(how, *f.evidence);
  };
  const auto json = graddiv({"replay", saved(by_runs, "rate-strongly-convex"), "--json"}).json();
  EXPECT_EQ(json.at("verdict"), "refuted");
  EXPECT_EQ(json.at("evidence"), "statistical");
  EXPECT_EQ(json.at("differences"), nlohmann::json::array());
  // Other runs give other numbers,
  const auto others = [&](CounterexampleFile& f) {
    by_runs(f);
    f.sampled->instance = 9;
  };
  const auto different = graddiv({"replay", saved(others, "rate-strongly-convex"), "--json"});
  EXPECT_EQ(different.json().at("agrees"), false);
  // and exactly it is another finding.
  const auto exactly = [&](CounterexampleFile& f) {
    by_runs(f);
    f.sampled.reset();
  };
  const auto other = graddiv({"replay", saved(exactly, "rate-strongly-convex"), "--json"}).json();
  EXPECT_EQ(other.at("evidence"), "exact");
  EXPECT_EQ(other.at("agrees"), false);
}

TEST_F(Replay, NamesEachDifferenceAndEndsWithOne) {
  const auto file = saved([](CounterexampleFile& f) {
    f.reason = "the old reason";
    f.sides->left = "7";
  });
  const auto outcome = graddiv({"replay", file});
  EXPECT_EQ(outcome.code, 1);
  for (const char* text : {"not as recorded by graddiv 0.0.9 (abc)", "recorded: the old reason",
                           "left side\n    recorded: 7\n    now:      "}) {
    EXPECT_NE(outcome.out.find(text), std::string::npos) << outcome.out;
  }
  const auto json = graddiv({"replay", file, "--json"}).json();
  EXPECT_EQ(json.at("agrees"), false);
  ASSERT_EQ(json.at("differences").size(), 2U);
  EXPECT_EQ(json["differences"][1].at("what"), "left side");
  EXPECT_EQ(json["differences"][1].at("recorded"), "7");
}

// Nothing stands in for the run of the file: as it was saved it agrees, and with half the step not.
TEST_F(Replay, ChecksTheRunThatIsInTheFile) {
  const std::string id = "rate-strongly-convex";
  EXPECT_EQ(graddiv({"replay", saved({}, id), "--json"}).json().at("differences"),
            nlohmann::json::array());
  const auto slower =
      saved([](CounterexampleFile& f) { f.instance.run.steps = {f.instance.run.step(0) / 2}; }, id);
  EXPECT_EQ(graddiv({"replay", slower, "--json"}).json().at("agrees"), false);
}

// What was refuted and is proved now is not as recorded, however good the news.
TEST_F(Replay, EndsWithOneWhereTheVerdictChanged) {
  const auto file = saved([](CounterexampleFile& f) { f.mutant.reset(); });
  const auto outcome = graddiv({"replay", file, "--json"});
  EXPECT_EQ(outcome.json().at("verdict"), "proved");
  EXPECT_EQ(outcome.code, 1);
  // A proof that is recorded as one ends with none.
  const auto proof = saved([](CounterexampleFile& f) {
    f.mutant.reset();
    f.verdict = Verdict::proved;
    f.reason = "";
    f.sides.reset();
  });
  EXPECT_EQ(graddiv({"replay", proof}).code, 0);
}

TEST_F(Replay, ShowsEveryConclusionWhereAsked) {
  const auto& theorem = find_theorem("rate-strongly-convex");
  const auto reader = JsonReader::from_text(theorem.mutants.front().witness, "witness");
  CounterexampleFile many;
  many.statement = theorem.id;
  many.instance = read_instance(reader, families_and_constructions());
  const auto file = write("many.json", to_text(many));
  EXPECT_NE(graddiv({"replay", file}).out.find("more (--all shows them)"), std::string::npos);
  EXPECT_EQ(graddiv({"replay", file, "--all"}).out.find("more (--all"), std::string::npos);
}

TEST_F(Replay, SendsInstancesToCheckAndRefusesTheRest) {
  const auto file = noise_floor();
  expect_bad_input(graddiv({"replay", file}), "graddiv check ID " + file);
  expect_bad_input(graddiv({"replay", "missing.json"}), "missing.json");
  auto text = read(saved());
  text.replace(text.find("second-moment"), 13, "first-moment!");
  expect_bad_input(graddiv({"replay", write("unknown.json", text)}), "first-moment!");
}

}  // namespace
}  // namespace graddiv::cli
