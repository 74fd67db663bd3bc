#include "number/truth.h"

#include <gtest/gtest.h>

namespace graddiv {
namespace {

constexpr Truth no = Truth::no;
constexpr Truth unknown = Truth::unknown;
constexpr Truth yes = Truth::yes;

TEST(Truth, HasKleenesConnectives) {
  EXPECT_EQ(!no, yes);
  EXPECT_EQ(!unknown, unknown);
  EXPECT_EQ(!yes, no);
  for (const Truth a : {no, unknown, yes}) {
    EXPECT_EQ(no && a, no);
    EXPECT_EQ(yes && a, a);
    EXPECT_EQ(yes || a, yes);
    EXPECT_EQ(no || a, a);
  }
  EXPECT_EQ(unknown && unknown, unknown);
  EXPECT_EQ(unknown || unknown, unknown);
}

TEST(Truth, NeverTurnsUnknownIntoAYesWithoutAnotherYes) {
  for (const Truth a : {no, unknown}) {
    EXPECT_NE(a && unknown, yes);
    EXPECT_NE(a || unknown, yes);
    EXPECT_NE(unknown && a, yes);
    EXPECT_NE(unknown || a, yes);
  }
}

TEST(Truth, IsReadable) {
  EXPECT_EQ(to_string(yes), "yes");
  EXPECT_EQ(to_string(no), "no");
  EXPECT_EQ(to_string(unknown), "unknown");
}

}  // namespace
}  // namespace graddiv
