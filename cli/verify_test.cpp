#include <graddiv_version.h>
#include <pty.h>
#include <unistd.h>

#include <algorithm>

#include "cli/testing/verify_tool.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

class Verify : public testing::VerifyTool {};

TEST_F(Verify, CountsEveryInstanceOfEveryTheorem) {
  const auto outcome = graddiv(command({"--instances", "30", "--seed", "5"}));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  const auto json = outcome.json();
  EXPECT_EQ(json.at("seed"), 5);
  EXPECT_EQ(json.at("left"), 0);
  ASSERT_EQ(json.at("theorems").size(), 2U);
  EXPECT_EQ(json["theorems"][0].at("id"), "second-moment");
  for (const auto& theorem : json["theorems"]) {
    EXPECT_EQ(theorem.at("instances"), 30);
    EXPECT_GE(theorem.at("applicable"), 20);
    EXPECT_EQ(theorem.at("applicable").get<int>(),
              theorem.at("proved").get<int>() + theorem.at("supported").get<int>() +
                  theorem.at("refuted").get<int>() + theorem.at("inconclusive").get<int>());
    EXPECT_EQ(theorem.at("refuted"), 0);
    EXPECT_GT(theorem.at("proved"), 0);
    EXPECT_TRUE(theorem.at("tightness").is_string());
  }
  EXPECT_EQ(json.at("mutants").at("total"), json["mutants"].at("refuted"));
  EXPECT_GT(json["mutants"]["total"], 0);
  EXPECT_EQ(json.at("laws").at("total"), json["laws"].at("hold"));
  EXPECT_EQ(files(), (std::vector<std::string>{"noise-floor.json"}));  // nothing else was written
}

TEST_F(Verify, PrintsATableForPeople) {
  auto arguments = command({"--instances", "24"});
  std::erase(arguments, "--json");
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(outcome.out.starts_with("theorem  ")) << outcome.out;
  for (const auto* title : {"instances", "applicable", "proved", "supported", "refuted",
                            "inconclusive", "best tightness", "\nsecond-moment ", "\nmutants: "}) {
    EXPECT_NE(outcome.out.find(title), std::string::npos) << title;
  }
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Verify, FillsTheStoreForAReport) {
  ASSERT_EQ(graddiv(command({"--instances", "150", "--seed", "9", "--store", "s.sqlite"})).code, 0);
  const auto filled = store();
  const auto provenance = filled.provenance();
  ASSERT_TRUE(provenance);
  EXPECT_EQ(provenance->seed, 9U);
  EXPECT_NE(provenance->version, "");
  EXPECT_NE(provenance->plan.find("4 are random"), std::string::npos) << provenance->plan;
  EXPECT_NE(provenance->cpu, "");
  EXPECT_EQ(provenance->date.size(), std::string("2026-01-01T00:00:00Z").size());
  EXPECT_GE(provenance->packages.size(), 7U);
  ASSERT_EQ(filled.statements().size(), 2U);
  EXPECT_EQ(filled.statements()[0].latex, find_theorem("second-moment").latex);
  EXPECT_FALSE(filled.constructions().empty());
  for (const auto& construction : filled.constructions()) {
    EXPECT_TRUE(construction.law_holds) << construction.id;
    EXPECT_FALSE(construction.series.empty());
  }
  EXPECT_EQ(filled.mutants().size(), find_theorem("second-moment").mutants.size() +
                                         find_theorem("diversity-range").mutants.size());

  const auto verdicts = filled.verdicts("second-moment");
  ASSERT_EQ(verdicts.size(), 150U);
  EXPECT_TRUE(verdicts.front().origin.starts_with("random: ")) << verdicts.front().origin;
  const auto has_origin = [&](const std::string& prefix) {
    return std::ranges::any_of(verdicts,
                               [&](const auto& v) { return v.origin.starts_with(prefix); });
  };
  EXPECT_TRUE(has_origin("construction: "));
  EXPECT_TRUE(has_origin("example: noise-floor"));
  EXPECT_TRUE(has_origin("witness: second-moment/"));
}

TEST_F(Verify, DrawsTheFiguresOfTheTheoremsAskedForOnce) {
  const auto verify = [&](const std::string& theorem) {
    return graddiv({"verify", theorem, "--instances", "4", "--store", "s.sqlite"}).code;
  };
  const auto drawn = [&] { return Store(path("s.sqlite"), Store::Mode::read).figures(); };
  ASSERT_EQ(verify("second-moment"), 0);
  EXPECT_TRUE(drawn().empty());
  ASSERT_EQ(verify("lower-unstable"), 0);
  ASSERT_EQ(drawn().size(), 1U);
  EXPECT_EQ(drawn().front().theorem, "lower-unstable");
  FigureRecord marked = drawn().front();
  marked.title = "not drawn again";
  Store(path("s.sqlite"), Store::Mode::write).write(marked);
  ASSERT_EQ(verify("lower-unstable"), 0);
  ASSERT_EQ(drawn().size(), 1U);
  EXPECT_EQ(drawn().front().title, "not drawn again");
}

