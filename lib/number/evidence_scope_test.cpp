#include "number/evidence_scope.h"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "number/exact.h"

namespace graddiv {
namespace {

const Sample rows{"rows", Rational(1, 100)};
const Sample columns{"columns", Rational(1, 50)};

Evidence statistical(std::vector<Sample> samples) {
  return {Evidence::statistical, false, std::move(samples)};
}

Evidence collected_by(const std::function<void()>& ask) {
  const EvidenceScope scope;
  ask();
  return scope.collected();
}

TEST(EvidenceScope, CollectsWhatWasComparedWhateverBecomesOfTheAnswer) {
  const Enclosure drawn = Enclosure::hull(1, 2).known_from(rows);
  EXPECT_EQ(collected_by([&] { EXPECT_EQ((drawn <= 3).truth(), Truth::yes); }),
            statistical({rows}));
  EXPECT_EQ(collected_by([&] { EXPECT_EQ((3 <= drawn).truth(), Truth::no); }), statistical({rows}));
  const auto by_control_flow = [&] {
    const Enclosure larger = (drawn > 0) == Truth::yes ? 1 : 2;
    EXPECT_EQ((larger == 1).truth(), Truth::yes);
  };
  EXPECT_EQ(collected_by(by_control_flow), statistical({rows}));
  EXPECT_EQ(collected_by([&] { EXPECT_TRUE((drawn + 1).is_bounded()); }), Evidence{})
      << "what was not asked is not rested on";
}

TEST(EvidenceScope, CollectsWhatIsTakenApart) {
  const Enclosure exact = Enclosure(3).known_from(rows);
  const Enclosure interval = Enclosure::hull(1, 2).known_from(columns).as_surrogate();
  EXPECT_EQ(collected_by([&] { EXPECT_EQ(exact_value(exact), 3); }), statistical({rows}));
  const Evidence of_interval{Evidence::statistical, true, {columns}};
  EXPECT_EQ(collected_by([&] { EXPECT_EQ(lower_end(interval), 1); }), of_interval);
  EXPECT_EQ(collected_by([&] { EXPECT_EQ(upper_end(interval), 2); }), of_interval);
}

TEST(EvidenceScope, LeavesOutWhatIsPutBack) {
  const Enclosure exact = Enclosure(3).known_from(rows);
  const Enclosure interval = Enclosure::hull(1, 2).known_from(columns);
  Evidence rests_on;
  const auto put_back = [&] {
    EXPECT_EQ(exact_value(exact, rests_on), 3);
    EXPECT_EQ(rests_on, statistical({rows}));
    EXPECT_EQ(lower_end(interval, rests_on), 1);
    EXPECT_EQ(rests_on, statistical({columns, rows}));
    rests_on = {};
    EXPECT_EQ(upper_end(interval, rests_on), 2);
    EXPECT_EQ(rests_on, statistical({columns}));
  };
  EXPECT_EQ(collected_by(put_back), Evidence{});
}

TEST(EvidenceScope, HandsToTheOuterOneWhatItCollected) {
  const Enclosure drawn = Enclosure(3).known_from(rows);
  const Enclosure other = Enclosure(3).known_from(columns);
  const EvidenceScope outer;
  EXPECT_EQ((drawn == 3).truth(), Truth::yes);
  EXPECT_EQ(collected_by([&] { EXPECT_EQ((other == 3).truth(), Truth::yes); }),
            statistical({columns}));
  EXPECT_EQ(outer.collected(), statistical({columns, rows}));
}

TEST(EvidenceScope, CollectsOfItsOwnThreadOnly) {
  const Enclosure drawn = Enclosure(3).known_from(rows);
  const EvidenceScope scope;
  std::thread([&] { EXPECT_EQ((drawn == 3).truth(), Truth::yes); }).join();
  EXPECT_EQ(scope.collected(), Evidence{});
}

TEST(EvidenceScope, IsNotNeededToCompare) {
  EXPECT_EQ((Enclosure(3).known_from(rows) == 3).truth(), Truth::yes);
}

}  // namespace
}  // namespace graddiv
