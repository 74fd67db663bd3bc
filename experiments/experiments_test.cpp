#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "experiments/experiment.h"
#include "experiments/journal.h"
#include "experiments/output.h"
#include "experiments/run.h"
#include "experiments/testing.h"
#include "json/file.h"
#include "measure/sgd.h"

namespace graddiv::experiments {
namespace {

namespace fs = std::filesystem;

using testing::Folder;

class Every : public ::testing::TestWithParam<std::string> {
 protected:
  const Experiment& experiment() const { return *find_experiment(GetParam()); }
  experiments::Setup setup(std::uint64_t seed = 1) const {
    return testing::setup(GetParam(), testing::tiny(GetParam()), seed);
  }
  Result run(int threads, std::uint64_t seed = 1) const {
    Work work(threads);
    return experiment().run(setup(seed), work);
  }
};

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Experiment& experiment : experiments()) all.push_back(experiment.id);
  return all;
}

TEST_P(Every, TheSameSeedGivesTheSameNumbersOnAnyThreads) {
  const std::string csv = csv_of(run(1));
  EXPECT_EQ(csv, csv_of(run(2)));
  EXPECT_NE(csv, csv_of(run(1, 2))) << "another seed";
}

TEST_P(Every, SaysWhatIsClaimedSeenAndDecided) {
  const Result result = run(2);
  EXPECT_FALSE(result.claims.empty());
  EXPECT_FALSE(result.figures.empty());
  for (const Claim& claim : result.claims) {
    EXPECT_FALSE(claim.claim.empty()) << claim.id;
    EXPECT_FALSE(claim.observed.empty()) << claim.id;
    EXPECT_FALSE(claim.rule.empty()) << claim.id;
    EXPECT_EQ(claim.observed.plain().find("inf"), std::string::npos) << claim.observed.plain();
  }
  bool is_bound_drawn = false;
  for (const Figure& figure : result.figures) is_bound_drawn |= !figure.marks.empty();
  EXPECT_TRUE(is_bound_drawn);
}

TEST_P(Every, EveryPointOfAFigureIsInTheCsv) {
  const Result result = run(1);
  std::int64_t expected = 1;
  for (const Figure& figure : result.figures) {
    expected += std::ssize(figure.marks);
    for (const Curve& curve : figure.curves) expected += std::ssize(curve.points);
  }
  const std::string csv = csv_of(result) + csv_of(result, true);
  EXPECT_EQ(std::ranges::count(csv, '\n'), expected + 1) << "two headers";
}

TEST_P(Every, TheWorkIsWhatWasExpected) {
  WorkProgress last;
  Work work(2, {}, [&](const WorkProgress& progress) { last = progress; });
  experiment().run(setup(), work);
  EXPECT_EQ(last.done, last.total);
  EXPECT_GT(last.total, 0);
  EXPECT_NEAR(last.cost_done, last.cost_total, 1e-9 * last.cost_total);
  EXPECT_EQ(last.cost_found, 0);
}

/// Runs with a journal until it is through, each session until so many units are finished, and
/// says how many units each of them finished.
struct Sessions {
  std::vector<std::int64_t> units;
  Result result;

  Sessions(const Experiment& experiment, const Setup& setup, const fs::path& folder, int threads,
           std::int64_t at_a_time) {
    for (bool is_done = false; !is_done;) {
      Journal journal(folder, experiment, setup, {});
      const std::int64_t before = journal.size();
      Work work(
          threads, [&] { return journal.size() - before >= at_a_time; }, {}, &journal);
      try {
        result = experiment.run(setup, work);
        is_done = true;
      } catch (const Cancelled&) {
      }
      units.push_back(journal.size() - before);
    }
  }
};

TEST_P(Every, GoesOnFromWhereItWasStopped) {
  for (const int threads : {1, 2}) {
    const Folder folder;
    const Result undisturbed = run(threads);
    const Sessions sessions(experiment(), setup(), folder.path(), threads, 7);
    EXPECT_GT(sessions.units.size(), 3U);
    for (const std::int64_t units : sessions.units) {
      EXPECT_LT(units, 7 + threads) << "ends with the units in flight";
    }
    EXPECT_EQ(csv_of(sessions.result), csv_of(undisturbed));
    const bool is_timed = std::ranges::any_of(undisturbed.figures, &Figure::is_timed);
    if (!is_timed) {
      EXPECT_EQ(latex_of(experiment(), setup(), sessions.result),
                latex_of(experiment(), setup(), undisturbed));
      EXPECT_EQ(summary_of(experiment(), setup(), sessions.result),
                summary_of(experiment(), setup(), undisturbed));
    }
    // Once more, from all units: nothing is left to be done, and what the clock said stands.
    const Sessions again(experiment(), setup(), folder.path(), threads, 1);
    EXPECT_EQ(again.units, std::vector<std::int64_t>{0});
    EXPECT_EQ(latex_of(experiment(), setup(), again.result),
              latex_of(experiment(), setup(), sessions.result));
    EXPECT_EQ(csv_of(again.result, true), csv_of(sessions.result, true));
  }
}

TEST_P(Every, TellsApartWhatWasFound) {
  const Folder folder;
  const Sessions all(experiment(), setup(), folder.path(), 2, 1'000'000);
  Journal journal(folder.path(), experiment(), setup(), {});
  WorkProgress last;
  Work work(
      2, {}, [&](const WorkProgress& progress) { last = progress; }, &journal);
  experiment().run(setup(), work);
  EXPECT_EQ(last.done, last.total);
  EXPECT_EQ(last.cost_found, last.cost_done);
}

