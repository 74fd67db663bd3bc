#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "experiments/experiment.h"
#include "experiments/output.h"
#include "experiments/run.h"
#include "experiments/testing.h"
#include "json/file.h"
#include "measure/sgd.h"

namespace graddiv::experiments {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "graddiv-experiments-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path_))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  fs::path path_;
};

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
  std::int64_t last = 0;
  std::int64_t expected = 0;
  Work work(2, {}, [&](std::int64_t done, std::int64_t total) {
    last = std::max(last, done);
    expected = total;
  });
  experiment().run(setup(), work);
  EXPECT_EQ(last, expected);
  EXPECT_GT(expected, 0);
}

TEST_P(Every, EndsSoonAfterItIsStopped) {
  std::atomic<int> asked = 0;
  Work work(2, [&] { return ++asked > 20; });
  EXPECT_THROW(experiment().run(setup(), work), Cancelled);
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
  Work work(1, {}, [&](std::int64_t done, std::int64_t total) { told.emplace_back(done, total); });
  work.expect(2);
  work.each(2, [&](std::int64_t) { work.did(); });
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
  run_sgd(*model, {.step = 0.01, .batch = 3, .passes = 2, .looks = 2}, Work(1),
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
