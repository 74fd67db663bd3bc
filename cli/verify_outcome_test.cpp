#include <filesystem>

#include "cli/testing/verify_tool.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

class OutcomeOfVerify : public testing::VerifyTool {};

// No theorem can be refuted, so a refutation is put into the store by hand.
TEST_F(OutcomeOfVerify, ARefutationEndsWithOneAndACounterexampleThatCanBeReplayed) {
  std::filesystem::create_directory(path("results"));
  const auto arguments = command({"--instances", "2", "--store", "results/s.sqlite"});
  ASSERT_EQ(graddiv(arguments).code, 0);
  {
    Store stored(path("results/s.sqlite"), Store::Mode::write);
    auto verdict = stored.verdicts("second-moment").at(1);
    verdict.verdict = Verdict::refuted;
    verdict.reason = "2 ≤ 1 is false";
    stored.write(verdict);
  }
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 1);
  const std::string file = "results/counterexample-second-moment-1.json";
  EXPECT_EQ(outcome.json().at("counterexamples"), nlohmann::json({file}));
  EXPECT_NE(outcome.err.find("second-moment is refuted by instance 1"), std::string::npos);
  EXPECT_NE(outcome.err.find("graddiv replay " + file), std::string::npos) << outcome.err;

  const auto replayed = graddiv({"replay", file, "--json"});
  EXPECT_EQ(replayed.code, 1) << replayed.err;  // it is proved, of course, hence not as recorded
  EXPECT_EQ(replayed.json().at("recorded"), "refuted");
  EXPECT_EQ(replayed.json().at("agrees"), false);
}

// No theorem has an error either.
TEST_F(OutcomeOfVerify, AnErrorInAStatementEndsWithTwoAndAnInstanceThatShowsItAgain) {
  const auto arguments = command({"--instances", "2", "--store", "s.sqlite"});
  ASSERT_EQ(graddiv(arguments).code, 0);
  {
    Store stored(path("s.sqlite"), Store::Mode::write);
    auto verdict = stored.verdicts("second-moment").at(1);
    verdict.verdict = Verdict::error;
    verdict.reason = "claim 1 at k = 1: division by zero";
    stored.write(verdict);
  }
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 2);
  for (const auto& theorem : outcome.json().at("theorems")) {
    EXPECT_EQ(theorem.at("errors"), theorem.at("id") == "second-moment" ? 1 : 0);
    EXPECT_EQ(theorem.at("inconclusive"), 0);
  }
  EXPECT_NE(outcome.err.find("claim 1 at k = 1: division by zero"), std::string::npos);
  EXPECT_NE(outcome.err.find("graddiv check second-moment error-second-moment-1.json"),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(graddiv({"check", "second-moment", "error-second-moment-1.json"}).code, 0);
}

// Well above the floor of three fifths, at moderate numbers of instances.
TEST_F(OutcomeOfVerify, MostApplicableInstancesTellSomething) {
  for (const char* seed : {"1", "2"}) {
    for (const char* id : {"rate-convex", "rate-strongly-convex", "glm"}) {
      const auto outcome = graddiv({"verify", id, "--instances", "80", "--seed", seed, "--json"});
      EXPECT_EQ(outcome.code, 0) << outcome.err;
      const auto found = outcome.json().at("theorems").at(0);
      const auto applicable = found.at("applicable").get<int>();
      EXPECT_GE(applicable, 50) << id;
      EXPECT_GE(100 * found.at("telling").get<int>(), 70 * applicable) << id << " " << seed;
    }
  }
}

TEST_F(OutcomeOfVerify, ADullGalleryInstanceEndsWithOne) {
  const auto arguments = command({"--instances", "2", "--store", "s.sqlite"});
  const auto well = graddiv(arguments);
  ASSERT_EQ(well.code, 0) << well.err;
  EXPECT_GT(well.json().at("gallery").at("total"), 0);
  EXPECT_EQ(well.json().at("gallery").at("as_sharp_as_ever"),
            well.json().at("gallery").at("total"));
  {
    Store stored(path("s.sqlite"), Store::Mode::write);
    auto record = stored.gallery().at(0);
    record.ratio = "0.5";
    record.as_stored = false;
    stored.write(record);
  }
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("attains 0.5 in place of"), std::string::npos) << outcome.err;
}

