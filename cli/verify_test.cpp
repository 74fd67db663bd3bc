#include <graddiv_version.h>
#include <pty.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

#include <chrono>
#include <thread>

#include "campaign/counterexample.h"
#include "campaign/store.h"
#include "cli/testing/tool.h"
#include "constructions/catalogue.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

using namespace std::chrono_literals;

class Verify : public testing::ToolTest {
 protected:
  // A small campaign: quick theorems, and one example instead of the shipped ones.
  Arguments command(const Arguments& more = {}) const {
    Arguments all{"verify",    "second-moment", "diversity-range",
                  "--example", noise_floor(),   "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  Store store(const std::string& name = "s.sqlite") const {
    return {path(name), Store::Mode::read};
  }

  // Starts the command and waits until it has stored some verdicts.
  pid_t start_and_wait_for_verdicts(const Arguments& arguments, std::size_t verdicts,
                                    const std::string& name = "s.sqlite") const {
    const pid_t child = start(arguments);
    for (int i = 0; i < 3000; ++i) {
      std::this_thread::sleep_for(10ms);
      try {
        if (store(name).done("second-moment").size() >= verdicts) break;
      } catch (const StoreError&) {  // not there yet
      }
    }
    return child;
  }
};

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
  EXPECT_NE(provenance->plan.find("3 are random"), std::string::npos) << provenance->plan;
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

TEST_F(Verify, GoesOnWhereAKilledRunWasAndRepeatsNothing) {
  const pid_t child =
      start_and_wait_for_verdicts(command({"--instances", "1000000", "--store", "s.sqlite"}), 20);
  kill(child, SIGKILL);
  EXPECT_EQ(wait_for(child).code, -SIGKILL);

  std::size_t before = 0;
  {
    // Marked, so that it shows if they are made again.
    Store killed(path("s.sqlite"), Store::Mode::write);
    for (const auto* theorem : {"second-moment", "diversity-range"}) {
      auto verdicts = killed.verdicts(theorem);
      before = std::max(before, verdicts.size());
      for (auto& verdict : verdicts) verdict.reason = "kept";
      killed.write(verdicts);
    }
  }
  ASSERT_GE(before, 20U);
  const auto instances = before + 10;
  const auto outcome =
      graddiv(command({"--instances", std::to_string(instances), "--store", "s.sqlite"}));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto json = outcome.json();
  for (const auto& theorem : json.at("theorems")) EXPECT_EQ(theorem.at("instances"), instances);

  const auto verdicts = store().verdicts("second-moment");
  ASSERT_EQ(verdicts.size(), instances);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].number, static_cast<std::int64_t>(i));
    kept += verdicts[i].reason == "kept" ? 1 : 0;
  }
  EXPECT_GE(kept, 20U);
  EXPECT_LT(kept, instances);
}

// Whatever a kill hits (instances, laws, mutants, the gallery, figures), what was made before stays
// and is not made again, and the store is whole.
TEST_F(Verify, EveryKillLeavesProgressAndAWholeStore) {
  const std::vector<std::string> ids{"lower-unstable", "lower-noise-floor", "second-moment",
                                     "lower-fixed-step"};
  Arguments arguments{"verify",      "--instances", "20",      "--example",
                      noise_floor(), "--store",     "s.sqlite"};
  arguments.insert(arguments.end(), ids.begin(), ids.end());
  const auto made = [&] {
    try {
      const Store now = store();
      now.examine();
      std::size_t count = now.constructions().size() + now.mutants().size() + now.gallery().size() +
                          now.figures().size();
      for (const auto& id : ids) count += now.done(id).size();
      return count;
    } catch (const NoStore&) {  // not there yet
      return std::size_t{0};
    }
  };
  std::set<std::string> kept;
  std::size_t before = 0;
  int kills = 0;
  for (int code = -SIGKILL; code == -SIGKILL; ++kills) {
    ASSERT_LT(kills, 1000);
    const pid_t child = start(arguments);
    int status = 0;
    siginfo_t ended{};
    while (made() <= before && ended.si_pid == 0) {
      status = waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
    }
    ASSERT_EQ(status, 0);
    kill(child, SIGKILL);
    code = wait_for(child).code;
    EXPECT_GE(made(), before) << "what was there is gone";
    before = made();
    Store marked(path("s.sqlite"), Store::Mode::write);
    for (auto record : marked.mutants()) {
      record.change = "kept";
      kept.insert(record.theorem + "/" + record.mutant);
      marked.write(record);
    }
  }
  EXPECT_GE(kills, 4);
  EXPECT_GE(kept.size(), 3U);
  const double seconds = seconds_of_tools();
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(made(), before);
  EXPECT_LT(seconds_of_tools() - seconds, 1) << "nothing was left to be made";
  for (const auto& record : store().mutants())
    EXPECT_EQ(record.change == "kept", kept.contains(record.theorem + "/" + record.mutant));
}

