#include "campaign/agenda.h"

#include <gtest/gtest.h>

namespace graddiv {
namespace {

class AgendaTest : public testing::Test {
 protected:
  AgendaTest() {
    a_.id = "a";
    b_.id = "b";
    options_.instances = 4;
  }

  void check_already(const std::string& theorem, std::int64_t number) {
    VerdictRecord record;
    record.theorem = theorem;
    record.number = number;
    store_.write(record);
  }

  Agenda agenda() const { return {theorems_, plan_, store_, options_}; }

  /// "a0 b0 | a1 b1": all batches, one after the other.
  std::string listed() const {
    std::string text;
    Agenda all = agenda();
    for (Batch batch = all.next(); !batch.empty(); batch = all.next()) {
      if (!text.empty()) text += " |";
      for (const auto& [theorem, number] : batch)
        text += (text.empty() ? "" : " ") + theorem->id + std::to_string(number);
    }
    return text;
  }

  /// 0 and 2 have one instance, 1 and 3 another, for either theorem.
  void share_instances() {
    plan_.same = [](const Theorem&, std::int64_t number, const Theorem&) {
      return std::vector<std::int64_t>{number % 2, number % 2 + 2};
    };
  }

  Theorem a_;
  Theorem b_;
  std::vector<const Theorem*> theorems_{&a_, &b_};
  Plan plan_;
  Store store_{":memory:", Store::Mode::write};
  CampaignOptions options_;
};

TEST_F(AgendaTest, GoesByNumberThenByTheorem) {
  EXPECT_EQ(listed(), "a0 | b0 | a1 | b1 | a2 | b2 | a3 | b3");
  EXPECT_EQ(agenda().total(), 8);
}

TEST_F(AgendaTest, HasAllOfAnInstanceTogetherInTheirOrderAndOnce) {
  share_instances();
  EXPECT_EQ(listed(), "a0 b0 a2 b2 | a1 b1 a3 b3");
  EXPECT_EQ(agenda().total(), 8);
  options_.instances = 3;
  EXPECT_EQ(listed(), "a0 b0 a2 b2 | a1 b1");
}

TEST_F(AgendaTest, OfAShardHasItsNumbersAlone) {
  options_.instances = 5;
  options_.shard = {1, 3};
  EXPECT_EQ(listed(), "a0 | b0 | a3 | b3");
  EXPECT_EQ(agenda().total(), 4);
  options_.shard = {3, 3};
  EXPECT_EQ(listed(), "a2 | b2");
  EXPECT_EQ(agenda().total(), 2);
  // 2 has the instance of 0, which is another shard's.
  share_instances();
  EXPECT_EQ(listed(), "a2 b2");
  options_.shard = {1, 3};
  EXPECT_EQ(listed(), "a0 b0 | a3 b3");
}

TEST_F(AgendaTest, LeavesOutWhatIsInTheStore) {
  check_already("a", 0);
  check_already("b", 2);
  EXPECT_EQ(listed(), "b0 | a1 | b1 | a2 | a3 | b3");
  EXPECT_EQ(agenda().total(), 8);
  EXPECT_EQ(agenda().resumed(), 2);
  share_instances();
  EXPECT_EQ(listed(), "b0 a2 | a1 b1 a3 b3");
  options_.shard = {1, 2};
  EXPECT_EQ(listed(), "b0 a2");
  EXPECT_EQ(agenda().resumed(), 2);
  options_.shard = {2, 2};
  EXPECT_EQ(agenda().resumed(), 0) << "these are another shard's";
}

}  // namespace
}  // namespace graddiv
