#include "formula/hints.h"

#include <gtest/gtest.h>

#include <string>

#include "formula/parse.h"
#include "formula/typeset.h"

namespace graddiv {
namespace {

const Names everywhere{.variables = {},
                       .under = {Under::nothing, Under::iteration, Under::form, Under::point}};

/// What is said of a formula that is none.
std::string said_of(const std::string& text) {
  try {
    return to_unicode(parse_formula(text, everywhere));
  } catch (const FormulaError& e) {
    return e.what();
  }
}

// As a reader of papers writes them who has not seen the vocabulary.
TEST(Hints, NameTheWordThatWasMeant) {
  for (const auto& [text, word] : {
           std::pair{"F convex", "F is convex"},
           {"f is convex", "F is convex"},
           {"F is m-strongly convex", "F is λ-strongly convex"},
           {"every f_i convex", "every f_i is convex"},
           {"every f_i is L-smooth", "every f_i is smooth"},
           {"‖w_k − w*‖²", "E‖w_k − w*‖²"},
           {"E‖w_{k − 1} − x*‖²", "E‖w_{k − 1} − w*‖²"},
           {"E||w_k - x*||^2", "E‖w_k − w*‖²"},
           {"E‖∇f(w_2)‖²", "E‖∇F(w_2)‖²"},
           {"F(w_k) − F*", "E F(w_k)"},
           {"‖∇F(w_k)‖²", "E‖∇F(w_k)‖²"},
           {"S and S' differ by one example", "S and S' differ in one example"},
           {"batch is full", "the batch is full"},
           {"gama", "gamma"},
           {"E‖w_k − w_*‖²", "E‖w_k − w*‖²"},
       })
    EXPECT_NE(said_of(text).find("; did you mean '" + std::string(word) + "'?"), std::string::npos)
        << text << ": " << said_of(text);
}

TEST(Hints, SayHowANotationOfPapersIsCalledHere) {
  for (const auto& [text, words] : {std::pair{"1/L", "L_max (of every f_i), β (of F)"},
                                    {"κ", "β/λ"},
                                    {"σ²", "σ*² (the noise at w*)"},
                                    {"T", "K iterations"},
                                    {"all f_i are convex", "every: every f_i is convex"},
                                    {"E‖∇f_i(w)‖²", "M²(w) at every point w"},
                                    {"inf_W F", "F*"},
                                    {"η_k", "γ_k·B_k"}})
    EXPECT_NE(said_of(text).find("; here it is " + std::string(words)), std::string::npos)
        << text << ": " << said_of(text);
}

TEST(Hints, SayWhichIndexIsNone) {
  EXPECT_EQ(said_of("E‖w_t − w*‖²"),
            "unknown name 'E'; 't' is no index: expected a number, k or K");
}

TEST(Names, DoNotTakeWordsApart) {
  for (const char* name : {"F", "M", "E", "σ"})
    EXPECT_THROW(require_new_name(name, everywhere, {}), FormulaError) << name;
  for (const char* name : {"G", "beta2", "gamma0", "κ", "rest"})
    EXPECT_NO_THROW(require_new_name(name, everywhere, {})) << name;
}

TEST(Hints, AreSilentWhereNothingIsNear) {
  EXPECT_EQ(said_of("qqq"), "unknown name 'qqq'");
  EXPECT_EQ(said_of("‖‖‖"), "there is no such quantity");
}

TEST(Spellings, MayBeInAscii) {
  for (const auto& [ascii, text] : {
           std::pair{"E||w_k - w*||^2", "E‖w_k − w*‖²"},
           {"E||grad F(w_{k - 1})||^2", "E‖∇F(w_{k − 1})‖²"},
           {"E[F(w_k)] - F(w*)", "E F(w_k) − F*"},
           {"E[F(w_k) - F(w*)]", "E[F(w_k) − F*]"},
           {"||w_0 - w*||^2", "D_0"},
           {"F is lambda-strongly convex", "F is λ-strongly convex"},
           {"sigma*^2", "σ*²"},
           {"M^2(w)", "M²(w)"},
           {"<grad F(w), w - w*>", "⟨∇F(w), w − w*⟩"},
           {"2*lambda*gamma", "2·λ·γ"},
       })
    EXPECT_EQ(said_of(ascii), text);
}

}  // namespace
}  // namespace graddiv
