#include "cli/testing/verify_tool.h"

namespace graddiv::cli {
namespace {

class Baseline : public testing::VerifyTool {
 protected:
  Baseline() {
    EXPECT_EQ(graddiv(command({"--instances", "24", "--store", "old.sqlite"})).code, 0);
  }

  Arguments compared(const Arguments& more = {}) const {
    Arguments arguments = command({"--instances", "24", "--baseline", "old.sqlite"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  template <class Edit>
  void edit(const Edit& change) const {
    Store old(path("old.sqlite"), Store::Mode::write);
    change(old);
  }
};

TEST_F(Baseline, OfAnotherVersionIsAsGoodAsThatOfThisOne) {
  edit([](Store& old) {
    auto provenance = *old.provenance();
    provenance.version = "0.0.1";
    provenance.commit = "another";
    provenance.date = "2020-01-01T00:00:00Z";
    old.write(provenance);
  });
  const auto before = read("old.sqlite");
  for (const Arguments& more : {Arguments{}, Arguments{"--store", "new.sqlite"}}) {
    const auto outcome = graddiv(compared(more));
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.json().at("changes"), nlohmann::json::array());
    EXPECT_EQ(outcome.json().at("theorems").size(), 2U);
  }
  auto arguments = compared();
  std::erase(arguments, "--json");
  const auto text = graddiv(arguments).out;
  EXPECT_TRUE(text.starts_with("theorem  ")) << text;
  EXPECT_TRUE(text.ends_with("\nsince old.sqlite:\nno change\n")) << text;
  EXPECT_EQ(read("old.sqlite"), before);
}

TEST_F(Baseline, EndsWithOneWhereSomethingIsWorse) {
  edit([](Store& old) {
    auto verdict = old.verdicts("second-moment").at(3);
    verdict.conclusions += 1;
    old.write(verdict);
  });
  const auto outcome = graddiv(compared());
  EXPECT_EQ(outcome.code, 1);
  ASSERT_EQ(outcome.json().at("changes").size(), 1U);
  const auto change = outcome.json()["changes"][0];
  EXPECT_EQ(change.at("theorem"), "second-moment");
  EXPECT_EQ(change.at("worse"), true);
}

// The baseline may know more theorems than are asked for; what it has of these must be there.
TEST_F(Baseline, IsComparedInWhatWasAskedFor) {
  edit([](Store& old) {
    auto verdict = old.verdicts("diversity-range").at(3);
    verdict.conclusions += 1;
    old.write(verdict);
  });
  const auto asked = [&](const std::string& theorem, const std::string& instances) {
    return graddiv({"verify", theorem, "--example", noise_floor(), "--instances", instances,
                    "--baseline", "old.sqlite"});
  };
  EXPECT_EQ(asked("second-moment", "24").code, 0);
  EXPECT_EQ(asked("second-moment", "30").code, 0) << "more instances are no loss";
  EXPECT_EQ(asked("second-moment", "20").code, 1) << "fewer are";
  EXPECT_EQ(asked("diversity-range", "24").code, 1);
}

TEST_F(Baseline, IsNotComparedWithHalfACampaign) {
  const auto outcome = graddiv(compared({"--time-budget", "0"}));
  EXPECT_EQ(outcome.code, 4);
  EXPECT_FALSE(outcome.json().contains("changes"));
  expect_bad_input(graddiv(compared({"--shard", "1/2"})), "--baseline: found --shard 1/2");
}

TEST_F(Baseline, ThatIsMissingIsBadInputBeforeAnyWork) {
  expect_bad_input(graddiv(command({"--baseline", "none.sqlite", "--store", "new.sqlite"})),
                   "none.sqlite: no such file");
  EXPECT_FALSE(exists("new.sqlite"));
}

}  // namespace
}  // namespace graddiv::cli
