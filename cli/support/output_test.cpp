#include "cli/support/output.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/finding_output.h"
#include "number/precision.h"

namespace graddiv::cli {
namespace {

namespace fs = std::filesystem;

Enclosure number(const char* text) { return Enclosure::parse(text); }

TEST(Brief, PrintsShortNumbersExactly) {
  EXPECT_EQ(brief(number("5/4")), "5/4");
  EXPECT_EQ(brief(number("-7")), "-7");
  EXPECT_EQ(brief(number("0")), "0");
}

TEST(Brief, CutsLongOnesOffTowardsZeroAndSaysSo) {
  EXPECT_EQ(brief(number("123456789012/1000000000001"), 5), "0.12345…");
  EXPECT_EQ(brief(number("-123456789012/1000000000001"), 5), "-0.12345…");
  EXPECT_EQ(brief(number("123456789012e-20"), 5), "1.2345…e-9");
  EXPECT_EQ(brief(number("123456789012/100000000000"), 12), "1.23456789012");
}

TEST(Brief, PrintsIntervalsByWhatAllTheirNumbersBeginWith) {
  const PrecisionScope scope(64);
  EXPECT_EQ(brief(sqrt(Enclosure(2)), 6), "1.41421…");
  EXPECT_EQ(brief(-sqrt(Enclosure(2)), 6), "-1.41421…");
  EXPECT_EQ(brief(Enclosure::hull(number("5/4"), number("3/2")), 6), "[1.25, 1.5]");
  EXPECT_EQ(brief(Enclosure::hull(-1, 1)), "[-1, 1]");
  EXPECT_EQ(brief(Enclosure::anything()), "[-inf, inf]");
}

TEST(ToJson, HasAnExactValueOnlyWhereThereIsOne) {
  EXPECT_EQ(enclosure_json(number("5/4")).dump(),
            R"({"exact":"5/4","lower":"1.25","upper":"1.25"})");
  const auto third = enclosure_json(number("1/3"), 3);
  EXPECT_EQ(third.dump(), R"({"exact":"1/3","lower":"0.333","upper":"0.334"})");
  EXPECT_FALSE(enclosure_json(sqrt(Enclosure(2))).contains("exact"));
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(shortened("k ≤ 7", 5), "k ≤ 7");
  EXPECT_EQ(shortened("k ≤ 7", 4), "k ≤ …");
  EXPECT_EQ(shortened("≤≤≤", 2), "≤≤…");
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
