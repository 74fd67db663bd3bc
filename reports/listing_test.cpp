#include "reports/listing.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace graddiv::reports {
namespace {

/// The listing as it is printed.
std::string printed(std::string latex) {
  const auto replace = [&](const std::string& what, const std::string& by) {
    for (auto at = latex.find(what); at != std::string::npos; at = latex.find(what, at + by.size()))
      latex.replace(at, what.size(), by);
  };
  replace("\\dots{}", "…");
  for (const char* markup : {"\\jsonkey{", "\\omitted{"})
    for (auto at = latex.find(markup); at != std::string::npos; at = latex.find(markup)) {
      latex.erase(latex.find('}', at), 1);
      latex.erase(at, std::string(markup).size());
    }
  replace("\\{", "{");
  replace("\\}", "}");
  return latex;
}

TEST(Listing, PutsWhatFitsOnOneLine) {
  const Listing listing = instance_listing(R"({"a":1,"b":["1/3",-2.50],"c":{},"d":[]})");
  EXPECT_EQ(printed(listing.latex), R"({ "a": 1, "b": ["1/3", -2.50], "c": { }, "d": [] })");
  EXPECT_FALSE(listing.abbreviated);
}

TEST(Listing, KeepsNumbersAsTheyWereWritten) {
  const std::string text =
      R"([0.1000, 1e-3, 123456789012345678901234567890, 0.12345678901234567890123])";
  EXPECT_EQ(printed(instance_listing(text).latex),
            R"([0.1000, 1e-3, 123456789012345678901234567890, 0.12345678901234567890123])");
}

TEST(Listing, BreaksObjectsByTheirKeys) {
  const Listing listing = instance_listing(
      R"({"problem": {"family": "quadratic"}, "run": [[1, 2], [3, 4]]})", {.columns = 28});
  EXPECT_EQ(printed(listing.latex),
            "{\n"
            "  \"problem\": {\n"
            "    \"family\": \"quadratic\"\n"
            "  },\n"
            "  \"run\": [[1, 2], [3, 4]]\n"
            "}");
}

TEST(Listing, FillsLinesWithLongArrays) {
  EXPECT_EQ(printed(instance_listing("[1, 2, 3, 4, 5, 6, 7, 8, 9]", {.columns = 14}).latex),
            "[\n  1, 2, 3, 4,\n  5, 6, 7, 8,\n  9\n]");
}

std::string large_matrix(int rows) {
  std::string text = "{\"rows\": [";
  for (int i = 0; i < rows; ++i) text += fmt::format("{}[{}, 2, 3]", i ? ", " : "", i);
  return text + "]}";
}

TEST(Listing, AbbreviatesWhatIsTooLongAndSaysSo) {
  const Listing listing = instance_listing(large_matrix(100), {.columns = 30, .lines = 12});
  EXPECT_TRUE(listing.abbreviated);
  EXPECT_LE(std::ranges::count(listing.latex, '\n') + 1, 12);
  EXPECT_NE(printed(listing.latex).find("[5, 2, 3],\n    … 94 more\n"), std::string::npos)
      << listing.latex;
}

TEST(Listing, LeavesWhatFitsWhole) {
  EXPECT_FALSE(instance_listing(large_matrix(6), {.lines = 10}).abbreviated);
}

TEST(Listing, CutsLongNumbersInTheMiddle) {
  const Listing listing = instance_listing("[\"" + std::string(150, '7') + "/3\"]");
  EXPECT_TRUE(listing.abbreviated);
  EXPECT_NE(printed(listing.latex).find("7…"), std::string::npos) << listing.latex;
  EXPECT_NE(printed(listing.latex).find("7/3\""), std::string::npos);
}

TEST(Listing, PrintsWhatIsNoJsonAsItStands) {
  EXPECT_EQ(instance_listing("no {json}\n\\x").latex, "no \\{json\\}\n\\textbackslash{}x");
  EXPECT_EQ(instance_listing("").latex, "");
}

}  // namespace
}  // namespace graddiv::reports
