#include "reports/escape.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "reports/unicode.h"

namespace graddiv::reports {
namespace {

bool is_ascii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

TEST(Escape, PrintsWhatLatexGivesAMeaning) {
  EXPECT_EQ(
      latex_escape("a_b & c% $5 #1 {x} ~ ^ \\"),
      "a\\_b \\& c\\% \\$5 \\#1 \\{x\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}");
  EXPECT_EQ(latex_escape("\"quoted\" `x`"),
            "\\textquotedbl{}quoted\\textquotedbl{} \\textasciigrave{}x\\textasciigrave{}");
}

TEST(Escape, KeepsEqualNeighboursApartThatWouldMergeIntoOneGlyph) {
  EXPECT_EQ(latex_escape("--seed << >> ,, ''"), "-{}-seed <{}< >{}> ,{}, '{}'");
  EXPECT_EQ(latex_escape("a-b 1,2"), "a-b 1,2");
}

TEST(Escape, SetsGreekLettersAndMathematics) {
  EXPECT_EQ(latex_escape("λ"), "\\ensuremath{\\lambda}");
  EXPECT_EQ(latex_escape("Σ≤½²₀"),
            "\\ensuremath{\\sum}\\ensuremath{\\le}\\ensuremath{\\tfrac12}\\ensuremath{{}^{2}}"
            "\\ensuremath{{}_{0}}");
  EXPECT_EQ(latex_escape("B\u0304 δ\u0304"), "\\ensuremath{\\bar{B}} \\ensuremath{\\bar{\\delta}}");
}

TEST(Escape, MakesAsciiOfEveryKnownCharacter) {
  for (const Character& c : known_characters())
    EXPECT_TRUE(is_ascii(latex_escape(utf8_of(c.code)))) << utf8_of(c.code);
}

TEST(Escape, KnowsAllGreekLetters) {
  for (char32_t c = U'Α'; c <= U'ω'; ++c) {
    const bool is_letter =
        c != 0x3A2 && (c < 0x3AA || c > 0x3B0);  // a gap, and letters with accents
    EXPECT_TRUE(!is_letter || find_character(c)) << utf8_of(c);
  }
}

TEST(Escape, LeavesAccentedLatinLettersToLatex) {
  EXPECT_EQ(latex_escape("Nesterov's café, Łojasiewicz"), "Nesterov's café, Łojasiewicz");
}

TEST(Escape, NeverFails) {
  EXPECT_EQ(latex_escape(""), "");
  EXPECT_EQ(latex_escape("中 🙂"), "[U+4E2D] [U+1F642]");
  EXPECT_EQ(latex_escape("a\xFFz"), "a[?]z");
  EXPECT_EQ(latex_escape("\xE2\x89"), "[?][?]");         // ≤ cut off
  EXPECT_EQ(latex_escape("\xC0\xAF"), "[?][?]");         // an overlong slash
  EXPECT_EQ(latex_escape("\xED\xA0\x80"), "[?][?][?]");  // half a surrogate pair
  EXPECT_EQ(latex_escape(std::string("a\tb\nc\x01"
                                     "d\0e",
                                     9)),
            "a b c d e");
}

TEST(Escape, LetsLongWordsBeBroken) {
  const std::string path(45, 'x');
  EXPECT_EQ(latex_escape(std::string(40, 'x')), std::string(40, 'x'));
  EXPECT_EQ(latex_escape(path),
            "xxxxxxxxxx\\allowbreak{}xxxxxxxxxx\\allowbreak{}xxxxxxxxxx\\allowbreak{}xxxxxxxxxx"
            "\\allowbreak{}xxxxx");
}

TEST(Escape, BookmarksAreAsciiToo) {
  EXPECT_EQ(bookmark("λ-strong & B_S"), "\\unichar{\"03BB}-strong \\& B\\_S");
}

TEST(Utf8, ReadsBackWhatItWrites) {
  for (const char32_t c : {U'a', U'é', U'≤', U'𝔼'}) {
    const std::string bytes = utf8_of(c);
    std::string_view rest = bytes;
    EXPECT_EQ(take_character(rest), c);
    EXPECT_TRUE(rest.empty());
  }
}

}  // namespace
}  // namespace graddiv::reports
