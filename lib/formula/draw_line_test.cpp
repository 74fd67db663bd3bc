#include "formula/draw_line.h"

#include <gtest/gtest.h>

#include "formula/theorem_file.h"
#include "problem/families.h"

namespace graddiv {
namespace {

DrawLine draw_of(const std::string& text) {
  return parse_draw(text, {0, text.size()}, {{"L", Formula::Type::number}});
}

std::string error_of_draw(const std::string& text) {
  try {
    draw_of(text);
  } catch (const FormulaError& e) {
    return described(e, text, "t.theorem");
  }
  return "none";
}

TEST(DrawLineTest, IsPrintedAsItIsRead) {
  for (const char* text :
       {"bounded", "quadratics or glm with mixed and d = 2",
        "bounded with interpolation and W = box and n = 1..3 and B = 2 and K = 5",
        "strongly-convex with γ = 1/(2·L)", "strongly-convex with B = full and γ_k = 1/(k + 1)",
        "quadratics", "quadratics or glm", "quadratics with spectrum = 1/10..2",
        "quadratics or max-affine with spectrum = {0, 1/3, 2}",
        "quadratics with spectrum = −1..2 and d = 2",
        "linear-functions with mechanism = dropout or langevin and W = box",
        "quadratics with spectrum = 1..sum(j = 1..2, j)", "max-affine with spectrum = 1",
        "glm with loss = logistic or huber and ‖x_i‖ = 1 and W = R^d or ball and n = 2..9",
        "least-squares with ‖x_i‖ = 1/2..3 and interpolation and start = boundary and W = box",
        "linear-functions with regularization = 0..1/2 and neighbour and W = box or product and "
        "start = inside or boundary and d = 1..3 and n = 4 and B = 1..3 and K = 2 and γ = 1/L"}) {
    const std::string once = printed(draw_of(text));
    EXPECT_EQ(printed(draw_of(once)), once);
    // The order is one's own; all else stays.
    EXPECT_EQ(once.size(), std::string(text).size()) << once;
  }
}

TEST(DrawLineTest, IsReadInAsciiAndOverSeveralLines) {
  EXPECT_EQ(printed(draw_of("glm\n  with norm(x_i) = 1 and\n  gamma = 1/L")),
            "glm with ‖x_i‖ = 1 and γ = 1/L");
  EXPECT_EQ(printed(draw_of("quadratics with\n d = 2\n and gamma_k = 1/(k + 2)")),
            "quadratics with d = 2 and γ_k = 1/(k + 2)");
  const TheoremFile file = parse_theorem(
      "theorem t\nclaim n ≥ 1\ndraw quadratics with spectrum = {1, 1/10} and d = 2,\n  bounded\n");
  ASSERT_EQ(file.draws.size(), 2U);
  EXPECT_EQ(file.draws[0].eigenvalues.size(), 2U);
  EXPECT_EQ(file.draws[1].instance_class, "bounded");
}

TEST(DrawLineTest, KnowsEveryLossOfInstanceFiles) {
  for (const LossEntry& loss : loss_entries())
    EXPECT_EQ(draw_of("glm with loss = " + loss.name).losses, std::vector<std::string>{loss.name});
}

TEST(DrawLineTest, KeepsOfADescriptionWhatAClassCanHave) {
  EXPECT_EQ(
      printed(with_class(draw_of("quadratics with spectrum = 1..2 and W = ball or box and d = 2 "
                                 "and n = 3 and γ = 1/L"),
                         "convex")),
      "convex with W = box and n = 3 and γ = 1/L");
}

struct MalformedDraw {
  std::string text;
  std::string message;  // its beginning
};

class MalformedDrawTest : public testing::TestWithParam<MalformedDraw> {};

TEST_P(MalformedDrawTest, SaysWhatIsWrongAndWhere) {
  const std::string error = error_of_draw(GetParam().text);
  EXPECT_TRUE(error.starts_with("t.theorem:1:" + GetParam().message)) << error;
}

INSTANTIATE_TEST_SUITE_P(
    All, MalformedDrawTest,
    testing::Values(
        MalformedDraw{"",
                      "1: expected a class of instances, small letters, digits and hyphens, or "
                      "families such as 'quadratics or glm'"},
        MalformedDraw{"quadratics or", "14: '' is no family that a draw describes; expected"},
        MalformedDraw{"quadratics or lineer-functions",
                      "15: 'lineer-functions' is no family that a draw describes; did you mean "
                      "'linear-functions'?; expected quadratics, linear-functions, least-squares"},
        MalformedDraw{"bounded or glm", "1: 'bounded' is no family that a draw describes"},
        MalformedDraw{"glm or glm", "8: 'glm' stands here twice"},
        MalformedDraw{"bounded with", "13: expected 'γ = FORMULA', 'γ_k = FORMULA', 'n = NUMBER'"},
        MalformedDraw{"bounded with spectrum = 1",
                      "14: a class has its own 'spectrum'; expected a "
                      "description, such as 'quadratics with spectrum "
                      "= NUMBER..NUMBER'"},
        MalformedDraw{"bounded with W = ball",
                      "18: a class is put into a box alone: expected 'W = "},
        MalformedDraw{"quadratics with spectrm = 1",
                      "17: 'spectrm' is no change of a draw; did you mean 'spectrum'?"},
        MalformedDraw{"quadratics with zebra = 1",
                      "17: expected 'γ = FORMULA', 'γ_k = FORMULA', 'n = NUMBER', 'B = NUMBER', 'K "
                      "= NUMBER', 'interpolation', 'W = SET', 'mixed', 'd = NUMBER', 'spectrum = NU"
                      "MBER..NUMBER', 'regularization = NUMBER', 'neighbour', 'mechanism = NAME"},
        MalformedDraw{
            "quadratics with mechanism = dropuot",
            "29: 'dropuot' is no mechanism; did you mean 'dropout'?; expected dropout, l"},
        MalformedDraw{"glm with mechanism = dropout and B = full",
                      "34: nothing is drawn from a full batch: no mechanism beside it"},
        MalformedDraw{"quadratics with spectrum", "17: expected 'spectrum = NUMBER..NUMBER'"},
        MalformedDraw{"quadratics with spectrum = ", "27: expected a formula"},
        MalformedDraw{"quadratics with spectrum = 1..", "31: expected a formula"},
        MalformedDraw{"quadratics with spectrum = {1, 2",
                      "32: expected '}' behind the eigenvalues"},
        MalformedDraw{"quadratics with spectrum = {}", "29: expected a formula"},
        MalformedDraw{"quadratics with spectrum = {1,, 2}", "31: expected a formula"},
        MalformedDraw{"quadratics with spectrum = L_max", "28: expected a number; 'L_max' differs"},
        MalformedDraw{"quadratics with spectrum = n > 1", "28: expected a number"},
        MalformedDraw{"quadratics with d = 2 and d = 3", "27: 'd' stands here twice"},
        MalformedDraw{"quadratics with γ = 1 and γ_k = 1", "27: 'γ_k' stands here twice"},
        MalformedDraw{"quadratics with interpolation = 1", "17: expected 'interpolation'"},
        MalformedDraw{"quadratics with d", "17: expected 'd = NUMBER'"},
        MalformedDraw{"quadratics with d = 2 and", "26: expected 'γ = FORMULA'"},
        MalformedDraw{"quadratics with loss = huber",
                      "17: quadratics have no 'loss': it is of glm"},
        MalformedDraw{"glm or quadratics with ‖x_i‖ = 1",
                      "24: quadratics have no '‖x_i‖': it is of linear-functions, least-squares"},
        MalformedDraw{"glm with loss = hubr",
                      "17: 'hubr' is no loss; did you mean 'huber'?; expected squared, huber"},
        MalformedDraw{"glm with loss = logistic and interpolation",
                      "30: logistic losses have no minimum: no interpolation"},
        MalformedDraw{"quadratics with interpolation and regularization = 1",
                      "35: ½ρ‖w‖² moves the minimum of every function: no interpolation"},
        MalformedDraw{
            "quadratics with W = halfspace",
            "21: 'halfspace' is no set W that is known; expected R^d, box, ball, product"},
        MalformedDraw{"quadratics with start = corner and W = box",
                      "25: 'corner' is no place of a start; expected inside, boundary"},
        MalformedDraw{"quadratics with start = boundary",
                      "25: R^d has no boundary: expected 'W = box', ball or product too"},
        MalformedDraw{"quadratics with γ = 1/lamda",
                      "23: unknown name 'lamda'; did you mean 'lambda'?"}));

}  // namespace
}  // namespace graddiv