TEST_F(Verify, TheSameSeedGivesTheSameVerdictsAndAnotherDoesNot) {
  const auto instances = [&](const std::string& seed, const std::string& jobs,
                             const std::string& file) {
    EXPECT_EQ(
        graddiv(command({"--instances", "40", "--seed", seed, "--jobs", jobs, "--store", file}))
            .code,
        0);
    std::string all;
    for (const auto& v : store(file).verdicts("second-moment")) {
      all += v.origin + "\n" + v.instance + std::string(to_string(v.verdict)) +
             v.tightness.value_or("") + "\n";
    }
    return all;
  };
  const auto one = instances("3", "1", "1.sqlite");
  EXPECT_EQ(one, instances("3", "2", "2.sqlite"));
  EXPECT_NE(one, instances("4", "2", "3.sqlite"));
}

TEST_F(Verify, ShardsTogetherAreTheWhole) {
  const auto all = [&](const std::string& file) {
    std::string text;
    for (const auto* theorem : {"second-moment", "diversity-range"}) {
      for (const auto& v : store(file).verdicts(theorem)) {
        text += std::to_string(v.number) + v.instance + std::string(to_string(v.verdict)) +
                v.tightness.value_or("");
      }
    }
    return text;
  };
  ASSERT_EQ(graddiv(command({"--instances", "31", "--store", "whole.sqlite"})).code, 0);
  int sum = 0;
  for (const auto* shard : {"1/3", "2/3", "3/3"}) {
    const auto own = std::string(1, shard[0]) + ".sqlite";
    const auto json =
        graddiv(command({"--instances", "31", "--shard", shard, "--store", own})).json();
    sum += json.at("theorems").at(0).at("instances").get<int>();
    EXPECT_EQ(
        graddiv(command({"--instances", "31", "--shard", shard, "--store", "parts.sqlite"})).code,
        0);
  }
  EXPECT_EQ(sum, 31);
  EXPECT_EQ(all("whole.sqlite"), all("parts.sqlite"));
}

TEST_F(Verify, DoesNotMixOtherSeedsOrExamplesIntoAStore) {
  ASSERT_EQ(graddiv(command({"--instances", "3", "--store", "s.sqlite"})).code, 0);
  const auto before = read("s.sqlite");
  expect_bad_input(graddiv(command({"--seed", "2", "--store", "s.sqlite"})),
                   "s.sqlite: was made with seed 1, not 2");
  expect_bad_input(
      graddiv({"verify", "second-moment", "--example", unbounded(), "--store", "s.sqlite"}),
      "Choose another file");
  EXPECT_EQ(read("s.sqlite"), before);
}

TEST_F(Verify, ChecksTheShippedExamplesWhereNoneIsNamed) {
  EXPECT_EQ(graddiv({"verify", "one-step", "--time-budget", "0", "--store", "s.sqlite"}).code, 4);
  const auto shipped = store().provenance()->inputs;
  EXPECT_EQ(graddiv({"verify", "one-step", "--time-budget", "0", "--store", "t.sqlite", "--example",
                     std::string(source_directory()) + "/examples/worst-one-step.json", "--example",
                     noise_floor()})
                .code,
            4);
  EXPECT_NE(store("t.sqlite").provenance()->inputs, shipped);
  EXPECT_EQ(graddiv({"verify", "one-step", "--time-budget", "0", "--store", "u.sqlite", "--example",
                     std::string(source_directory()) + "/examples/fashion-mnist.json", "--example",
                     std::string(source_directory()) + "/examples/worst-one-step.json"})
                .code,
            4);
  EXPECT_EQ(store("u.sqlite").provenance()->inputs, shipped);
}

// What the command writes to a terminal on standard error.
TEST_F(Verify, ShowsItsProgressOnlyOnATerminalThatWantsIt) {
  const auto on_terminal = [&](Arguments more, Environment environment) {
    int ours = -1;
    int theirs = -1;
    EXPECT_EQ(openpty(&ours, &theirs, nullptr, nullptr, nullptr), 0);
    more.insert(more.end(), {"--instances", "12"});
    environment.emplace("TERM", "xterm");
    const pid_t child = start(command(more), environment, theirs);
    close(theirs);
    std::string shown;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(ours, buffer, sizeof buffer)) > 0;) {
      shown.append(buffer, static_cast<std::size_t>(n));
    }
    close(ours);
    EXPECT_EQ(wait_for(child).code, 0);
    return shown;
  };
  const auto shown = on_terminal({}, {});
  EXPECT_NE(shown.find("24/24  100 %"), std::string::npos) << shown;
  EXPECT_EQ(on_terminal({"--quiet"}, {}), "");
  EXPECT_EQ(on_terminal({}, {{"TERM", "dumb"}}), "");
  EXPECT_EQ(on_terminal({}, {{"NO_COLOR", "1"}}).find("\x1b[3"), std::string::npos);
}

}  // namespace
}  // namespace graddiv::cli
