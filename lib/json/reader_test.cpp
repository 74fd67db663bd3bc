#include "json/reader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace graddiv {
namespace {

JsonReader parse(std::string_view text) { return JsonReader::from_text(text, "f"); }

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(JsonReader, ReadsEveryNotationOfANumberExactly) {
  const auto number = [](std::string_view text) { return to_string(parse(text).number()); };
  EXPECT_EQ(number("7"), "7");
  EXPECT_EQ(number("-7"), "-7");
  EXPECT_EQ(number("0.1"), "1/10");  // not the double next to it
  EXPECT_EQ(number("1e-3"), "1/1000");
  EXPECT_EQ(number("1e-400"), "1/1" + std::string(400, '0'));
  EXPECT_EQ(number("1e400"), "1" + std::string(400, '0'));
  EXPECT_EQ(number("18446744073709551615"), "18446744073709551615");
  EXPECT_EQ(number("18446744073709551616"), "18446744073709551616");  // 2^64
  EXPECT_EQ(number("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(number("-9223372036854775809"), "-9223372036854775809");
  EXPECT_EQ(number("0.30000000000000000000000000000000000001"),
            "30000000000000000000000000000000000001/100000000000000000000000000000000000000");
  EXPECT_EQ(number(R"("-4/6")"), "-2/3");
  EXPECT_EQ(number(R"("0.125")"), "1/8");
  EXPECT_EQ(number(R"("1e-3")"), "1/1000");
}

TEST(JsonReader, TellsNumbersFromTheStringsTheyAreKeptAs) {
  EXPECT_EQ(message_of([] { parse("0.5").text(); }), "f: top level: found 0.5, expected a string");
  EXPECT_EQ(message_of([] { parse("0.5").one_of({"0.5"}); }),
            "f: top level: found 0.5, expected \"0.5\"");
  EXPECT_EQ(parse(R"("0.5")").text(), "0.5");
  EXPECT_EQ(parse(R"("0.5")").one_of({"0.5"}), "0.5");
}

TEST(JsonReader, IntegersMayBeWrittenAsAnyNumber) {
  EXPECT_EQ(parse("12").integer(1, 20), 12);
  EXPECT_EQ(parse("1e1").integer(1, 20), 10);
  EXPECT_EQ(parse(R"("12")").integer(1, 20), 12);
  const std::string error = ", expected an integer from 1 to 20";
  for (const char* text : {"0", "21", "1.5", "\"1/2\"", "1e30", "true", "[1]"}) {
    EXPECT_EQ(message_of([&] { parse(text).integer(1, 20); }),
              std::string("f: top level: found ") + text + error);
  }
}

TEST(JsonReader, TellsTooLargeExponentsFromOtherTexts) {
  for (const char* text : {R"("1e999999999")", R"("-1e-100001")"}) {
    EXPECT_EQ(message_of([&] { parse(text).number(); }),
              std::string("f: top level: found ") + text +
                  ", expected an exponent from -100000 to 100000");
  }
}

TEST(JsonReader, PointersEscapeSlashAndTilde) {
  const auto reader = parse(R"({"a/b": {"m~n": [1, [true]]}})");
  EXPECT_EQ(message_of([&] { reader.at("a/b").at("m~n").at(1).at(0).number(); }),
            "f: /a~1b/m~0n/1/0: found true, expected a number: an integer, a decimal, or a string "
            "such as \"2/3\", \"0.125\" or \"1e-3\"");
}

TEST(JsonReader, ShortensLongValuesAndEscapesControlCharacters) {
  const std::string long_text = '"' + std::string(1000, 'x') + '"';
  EXPECT_EQ(message_of([&] { parse(long_text).one_of({"y"}); }),
            "f: top level: found \"" + std::string(59, 'x') + "…, expected \"y\"");
  EXPECT_EQ(message_of([] { parse(R"("\u001b[31m\u0000")").one_of({"y"}); }),
            R"(f: top level: found "\u001b[31m\u0000", expected "y")");
  EXPECT_EQ(message_of([] { parse(R"([1, [2.50, "s"], {"k": null}, {}])").text(); }),
            R"(f: top level: found [1, [2.50, "s"], {"k": null}, {}], expected a string)");
  // Cut between characters, not within one.
  std::string alphas;
  for (int i = 0; i < 100; ++i) alphas += "α";
  std::string shown;
  for (int i = 0; i < 29; ++i) shown += "α";
  EXPECT_EQ(message_of([&] { parse('"' + alphas + '"').one_of({"y"}); }),
            "f: top level: found \"" + shown + "…, expected \"y\"");
}

TEST(JsonReader, CountsColumnsInCharacters) {
  EXPECT_TRUE(
      message_of([] { parse("{\n  \"‖w‖²\": oops}"); }).starts_with("f: line 2, column 11:"))
      << message_of([] { parse("{\n  \"‖w‖²\": oops}"); });
}

TEST(JsonReader, ReadsVectorsAndMatricesOfGivenOrAnySize) {
  EXPECT_EQ(parse("[1, \"1/2\"]").vector(2)(1), Rational(1, 2));
  EXPECT_EQ(parse("[1, 2, 3]").vector(-1).size(), 3);
  const Matrix<Rational> m = parse("[[1, 2, 3], [4, 5, 6]]").matrix(-1, -1);
  EXPECT_EQ(m.rows(), 2);
  EXPECT_EQ(m.cols(), 3);
  EXPECT_EQ(m(1, 0), 4);
  EXPECT_EQ(message_of([] { parse("[[1, 2], [3]]").matrix(-1, -1); }),
            "f: /1: found [3], expected an array of 2 numbers");
  EXPECT_EQ(message_of([] { parse("[]").vector(-1); }),
            "f: top level: found [], expected an array of at least 1 number");
  EXPECT_EQ(message_of([] { parse("[]").matrix(-1, 2); }),
            "f: top level: found [], expected an array of at least 1 row");
  EXPECT_EQ(message_of([] { parse("[[1]]").matrix(2, 1); }),
            "f: top level: found [[1]], expected an array of 2 rows");
}

TEST(JsonReader, GivesKeysInOrderAndSizes) {
  const auto reader = parse(R"({"b": 1, "a": [1, 2]})");
  EXPECT_EQ(reader.keys(), (std::vector<std::string>{"b", "a"}));
  EXPECT_TRUE(reader.is_object());
  EXPECT_TRUE(reader.has("a"));
  EXPECT_FALSE(reader.has("c"));
  EXPECT_FALSE(reader.at("b").has("a"));
  EXPECT_EQ(reader.at("a").size(), 2U);
  EXPECT_TRUE(reader.at("a").is_array());
  EXPECT_EQ(message_of([&] { reader.at("a").at(2); }),
            "f: /a/2: found nothing, expected one more value");
  EXPECT_EQ(message_of([&] { (void)reader.size(); }),
            R"(f: top level: found {"b": 1, "a": [1, 2]}, expected an array)");
}

TEST(JsonReader, AllowsSixtyFourLevelsAndNoMore) {
  EXPECT_NO_THROW(parse(std::string(64, '[') + std::string(64, ']')));
  const std::string message = message_of([] { parse(std::string(100000, '[')); });
  EXPECT_NE(
      message.find("found arrays and objects nested more than 64 deep, expected less nesting"),
      std::string::npos)
      << message;
}

TEST(JsonReader, ReadsFilesAndSaysWhichItCannot) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "graddiv-json-reader-test";
  fs::create_directories(folder);
  const std::string file = (folder / "good.json").string();
  std::ofstream(file) << "[1,\n 2]\n";
  EXPECT_EQ(JsonReader::from_file(file).vector(2)(1), 2);
  EXPECT_EQ(JsonReader::from_file(file).file(), file);

  const std::string missing = (folder / "missing.json").string();
  EXPECT_EQ(message_of([&] { JsonReader::from_file(missing); }),
            missing + ": found no such file, expected a JSON file");
  EXPECT_EQ(message_of([&] { JsonReader::from_file(folder.string()); }),
            folder.string() + ": found a directory, expected a JSON file");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace graddiv
