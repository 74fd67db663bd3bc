#include "number/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <type_traits>

namespace graddiv {
namespace {

TEST(Text, KnowsItsFormulas) {
  const Text text = "F is $λ$-strongly convex, $λ > 0$";
  EXPECT_EQ(text.plain(), "F is λ-strongly convex, λ > 0");
  const auto pieces = text.pieces();
  ASSERT_EQ(pieces.size(), 4U);
  EXPECT_FALSE(pieces[0].is_formula);
  EXPECT_EQ(pieces[1].text, "λ");
  EXPECT_TRUE(pieces[1].is_formula);
  EXPECT_EQ(pieces[2].text, "-strongly convex, ");
  EXPECT_TRUE(pieces[3].is_formula);
}

TEST(Text, IsPutTogether) {
  Text text = Text::formula("k = 7") + ": ";
  text += Text::words("a file called $x$");
  EXPECT_EQ(text.plain(), "k = 7: a file called $x$");
  EXPECT_EQ(text.pieces().size(), 2U);
  EXPECT_TRUE(Text().empty());
}

TEST(Text, OnlyLiteralsAreTakenAsMarked) {
  static_assert(std::is_convertible_v<const char(&)[4], Text>);
  static_assert(!std::is_constructible_v<Text, std::string>);
  static_assert(!std::is_constructible_v<Text, const char*>);  // what() of an exception
}

TEST(Text, AnOpenFormulaEndsWithTheText) {
  EXPECT_EQ(Text("at $k = 7").plain(), "at k = 7");
  EXPECT_TRUE(Text("at $k = 7").pieces().back().is_formula);
}

RC_GTEST_PROP(TextProperty, WordsAndFormulasAreReadAsTheyWereWritten, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::pair<std::string, bool>>>(
      rc::gen::pair(rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab $\\"))),
                    rc::gen::arbitrary<bool>()));
  Text text;
  std::string plain;
  for (const auto& [words, is_formula] : pieces) {
    text += is_formula ? Text::formula(words) : Text::words(words);
    plain += words;
  }
  RC_ASSERT(text.plain() == plain);
  RC_ASSERT(Text::from_marked(text.marked()).pieces().size() == text.pieces().size());
}

}  // namespace
}  // namespace graddiv