TEST_F(Verify, TheTimeBudgetCoversEverythingAndWhatIsLeftEndsWithFour) {
  const double seconds = seconds_of_tools();
  const auto outcome = graddiv({"verify", "--time-budget", "0.1", "--json", "--store", "s.sqlite"});
  EXPECT_LT(seconds_of_tools() - seconds, 5);
  EXPECT_EQ(outcome.code, 4);
  const auto json = outcome.json();
  EXPECT_GT(json.at("left"), 0);
  for (const char* part : {"laws", "mutants", "gallery", "figures"})
    EXPECT_GT(json.at("not_made").at(part), 0) << part;
  EXPECT_NE(outcome.err.find(" figures are left, the same command continues"), std::string::npos)
      << outcome.err;
}

TEST_F(Verify, AStatementThatNothingWasCheckedOfEndsWithFour) {
  const auto outcome = graddiv(command({"--instances", "0"}));
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(outcome.json().at("unchecked"), nlohmann::json({"second-moment", "diversity-range"}));
  EXPECT_NE(outcome.err.find("no instance tells something of second-moment, diversity-range"),
            std::string::npos)
      << outcome.err;
}

TEST_F(Verify, FinishesWritingWhenItIsInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::string name = std::to_string(signal) + ".sqlite";
    const pid_t child =
        start_and_wait_for_verdicts(command({"--instances", "1000000", "--store", name}), 20, name);
    kill(child, signal);
    const auto outcome = wait_for(child);
    EXPECT_EQ(outcome.code, 130);
    EXPECT_NE(outcome.err.find("interrupted; "), std::string::npos) << outcome.err;
    const auto json = outcome.json();
    EXPECT_EQ(json.at("theorems").at(0).at("instances"), store(name).done("second-moment").size());
    EXPECT_GE(json["theorems"][0]["instances"], 20);
  }
}

TEST_F(Verify, StopsWhenItsTimeIsUsedUp) {
  const auto outcome =
      graddiv(command({"--instances", "1000000", "--time-budget", "1", "--store", "s.sqlite"}));
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  EXPECT_NE(outcome.err.find("the time is used up; "), std::string::npos) << outcome.err;
  const auto json = outcome.json();
  EXPECT_GT(json.at("left"), 0);
  EXPECT_EQ(json["theorems"].size(), 2U);
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

TEST_F(Verify, WritesNothingWhenTheInputIsBad) {
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

TEST_F(Verify, AStoreThatCannotBeCreatedIsAnOutputFailure) {
  const auto outcome = graddiv(command({"--store", "no/such/folder/s.sqlite"}));
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("no/such/folder"), std::string::npos);
}

// No theorem can be refuted, so a refutation is put into the store by hand.
TEST_F(Verify, ARefutationEndsWithOneAndACounterexampleThatCanBeReplayed) {
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
TEST_F(Verify, AnErrorInAStatementEndsWithTwoAndAnInstanceThatShowsItAgain) {
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

TEST_F(Verify, ADullGalleryInstanceEndsWithOne) {
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

// A killed call may have refuted much and saved nothing of it: everything is saved first, then
// shrunk, and no kill leaves half a file.
TEST_F(Verify, AKillWhileItSavesLeavesWholeCounterexamples) {
  const auto arguments = command({"--instances", "5", "--store", "s.sqlite"});
  ASSERT_EQ(graddiv(arguments).code, 0);
  {
    Store stored(path("s.sqlite"), Store::Mode::write);
    for (auto verdict : stored.verdicts("second-moment")) {
      verdict.verdict = Verdict::refuted;
      stored.write(verdict);
    }
  }
  const auto saved = [&] {
    std::vector<bool> are_smallest;
    for (const auto& name : files()) {
      if (!name.starts_with("counterexample-") || !name.ends_with(".json")) continue;
      are_smallest.push_back(
          read_counterexample(path(name), families_and_constructions()).is_smallest);
    }
    return are_smallest;
  };
  auto patience = 10ms;
  for (int kills = 0; saved().size() < 5 && kills < 200; ++kills, patience += 10ms) {
    const pid_t child = start(arguments);
    std::this_thread::sleep_for(patience);
    kill(child, SIGKILL);
    ASSERT_EQ(wait_for(child).code, -SIGKILL) << "shrinking takes longer";
  }
  const auto found = saved();
  EXPECT_EQ(found.size(), 5U);
  EXPECT_GE(std::ranges::count(found, false), 1) << "all are saved before all are shrunk";
}

// All that the command complains of, put into the store by hand.
TEST_F(Verify, AMutantOrALawThatIsNotAsItShouldBeEndsWithOne) {
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

TEST_F(Verify, UsesAsManyThreadsAsAskedFor) {
  const auto threads = [&](const std::string& jobs) {
    const pid_t child = start_and_wait_for_verdicts(
        command({"--instances", "1000000", "--store", jobs + ".sqlite", "--jobs", jobs}), 20,
        jobs + ".sqlite");
    std::ifstream status("/proc/" + std::to_string(child) + "/status");
    int found = 0;
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("Threads:")) found = std::stoi(line.substr(8));
    }
    kill(child, SIGKILL);
    wait_for(child);
    return found;
  };
  EXPECT_EQ(threads("1"), 2);  // and one that writes
  EXPECT_EQ(threads("3"), 4);
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

TEST_F(Verify, UndecidedClaimsEndWithFourOnlyWhereAskedFor) {
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
