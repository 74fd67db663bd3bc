#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <optional>

#include "campaign/campaign_error.h"
#include "campaign/store.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;

class StoreMerge : public testing::Test {
 protected:
  StoreMerge() { fs::create_directories(folder_); }
  ~StoreMerge() override { fs::remove_all(folder_); }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  static Provenance provenance() {
    return {"1.0", "abc", 7, "2026-01-01T00:00:00Z", "cpu", {}, "f0", "3 of 5"};
  }
  static VerdictRecord verdict(std::int64_t number, Verdict outcome = Verdict::proved) {
    VerdictRecord record;
    record.theorem = "glm";
    record.number = number;
    record.verdict = outcome;
    return record;
  }
  /// The verdicts on the given numbers and one of everything else.
  static Store part(const std::string& path, const std::vector<std::int64_t>& numbers) {
    Store store(path, Store::Mode::write);
    store.write(provenance());
    store.write(
        {StatementRecord{"z", "", "", "", "", {}}, StatementRecord{"glm", "", "", "", "", {}}});
    MutantRecord mutant;
    mutant.theorem = "glm";
    mutant.mutant = "mean";
    store.write(mutant);
    for (const std::int64_t number : numbers) store.write(verdict(number));
    return store;
  }

 private:
  const fs::path folder_ =
      fs::temp_directory_path() / ("graddiv-merge-" + std::to_string(getpid()) + "-" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

// How long a check takes is no part of what it finds; what it spends of the error level is.
TEST_F(StoreMerge, TakesRecordsThatDifferInTheirTimeAloneForTheSame) {
  const auto with = [](double seconds, const std::string& level) {
    Store store(":memory:", Store::Mode::write);
    VerdictRecord record = verdict(0);
    record.seconds = seconds;
    record.error_level = level;
    store.write(record);
    return store;
  };
  EXPECT_EQ(with(0.5, "1e-8").contradiction(with(0.7, "1e-8")), std::nullopt);
  EXPECT_EQ(with(0.5, "1e-8").contradiction(with(0.5, "2e-8")),
            "verdicts: theorem glm, number 0: error_level is not the same");
}

TEST_F(StoreMerge, TakesOverAllRecordsFromFilesAndFromMemory) {
  for (const std::string& path : {std::string(":memory:"), file("b.sqlite")}) {
    Store all(":memory:", Store::Mode::write);
    all.take(part(file("a.sqlite"), {0, 2}));
    all.take(part(path, {1, 2, 5}));
    EXPECT_EQ(all.done("glm"), (std::set<std::int64_t>{0, 1, 2, 5})) << path;
    EXPECT_EQ(all.mutants().size(), 1U);
    ASSERT_EQ(all.statements().size(), 2U);
    EXPECT_EQ(all.statements().front().id, "z") << "in the order of writing";
    ASSERT_TRUE(all.provenance());
    EXPECT_EQ(all.provenance()->seed, 7U);
    fs::remove(file("a.sqlite"));
  }
}

TEST_F(StoreMerge, GoesThroughBytes) {
  const std::string bytes = part(":memory:", {3, 4}).bytes();
  Store received = Store::from_bytes(bytes);
  EXPECT_EQ(received.done("glm"), (std::set<std::int64_t>{3, 4}));
  received.write(verdict(5));
  Store all = part(":memory:", {0});
  all.take(received);
  EXPECT_EQ(all.done("glm").size(), 4U);
  EXPECT_THROW(Store::from_bytes(bytes.substr(0, 5000)), StoreError);
  EXPECT_THROW(Store::from_bytes("no store"), StoreError);
}

TEST_F(StoreMerge, IgnoresDateAndMachine) {
  Store other = part(":memory:", {1});
  Provenance elsewhere = provenance();
  elsewhere.date = "2027-01-01T00:00:00Z";
  elsewhere.cpu = "another";
  elsewhere.packages = {{"GMP", "7"}};
  other.write(elsewhere);
  Store all = part(":memory:", {0});
  EXPECT_EQ(all.contradiction(other), std::nullopt);
  all.take(other);
  EXPECT_EQ(all.provenance()->cpu, "cpu");
}

TEST_F(StoreMerge, RefusesAnotherCampaignAndSaysWhatDiffers) {
  const std::pair<std::function<void(Provenance&)>, std::string> others[] = {
      {[](Provenance& p) { p.version = "2.0"; }, R"(provenance: version "1.0" and "2.0")"},
      {[](Provenance& p) { p.commit = "abd"; }, R"(provenance: code "abc" and "abd")"},
      {[](Provenance& p) { p.seed = 8; }, R"(provenance: seed "7" and "8")"},
      {[](Provenance& p) { p.inputs = "f1"; }, R"(provenance: inputs "f0" and "f1")"},
      {[](Provenance& p) { p.plan = "all"; }, R"(provenance: plan "3 of 5" and "all")"}};
  Store all = part(":memory:", {0});
  for (const auto& [change, message] : others) {
    Store other = part(":memory:", {1});
    Provenance changed = provenance();
    change(changed);
    other.write(changed);
    EXPECT_EQ(all.contradiction(other), message);
    EXPECT_THROW(all.take(other), CampaignError);
  }
  EXPECT_EQ(all.done("glm").size(), 1U);
}

TEST_F(StoreMerge, RefusesARecordThatDiffersWithAllOthersOfItsStore) {
  Store all = part(":memory:", {0, 1});
  Store other = part(":memory:", {2});
  other.write(verdict(1, Verdict::refuted));
  EXPECT_EQ(all.contradiction(other), "verdicts: theorem glm, number 1: verdict is not the same");
  EXPECT_THROW(all.take(other), CampaignError);
  EXPECT_EQ(all.done("glm"), (std::set<std::int64_t>{0, 1}));

  Store third = part(":memory:", {1});
  auto mutant = third.mutants().front();
  mutant.smallest = "{}";
  third.write(mutant);
  EXPECT_EQ(all.contradiction(third),
            "mutants: theorem glm, mutant mean: smallest is not the same");
  auto sharper = verdict(1);
  sharper.tightness = "1";  // where the other has none
  Store fourth = part(":memory:", {});
  fourth.write(sharper);
  EXPECT_EQ(all.contradiction(fourth),
            "verdicts: theorem glm, number 1: tightness is not the same");
}

}  // namespace
}  // namespace graddiv
