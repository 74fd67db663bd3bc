#include "json/print.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace graddiv {
namespace {

using Json = nlohmann::ordered_json;

TEST(Print, WritesOnOneLineOrOneMemberALine) {
  const Json json = {{"b", {1, "1/2"}}, {"a", Json::object()}};
  EXPECT_EQ(compact(json), R"({"b":[1,"1/2"],"a":{}})");
  EXPECT_EQ(indented(json), "{\n  \"b\": [\n    1,\n    \"1/2\"\n  ],\n  \"a\": {}\n}\n");
  EXPECT_EQ(file_text(json), "{ \"b\": [1, \"1/2\"], \"a\": {} }\n");
}

TEST(Print, KeepsRowsOnALineHoweverLongTheyAre) {
  Json row = Json::array();
  for (int i = 0; i < 60; ++i) row.push_back(i);
  std::string line = "[0";
  for (int i = 1; i < 60; ++i) line += ", " + std::to_string(i);
  line += "]";
  EXPECT_EQ(file_text({{"rows", {row, row}}}),
            "{\n  \"rows\": [\n    " + line + ",\n    " + line + "\n  ]\n}\n");
}

TEST(Print, PutsAFileIntoAFileInItsOwnLayout) {
  EXPECT_EQ(file_text({{"format", "outer/1"}, {"seed", "7"}}, "instance",
                      "{\n  \"rows\": [\n    [1, 2]\n  ]\n}\n"),
            "{\n"
            "  \"format\": \"outer/1\",\n"
            "  \"seed\": \"7\",\n"
            "  \"instance\": {\n"
            "    \"rows\": [\n"
            "      [1, 2]\n"
            "    ]\n"
            "  }\n"
            "}\n");
}

TEST(Print, NeverFailsOnBytesThatAreNoUtf8) {
  const Json json = {{"reason", "\xff"}};
  EXPECT_EQ(compact(json), "{\"reason\":\"\xef\xbf\xbd\"}");
  EXPECT_EQ(file_text(json), "{ \"reason\": \"\xef\xbf\xbd\" }\n");
  EXPECT_EQ(indented(json), "{\n  \"reason\": \"\xef\xbf\xbd\"\n}\n");
}

TEST(Print, WritesExactNumbersAsFractions) {
  Matrix<Rational> m(1, 2);
  m << Rational(1, 3), -2;
  EXPECT_EQ(compact(to_json(m)), R"([["1/3","-2"]])");
  EXPECT_EQ(compact(to_json(Vector<Rational>(m.row(0).transpose()))), R"(["1/3","-2"])");
}

}  // namespace
}  // namespace graddiv
