#include "workbench/replay.h"

#include <gtest/gtest.h>

#include "theorems/catalogue.h"

namespace graddiv::workbench {
namespace {

// What a mutant's witness comes out as, recorded.
class ReplayedDifferences : public testing::Test {
 protected:
  ReplayedDifferences() {
    const auto& mutant = find_theorem("second-moment").mutants.front();
    const auto reader = JsonReader::from_text(mutant.witness, "witness");
    saved_.statement = "second-moment";
    saved_.mutant = mutant.id;
    saved_.instance = read_instance(reader);
    finding_ = check(mutant.statement, saved_.instance);
    saved_.verdict = finding_.verdict;
    saved_.evidence = finding_.evidence;
    saved_.reason = finding_.reason.plain();
    saved_.sides = sides_of(finding_);
  }

  /// "what: recorded | now" of the only one; "" for none.
  std::string only() const {
    const auto found = differences(saved_, finding_);
    if (found.empty()) return "";
    EXPECT_EQ(found.size(), 1U);
    return found[0].what + ": " + found[0].recorded + " | " + found[0].now;
  }

  CounterexampleFile saved_;
  Finding finding_;
};

TEST_F(ReplayedDifferences, AreNoneWhereAllComesOutAsRecorded) {
  ASSERT_EQ(finding_.verdict, Verdict::refuted);
  ASSERT_TRUE(saved_.sides);
  EXPECT_EQ(only(), "");
}

TEST_F(ReplayedDifferences, NameEachThingThatIsRecorded) {
  saved_.verdict = Verdict::proved;
  EXPECT_EQ(only(), "verdict: proved | refuted");
  saved_.verdict = Verdict::refuted;
  saved_.evidence = Evidence::interval;
  EXPECT_EQ(only(), "evidence: interval | exact");
  saved_.evidence = Evidence::exact;
  saved_.reason = "so it was";
  EXPECT_EQ(only(), "reason: so it was | " + finding_.reason.plain());
  saved_.reason = finding_.reason.plain();
  const Sides sides = *saved_.sides;
  saved_.sides->left = "7";
  EXPECT_EQ(only(), "left side: 7 | " + sides.left);
  saved_.sides = sides;
  saved_.sides->right = "7";
  EXPECT_EQ(only(), "right side: 7 | " + sides.right);
  saved_.sides = sides;
  saved_.sides->where = "k = 99";
  EXPECT_EQ(only(), "where it is false: k = 99 | " + sides.where);
}

TEST_F(ReplayedDifferences, AreAllNamedAtOnce) {
  const Statement& truth = find_theorem("second-moment").statement;
  const auto found = differences(saved_, check(truth, saved_.instance));
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0].what, "verdict");
  EXPECT_EQ(found[4].now, "none");
}

TEST_F(ReplayedDifferences, SayNothingOfWhatWasNotRecorded) {
  saved_.evidence.reset();
  saved_.reason.reset();
  saved_.sides.reset();
  EXPECT_EQ(only(), "");
}

}  // namespace
}  // namespace graddiv::workbench
