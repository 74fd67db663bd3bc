#include "cli/support/output.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/finding_output.h"

namespace graddiv::cli {
namespace {

Enclosure number(const char* text) { return Enclosure::parse(text); }

TEST(ToJson, HasAnExactValueOnlyWhereThereIsOne) {
  EXPECT_EQ(enclosure_json(number("5/4")).dump(),
            R"({"exact":"5/4","lower":"1.25","upper":"1.25"})");
  const auto third = enclosure_json(number("1/3"), 3);
  EXPECT_EQ(third.dump(), R"({"exact":"1/3","lower":"0.333","upper":"0.334"})");
  EXPECT_FALSE(enclosure_json(sqrt(Enclosure(2))).contains("exact"));
}

TEST(TableText, AlignsColumnsByCharacters) {
  Table table({{"δ"}, {"count", Table::Align::right}, {"why"}});
  table.add({"≤≤≤", "7", "short"});
  table.add({"a", "12345678", ""});
  EXPECT_EQ(table.text(1),
            " δ       count  why\n"
            " ≤≤≤         7  short\n"
            " a    12345678\n");
}

TEST(ExitCodes, FollowTheVerdict) {
  EXPECT_EQ(exit_code(Verdict::proved, true), 0);
  EXPECT_EQ(exit_code(Verdict::supported, true), 0);
  EXPECT_EQ(exit_code(Verdict::not_applicable, true), 0);
  EXPECT_EQ(exit_code(Verdict::refuted, false), 1);
  EXPECT_EQ(exit_code(Verdict::inconclusive, false), 0);
  EXPECT_EQ(exit_code(Verdict::inconclusive, true), 4);
}

TEST(ShellWord, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_word("a/b-1.json"), "a/b-1.json");
  EXPECT_EQ(shell_word("my file"), "'my file'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace graddiv::cli