// All that the command complains of, put into the store by hand.
TEST_F(OutcomeOfVerify, AMutantOrALawThatIsNotAsItShouldBeEndsWithOne) {
  const auto arguments = command({"--instances", "2", "--store", "s.sqlite"});
  ASSERT_EQ(graddiv(arguments).code, 0);
  const auto after = [&](const auto& change) {
    const auto whole = read("s.sqlite");
    {
      Store stored(path("s.sqlite"), Store::Mode::write);
      change(stored);
    }
    const auto outcome = graddiv(arguments);
    EXPECT_EQ(outcome.code, 1);
    write("s.sqlite", whole);
    return outcome;
  };
  const auto mutant = after([](Store& stored) {
    auto record = stored.mutants().at(0);
    record.refuted = false;
    stored.write(record);
  });
  const auto& theorem = find_theorem("second-moment");
  EXPECT_NE(mutant.err.find("graddiv mutants second-moment/" + theorem.mutants[0].id),
            std::string::npos)
      << mutant.err;
  const auto total = mutant.json().at("mutants").at("total").get<int>();
  EXPECT_EQ(mutant.json()["mutants"].at("refuted"), total - 1);
  const auto law = after([](Store& stored) {
    auto record = stored.constructions().at(0);
    record.law_holds = false;
    record.reason = "k = 1 differs";
    stored.write(record);
  });
  EXPECT_NE(law.err.find("does not hold: k = 1 differs"), std::string::npos) << law.err;
}

TEST_F(OutcomeOfVerify, UndecidedClaimsEndWithFourOnlyWhereAskedFor) {
  const auto arguments = command({"--instances", "2", "--store", "s.sqlite"});
  ASSERT_EQ(graddiv(arguments).code, 0);
  {
    Store stored(path("s.sqlite"), Store::Mode::write);
    auto verdict = stored.verdicts("second-moment").at(1);
    verdict.verdict = Verdict::inconclusive;
    stored.write(verdict);
  }
  EXPECT_EQ(graddiv(arguments).code, 0);
  auto strict = arguments;
  strict.push_back("--strict");
  EXPECT_EQ(graddiv(strict).code, 4);
}

TEST_F(OutcomeOfVerify, AStatementThatNothingWasCheckedOfEndsWithFour) {
  const auto outcome = graddiv(command({"--instances", "0"}));
  EXPECT_EQ(outcome.code, 4);
  for (const std::string id : {"second-moment", "diversity-range"}) {
    const std::string reason = "applies to 0 of 0 instances, less than 20 %";
    EXPECT_EQ(outcome.json().at("vacuous").at(id), reason);
    EXPECT_NE(outcome.err.find("graddiv: " + id + " " + reason), std::string::npos) << outcome.err;
  }
}

TEST_F(OutcomeOfVerify, WritesNothingWhenTheInputIsBad) {
  const auto bad = write("bad.json", "{}");
  const auto good = noise_floor();
  const auto before = files();
  expect_bad_input(graddiv({"verify", "second-momnet", "--store", "s.sqlite"}), "second-moment");
  expect_bad_input(graddiv({"verify", "--example", bad, "--store", "s.sqlite"}), "bad.json");
  expect_bad_input(graddiv({"verify", "--example", "missing.json", "--store", "s.sqlite"}),
                   "missing.json");
  expect_bad_input(graddiv({"verify", "--shard", "0/2", "--store", "s.sqlite"}), "--shard");
  EXPECT_EQ(files(), before);

  expect_bad_input(graddiv(command({"--store", good})), "is no graddiv store");
  EXPECT_EQ(read(good), read(noise_floor()));
}

TEST_F(OutcomeOfVerify, AStoreThatCannotBeCreatedIsAnOutputFailure) {
  const auto outcome = graddiv(command({"--store", "no/such/folder/s.sqlite"}));
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("no/such/folder"), std::string::npos);
}

}  // namespace
}  // namespace graddiv::cli
