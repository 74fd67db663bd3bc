#include "workbench/verify.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "campaign/counterexample.h"
#include "constructions/catalogue.h"
#include "instances/classes.h"
#include "json/file.h"
#include "theorems/catalogue.h"
#include "workbench/error.h"
#include "workbench/lookup.h"
#include "workbench/replay.h"
#include "workbench/save_counterexample.h"

namespace graddiv::workbench {
namespace {

namespace fs = std::filesystem;

VerifyRequest request_for(const std::string& id) {
  VerifyRequest request;
  request.theorems = select_theorems({id});
  request.instances = 2;
  return request;
}

class VerifyIntoAFile : public testing::Test {
 protected:
  VerifyIntoAFile() { fs::create_directories(folder_); }
  ~VerifyIntoAFile() override { fs::remove_all(folder_); }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  VerifyRequest request(const Theorem& theorem) const {
    VerifyRequest request;
    request.theorems = {&theorem};
    request.instances = 2;
    request.store = file("s.sqlite");
    return request;
  }
  Store store() const { return {file("s.sqlite"), Store::Mode::write}; }

 private:
  const fs::path folder_ = fs::temp_directory_path() /
                           ("graddiv-verify-" + std::to_string(std::random_device()()) + "-" +
                            testing::UnitTest::GetInstance()->current_test_info()->name());
};

// "F has at most one function", false of nearly all instances.
Theorem falsehood() {
  Theorem theorem;
  theorem.id = "falsehood";
  theorem.drawn_from = find_theorem("second-moment").drawn_from;
  theorem.statement.claims([](const Case& c) {
    return std::vector<Conclusion>{{"the size", Truth::yes, c.n() <= 1}};
  });
  return theorem;
}

TEST(VerifyRequests, GiveWhatIsKnownOfTheTheoremsAskedFor) {
  VerifyRequest request = request_for("second-moment");
  CampaignProgress last;
  request.progress = [&](const CampaignProgress& progress) { last = progress; };
  const VerifyResult result = verify(request);
  ASSERT_EQ(result.summaries.size(), 1U);
  EXPECT_EQ(result.summaries[0].id, "second-moment");
  EXPECT_EQ(result.summaries[0].instances, 2);
  EXPECT_EQ(result.mutants.size(), request.theorems[0]->mutants.size());
  EXPECT_EQ(result.laws.size(), constructions().size());
  EXPECT_EQ(result.laws_that_hold(), static_cast<std::int64_t>(result.laws.size()));
  EXPECT_TRUE(result.gallery.empty()) << "nobody could see it";
  EXPECT_TRUE(result.left.nothing());
  EXPECT_EQ(result.ending, Ending::complete);
  EXPECT_EQ(last.done, 2);
  EXPECT_TRUE(result.all_well());
}

TEST(VerifyRequests, BeginNothingOnceCancelled) {
  VerifyRequest request = request_for("second-moment");
  request.cancelled = [] { return true; };
  const VerifyResult result = verify(request);
  EXPECT_TRUE(result.mutants.empty());
  EXPECT_TRUE(result.laws.empty());
  EXPECT_EQ(result.ending, Ending::cancelled);
  EXPECT_EQ(result.left.instances, 2);
}

TEST(VerifyRequests, RefuseAnExampleThatCannotBeRead) {
  VerifyRequest request = request_for("second-moment");
  request.examples = {"no-such-example.json"};
  EXPECT_THROW(verify(request), InputError);
}

TEST_F(VerifyIntoAFile, TheTimeCoversAllThatIsMadeAndSaysWhatIsLeft) {
  const Theorem& theorem = find_theorem("lower-unstable");  // with figures and a gallery
  VerifyRequest hurried = request(theorem);
  hurried.time_budget = 0;
  const VerifyResult nothing = verify(hurried);
  EXPECT_EQ(nothing.ending, Ending::out_of_time);
  EXPECT_EQ(nothing.left.instances, 2);
  EXPECT_EQ(nothing.left.laws, static_cast<std::int64_t>(constructions().size()));
  EXPECT_EQ(nothing.left.mutants, static_cast<std::int64_t>(theorem.mutants.size()));
  EXPECT_GT(nothing.left.gallery, 0);
  EXPECT_GT(nothing.left.figures, 0);
  EXPECT_EQ(vacuous(nothing.summaries.at(0)), "applies to 0 of 0 instances, less than 20 %");

  const VerifyResult all = verify(request(theorem));
  EXPECT_TRUE(all.left.nothing());
  EXPECT_EQ(all.ending, Ending::complete);
  EXPECT_EQ(static_cast<std::int64_t>(all.gallery.size()), nothing.left.gallery);
}

TEST_F(VerifyIntoAFile, MakesNothingAgainThatIsInTheStore) {
  const Theorem& theorem = find_theorem("lower-unstable");
  verify(request(theorem));
  std::vector<std::string> mutants;
  {
    Store made = store();
    for (auto record : made.mutants()) {
      mutants.push_back(record.mutant);
      record.reason = "kept";
      made.write(record);
    }
    for (auto record : made.constructions()) {
      record.reason = "kept";
      made.write(record);
    }
    for (auto record : made.gallery()) {
      record.shows = "kept";
      made.write(record);
    }
    for (auto record : made.figures()) {
      record.title = "kept";
      made.write(record);
    }
  }
  const VerifyResult again = verify(request(theorem));
  ASSERT_FALSE(again.gallery.empty());
  ASSERT_FALSE(store().figures().empty());
  for (const auto& record : again.mutants) EXPECT_EQ(record.reason, "kept");
  for (const auto& record : again.laws) EXPECT_EQ(record.reason, "kept");
  for (const auto& record : again.gallery) EXPECT_EQ(record.shows, "kept");
  for (const auto& record : store().figures()) EXPECT_EQ(record.title, "kept");

  // Whichever thread was first, they stand in the order of the theorem.
  std::vector<std::string> in_order;
  for (const auto& mutant : theorem.mutants) in_order.push_back(mutant.id);
  EXPECT_EQ(mutants, in_order);
}

TEST_F(VerifyIntoAFile, HasNoMoreStatementsThanTheErrorLevelIsSharedOutAmong) {
  const Theorem more = falsehood();
  VerifyRequest all = request(more);
  all.instances = 0;
  all.theorems = select_theorems({});
  all.theorems.push_back(&more);
  try {
    verify(all);
    FAIL();
  } catch (const RequestError& error) {
    EXPECT_EQ(error.what(), all.store +
                                ": its error level is shared out among 39 statements, and "
                                "these would be 40; expected a store of their own");
  }
}

TEST_F(VerifyIntoAFile, SavesARefutationWhenItIsFoundAndShrinksItInTheEnd) {
  const Theorem theorem = falsehood();
  bool was_found = false;
  int saved = 0;  // when it was told of
  VerifyRequest cut_short = request(theorem);
  cut_short.instances = 8;
  cut_short.jobs = 1;
  cut_short.progress = [&](const auto& p) {
    if (was_found || p.refuted == 0) return;
    was_found = true;
    for (int number = 0; number < 8; ++number)
      saved += fs::exists(file("counterexample-falsehood-" + std::to_string(number) + ".json"));
  };
  cut_short.cancelled = [&] { return was_found; };
  const VerifyResult first = verify(cut_short);
  ASSERT_FALSE(first.refutations.empty());
  EXPECT_GE(saved, 1);
  EXPECT_FALSE(first.all_well());
  const VerdictRecord& verdict = first.refutations.front().verdict;
  const std::string& name = first.refutations.front().file;
  const CounterexampleFile found = read_counterexample(name, families_and_constructions());
  EXPECT_FALSE(found.is_smallest);
  EXPECT_EQ(to_text(found.instance), verdict.instance);
  EXPECT_EQ(found.reason, verdict.reason.plain());

  const VerifyResult second = verify(request(theorem));
  ASSERT_EQ(second.refutations.front().file, name);
  const CounterexampleFile smallest = read_counterexample(name, families_and_constructions());
  EXPECT_TRUE(smallest.is_smallest);
  EXPECT_EQ(smallest.instance.problem.size(), 2);
  EXPECT_TRUE(differences(smallest, check(theorem.statement, smallest.instance)).empty());

  // Not shrunk once more; but one that is gone is.
  CounterexampleFile marked = smallest;
  marked.origin = "kept";
  write_file(name, to_text(marked));
  verify(request(theorem));
  EXPECT_EQ(read_counterexample(name).origin, "kept");
  fs::remove(name);
  verify(request(theorem));
  EXPECT_EQ(read_counterexample(name).origin, smallest.origin);
}

// In exact checks, once there are few enough functions.
TEST_F(VerifyIntoAFile, ShrinksWhatRefutesOnALargeInstance) {
  Theorem theorem = falsehood();
  theorem.id = "glm";
  VerifyRequest large = request(theorem);
  large.large = true;
  large.instances = 1;
  const VerifyResult result = verify(large);
  ASSERT_EQ(result.refutations.size(), 1U);
  EXPECT_TRUE(result.refutations[0].verdict.origin.starts_with("large: "));
  const auto saved = read_counterexample(result.refutations[0].file, families_and_constructions());
  EXPECT_TRUE(saved.is_smallest);
  EXPECT_EQ(saved.instance.problem.size(), 2);
  EXPECT_EQ(saved.instance.problem.dimension(), 1);
  EXPECT_TRUE(differences(saved, check(theorem.statement, saved.instance)).empty());
}

// A file of another campaign does not stand for this one.
TEST_F(VerifyIntoAFile, KnowsItsOwnCounterexamples) {
  const Theorem theorem = falsehood();
  VerdictRecord verdict;
  verdict.theorem = theorem.id;
  verdict.number = 3;
  verdict.verdict = Verdict::refuted;
  verdict.instance = to_text(theorem.drawn_from.front().instance(1, 0));
  const std::string name = file("c.json");
  EXPECT_EQ(saved_in(name, verdict, 1), Saved::nothing);
  save_as_found(name, verdict, 1);
  EXPECT_EQ(saved_in(name, verdict, 1), Saved::as_found);
  EXPECT_EQ(saved_in(name, verdict, 2), Saved::nothing);
  verdict.number = 4;
  EXPECT_EQ(saved_in(name, verdict, 1), Saved::nothing);
  write_file(name, "{}");
  EXPECT_EQ(saved_in(name, verdict, 1), Saved::nothing);
}

}  // namespace
}  // namespace graddiv::workbench
