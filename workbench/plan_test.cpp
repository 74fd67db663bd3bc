#include "workbench/plan.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "constructions/catalogue.h"
#include "instances/classes.h"
#include "json/file.h"
#include "theorems/catalogue.h"

namespace graddiv::workbench {
namespace {

// The same for one is the same for all, whichever theorem asks, and theorems that draw from the
// same class share all that they can.
TEST(VerificationPlan, KnowsWhichNumbersHaveOneInstance) {
  std::vector<const Theorem*> chosen;
  for (const char* id : {"rate-convex", "serial-convex", "one-step", "lower-noise-floor"})
    chosen.push_back(&find_theorem(id));
  const VerificationPlan verification(chosen, {}, 5);
  const Plan plan = verification.plan();
  constexpr std::int64_t count = 150;  // with all that are given
  using Turn = std::pair<const Theorem*, std::int64_t>;
  std::map<Turn, std::string> texts;
  std::map<std::string, std::set<std::string>> users;
  for (const Theorem* theorem : chosen) {
    for (std::int64_t number = 0; number < count; ++number) {
      const auto planned = plan.at(*theorem, number, {});
      ASSERT_TRUE(planned);
      texts[{theorem, number}] = planned->origin + to_text(planned->instance);
    }
  }
  for (const auto& [turn, text] : texts) {
    const auto& [theorem, number] = turn;
    std::set<Turn> same;
    for (const Theorem* other : chosen) {
      std::int64_t last = -1;
      for (const std::int64_t n : plan.same(*theorem, number, *other)) {
        EXPECT_GT(n, last);
        last = n;
        same.insert({other, n});
        if (n < count && !text.starts_with("witness")) {
          EXPECT_EQ(texts.at({other, n}), text) << theorem->id << number << other->id << n;
        }
        users[text].insert(other->id);
      }
    }
    EXPECT_TRUE(same.contains(turn)) << theorem->id << " " << number;
    for (const auto& [other, n] : same) {
      std::set<Turn> of_that;
      for (const Theorem* t : chosen)
        for (const std::int64_t m : plan.same(*other, n, *t)) of_that.insert({t, m});
      EXPECT_EQ(of_that, same) << theorem->id << " " << number << " and " << other->id << " " << n;
    }
  }
  // All of them have the worst cases, two of these four draw runs on convex functions.
  std::set<std::size_t> shared_by;
  for (const auto& [text, ids] : users) {
    if (text.starts_with("construction")) {
      EXPECT_EQ(ids.size(), 4U) << text;
    }
    if (text.starts_with("random: convex-runs")) {
      EXPECT_EQ(ids, (std::set<std::string>{"one-step", "rate-convex"}));
    }
    shared_by.insert(ids.size());
  }
  EXPECT_TRUE(shared_by.contains(2) && shared_by.contains(4));
}

std::string kind(const Planned& planned) {
  return planned.origin.substr(0, planned.origin.find(':'));
}

// Small campaigns too, and whatever shard of one.
TEST(VerificationPlan, MixesRandomInstancesWithGivenOnesFromTheFirstNumberOn) {
  const Theorem& theorem = find_theorem("one-step");
  const VerificationPlan verification({&theorem}, {}, 5);
  const Plan plan = verification.plan();
  std::map<std::string, int> of_20;
  for (std::int64_t number = 0; number < 20; ++number) ++of_20[kind(*plan.at(theorem, number, {}))];
  EXPECT_EQ(of_20["construction"], 4);
  EXPECT_EQ(of_20["random"], 16);
  for (const int shards : {2, 3, 5, 8, 10}) {
    for (int index = 0; index < shards; ++index) {
      int random = 0;
      int all = 0;
      for (std::int64_t number = index; number < 130; number += shards, ++all) {
        random += kind(*plan.at(theorem, number, {})) == "random" ? 1 : 0;
      }
      EXPECT_GE(10 * random, 5 * all) << index << " of " << shards;
      EXPECT_LT(random, all) << index << " of " << shards;
    }
  }
}

// Each given instance comes once, and what is drawn is another instance each time, from all classes
// in turn.
TEST(VerificationPlan, LeavesNoGivenInstanceOutAndThenDrawsAlone) {
  const Theorem& theorem = find_theorem("rate-strongly-convex");
  const VerificationPlan verification({&theorem}, {}, 5, SearchSchedule(0));
  const Plan plan = verification.plan();
  std::map<std::string, int> given;
  std::map<std::string, std::set<std::string>> drawn;
  std::int64_t last = 0;
  for (std::int64_t number = 0; number < 400; ++number) {
    const auto [origin, instance, search_checks, sampling] = *plan.at(theorem, number, {});
    EXPECT_FALSE(sampling);
    ASSERT_EQ(search_checks, 0);
    if (origin.starts_with("random")) {
      drawn[origin].insert(to_text(instance));
      continue;
    }
    ++given[origin + "\n" + to_text(instance)];
    last = number;
  }
  std::map<std::string, int> expected;
  for (const auto& construction : constructions()) {
    for (const auto& showcase : construction.showcases)
      ++expected["construction: " + construction.id + "\n" +
                 to_text(construction.instance(showcase))];
  }
  for (const auto& mutant : theorem.mutants) {
    const auto reader = JsonReader::from_text(mutant.witness, "witness");
    ++expected["witness: rate-strongly-convex/" + mutant.id + "\n" +
               to_text(read_instance(reader, families_and_constructions()))];
  }
  for (const auto& [text, times] : expected) EXPECT_EQ(given[text], times) << text;
  EXPECT_EQ(given.size(), expected.size());
  EXPECT_LT(last, 150);
  EXPECT_EQ(drawn.size(), theorem.drawn_from.size());
  for (const auto& [origin, texts] : drawn)
    EXPECT_GE(texts.size(), 200 / theorem.drawn_from.size()) << origin;
}

// The seed turns the random instances, the first of all too, and no other.
TEST(VerificationPlan, ASeedHasAnEffectOnSmallCampaignsToo) {
  const Theorem& theorem = find_theorem("one-step");
  const VerificationPlan one({&theorem}, {}, 1);
  const VerificationPlan two({&theorem}, {}, 2);
  int others = 0;
  for (std::int64_t number = 0; number < 20; ++number) {
    const Planned a = *one.plan().at(theorem, number, {});
    const Planned b = *two.plan().at(theorem, number, {});
    EXPECT_EQ(a.origin, b.origin);
    const bool is_other = to_text(a.instance) != to_text(b.instance);
    EXPECT_TRUE(kind(a) == "random" || !is_other) << a.origin;
    others += is_other ? 1 : 0;
  }
  EXPECT_GE(others, 10);
}

// A store is not continued with another example in a file of the same name.
TEST(VerificationPlan, HasTheExamplesOfItsFilesAndAFingerprintOfThem) {
  const Theorem& theorem = find_theorem("one-step");
  const std::string name = "graddiv-plan-" + std::to_string(std::random_device()());
  const auto file = std::filesystem::temp_directory_path() / (name + ".json");
  const auto plan_with = [&](const Instance& example) {
    write_file(file, to_text(example));
    return VerificationPlan({&theorem}, {file.string()}, 5);
  };
  const Instance one = draw(InstanceClass::convex, 1, 1);
  const VerificationPlan verification = plan_with(one);
  EXPECT_EQ(plan_with(one).fingerprint(), verification.fingerprint());
  EXPECT_NE(plan_with(draw(InstanceClass::convex, 1, 2)).fingerprint(), verification.fingerprint());
  std::filesystem::remove(file);
  int times = 0;
  for (std::int64_t number = 0; number < 150; ++number) {
    const Planned planned = *verification.plan().at(theorem, number, {});
    if (planned.origin == "example: " + name && to_text(planned.instance) == to_text(one)) ++times;
  }
  EXPECT_EQ(times, 1);
}

// Numbers that search are put between the others, which stay what they are, in their order.
TEST(VerificationPlan, SearchesBetweenTheOthers) {
  const Theorem& theorem = find_theorem("one-step");
  const VerificationPlan searching({&theorem}, {}, 5, SearchSchedule(20));
  const VerificationPlan plain({&theorem}, {}, 5, SearchSchedule(0));
  EXPECT_NE(searching.fingerprint(), plain.fingerprint());
  std::int64_t place = 0;
  std::vector<std::int64_t> checks;
  for (std::int64_t number = 0; number < 110; ++number) {
    const Planned planned = *searching.plan().at(theorem, number, {});
    if (planned.search_checks > 0) {
      EXPECT_EQ(planned.origin, "search");
      EXPECT_EQ(searching.plan().same(theorem, number, theorem), std::vector{number});
      EXPECT_TRUE(searching.plan().same(theorem, number, find_theorem("rate-convex")).empty());
      checks.push_back(planned.search_checks);
      continue;
    }
    const Planned expected = *plain.plan().at(theorem, place++, {});
    EXPECT_EQ(planned.origin, expected.origin) << number;
    EXPECT_EQ(to_text(planned.instance), to_text(expected.instance)) << number;
  }
  EXPECT_EQ(checks, std::vector<std::int64_t>{25});
}

TEST(VerificationPlan, HasNothingBeyondTheWorstCasesForATheoremThatDrawsFromNoClass) {
  Theorem theorem = find_theorem("rate-convex");
  theorem.drawn_from.clear();
  const VerificationPlan verification({&theorem}, {}, 5);
  EXPECT_FALSE(verification.plan().at(theorem, 1000, {}));
  EXPECT_TRUE(verification.plan().same(theorem, 1000, theorem).empty());
}

}  // namespace
}  // namespace graddiv::workbench
