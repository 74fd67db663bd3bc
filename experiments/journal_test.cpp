#include "experiments/journal.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "experiments/testing.h"

namespace graddiv::experiments {
namespace {

class Journals : public ::testing::Test {
 protected:
  const Experiment& experiment() const { return *find_experiment("replication"); }
  static experiments::Setup setup(std::uint64_t seed = 1, const std::string& more = "") {
    return testing::setup("replication", testing::tiny("replication") + more, seed);
  }
  Journal journal(const experiments::Setup& setup, const Provenance& provenance = {}) const {
    return {folder_.path(), experiment(), setup, provenance};
  }
  std::string refusal(const experiments::Setup& setup, const Provenance& provenance = {}) const {
    try {
      journal(setup, provenance);
    } catch (const InputError& error) {
      return error.what();
    }
    return "none";
  }
  std::filesystem::path file() const { return folder_.path() / "replication.journal"; }

 private:
  testing::Folder folder_;
};

std::vector<std::uint64_t> bits(const Numbers& numbers) {
  std::vector<std::uint64_t> all;
  for (const double x : numbers) all.push_back(std::bit_cast<std::uint64_t>(x));
  return all;
}

TEST_F(Journals, GiveBackTheNumbersBitForBit) {
  using Limits = std::numeric_limits<double>;
  const Numbers numbers = {0.1,
                           -0.0,
                           1.0 / 3,
                           Limits::denorm_min(),
                           Limits::max(),
                           Limits::infinity(),
                           -Limits::infinity(),
                           Limits::quiet_NaN(),
                           -Limits::quiet_NaN()};
  journal(setup()).add("unit, of spaces = too", numbers);
  Journal again = journal(setup());
  EXPECT_EQ(again.size(), 1);
  EXPECT_EQ(bits(*again.find("unit, of spaces = too")), bits(numbers));
  EXPECT_FALSE(again.find("unit"));
  again.add("another", {2});
  EXPECT_EQ(again.find("another"), Numbers{2});
}

TEST_F(Journals, OfAnotherRunAreRefusedWithTheDifference) {
  journal(setup()).add("unit", {1});
  EXPECT_EQ(refusal(setup()), "none");
  const auto expect = [&](const std::string& message, const std::string& difference) {
    EXPECT_NE(message.find("holds 1 finished units of another run (" + difference),
              std::string::npos)
        << message;
  };
  expect(refusal(setup(2)), "seed: 1 there and 2 here)");
  expect(refusal(testing::setup("replication", testing::tiny("replication") + "ridge = 0.5\n")),
         "ridge: 0.001 there and 0.5 here)");
  auto other_data = setup();
  auto changed = std::make_shared<Dataset>(*other_data.files.test);
  changed->labels[0] += 1;
  other_data.files.test = changed;
  expect(refusal(other_data), "test data: ");
  Provenance other;
  other.version = "9.9.9";
  expect(refusal(setup(), other), "version: \"\" there and \"9.9.9\" here)");
  other.version = "";
  other.cpu = "another";
  expect(refusal(setup(), other), "processor: \"\" there and \"another\" here)");
  EXPECT_EQ(journal(setup()).find("unit"), Numbers{1}) << "as it was";
}

TEST_F(Journals, LoseALineThatIsDamagedAndNothingElse) {
  {
    Journal journal = this->journal(setup());
    for (const char* unit : {"one", "two", "three"}) journal.add(unit, {1, 2});
  }
  std::string bytes = read_file(file());
  bytes[bytes.find("two")] = 'T';
  bytes.resize(bytes.size() - 3);
  write_file(file(), bytes);
  const Journal after = journal(setup());
  EXPECT_EQ(after.size(), 1);
  EXPECT_TRUE(after.find("one"));
  EXPECT_FALSE(after.find("two"));
  EXPECT_FALSE(after.find("Two"));
  EXPECT_FALSE(after.find("three"));
}

TEST_F(Journals, WhoseFirstLineIsDamagedAreRefused) {
  journal(setup()).add("unit", {1});
  std::string bytes = read_file(file());
  bytes[40] ^= 1;
  write_file(file(), bytes);
  EXPECT_NE(refusal(setup()).find("journal: \"nothing\" there"), std::string::npos);
}

TEST_F(Journals, WithoutAUnitLeaveNothing) {
  journal(setup());
  EXPECT_FALSE(std::filesystem::exists(file()));
}

}  // namespace
}  // namespace graddiv::experiments