TEST_P(Every, WithoutLatexThreeFilesAreWritten) {
  const Folder folder;
  const auto files =
      write_result(folder.path() / "new", experiment(), setup(), run(1), "/nonexistent/latexmk");
  EXPECT_FALSE(files.pdf);
  EXPECT_FALSE(files.note.empty());
  const auto json = nlohmann::json::parse(read_file(files.json));
  EXPECT_EQ(json["experiment"], GetParam());
  EXPECT_EQ(json["claims"].size(), run(1).claims.size());
  for (const auto& claim : json["claims"]) {
    const std::string verdict = claim["verdict"];
    EXPECT_TRUE(verdict == "respected" || verdict == "violated" || verdict == "inconclusive");
  }
  EXPECT_NE(read_file(files.tex).find("\\begin{axis}"), std::string::npos);
  EXPECT_TRUE(read_file(files.csv).starts_with("figure,curve,x,mean,low,high\n"));
}

TEST_P(Every, WhatCannotBeWrittenLeavesNothingHalf) {
  const Folder folder;
  std::ofstream(folder.path() / "file") << "in the way";
  EXPECT_THROW(write_result(folder.path() / "file", experiment(), setup(), run(1), ""), FileError);
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"file"}));
  // A folder where the CSV should go.
  fs::create_directories(folder.path() / "out" / (GetParam() + ".csv"));
  EXPECT_THROW(write_result(folder.path() / "out", experiment(), setup(), run(1), ""), FileError);
  EXPECT_FALSE(fs::exists(folder.path() / "out" / (GetParam() + ".json")))
      << "the summary comes last";
}

INSTANTIATE_TEST_SUITE_P(Experiments, Every, ::testing::ValuesIn(names()),
                         [](const auto& test) { return test.param; });

// A unit of a large setting takes minutes.
TEST(Works, TellHowMuchIsToComeBeforeAnythingIsDone) {
  std::vector<std::pair<std::int64_t, std::int64_t>> told;
  Work work(1, {}, [&](const WorkProgress& p) { told.emplace_back(p.done, p.total); });
  work.expect(2);
  work.each(2,
            [&](std::int64_t i) { work.numbers({std::to_string(i)}, [] { return Numbers(1); }); });
  EXPECT_EQ(told, (std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 2}, {1, 2}, {2, 2}}));
}

TEST(Replicated, IsAListOfIndices) {
  EXPECT_EQ(replicated({7, 3}, 5), (std::vector<std::int64_t>{7, 3, 7, 3, 7}));
}

TEST(Replicated, ChangesNoLossAndNoBound) {
  const Task task = make_task(testing::files(), {.model = "softmax"});
  const auto rows = drawn_rows(task.train_rows, 8, 1, 0);
  const auto once = selected(task.train, rows);
  const auto often = selected(task.train, replicated(rows, 32));
  std::vector<float> w(static_cast<std::size_t>(once->parameters()));
  for (std::size_t j = 0; j < w.size(); ++j) w[j] = 0.01F * static_cast<float>(j % 7);
  const auto few = measure::totals<float>(*once, {0, 8}, w);
  const auto many = measure::totals<float>(*often, {0, 32}, w);
  EXPECT_NEAR(many.batch_size_bound(), few.batch_size_bound(), 1e-5 * few.batch_size_bound());
  EXPECT_NEAR(mean_loss(*often, w), mean_loss(*once, w), 1e-6);
  EXPECT_EQ(many.correct, 4 * few.correct);
}

TEST(DrawnRows, AreDifferentOnesOfTheRows) {
  const std::vector<std::int64_t> rows = {2, 3, 5, 7, 11, 13};
  auto drawn = drawn_rows(rows, 6, 1, 0);
  EXPECT_NE(drawn, drawn_rows(rows, 6, 1, 1)) << "another stream";
  std::sort(drawn.begin(), drawn.end());
  EXPECT_EQ(drawn, rows);
  EXPECT_THROW(drawn_rows(rows, 7, 1, 0), InputError);
}

TEST(Tasks, OfTwoClassesLeaveTheOthersOut) {
  const Task task = make_task(
      testing::files(), {.model = "logistic", .hidden = {}, .positive = {1}, .negative = {2}});
  EXPECT_EQ(task.train_rows.size(), 80U);
  EXPECT_EQ(task.test_rows.size(), 40U);
  for (const auto i : task.train_rows) EXPECT_NE(i % 3, 0) << "label 0";
  EXPECT_EQ(make_task(testing::files(), {.model = "softmax"}).train_rows.size(), 120U);
  const Task some = make_task(testing::files(), {.model = "softmax", .labels = {0, 1}});
  EXPECT_EQ(some.train_rows.size(), 80U);
  for (const auto i : some.train_rows) EXPECT_NE(i % 3, 2) << "label 2";
}

TEST(Runs, AreLookedAtAfterEqualGradients) {
  const Task task = make_task(testing::files(), {.model = "softmax"});
  const auto model = selected(task.train, drawn_rows(task.train_rows, 12, 1, 0));
  std::vector<std::int64_t> looks;
  std::vector<std::vector<float>> points;
  run_sgd(*model, {.step = 0.01, .batch = 3, .passes = 2, .looks = 2},
          [&](std::int64_t j, std::span<const float> w) {
            looks.push_back(j);
            points.emplace_back(w.begin(), w.end());
            return true;
          });
  EXPECT_EQ(looks, (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
  measure::Sgd<float> run(*model, model->start(1), {.step = 0.01, .batch = 3, .seed = 1});
  for (int look = 1; look <= 4; ++look) {  // 12 · 2/4 = 6 gradients = 2 steps
    run.step();
    run.step();
    EXPECT_EQ(run.point(), points[static_cast<std::size_t>(look)]) << look;
  }
}

}  // namespace
}  // namespace graddiv::experiments
