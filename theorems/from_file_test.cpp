#include "theorems/from_file.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "claim/check.h"
#include "formula/statement_of.h"
#include "formula/theorem_file.h"
#include "instances/classes.h"
#include "json/input_error.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

/// A built-in theorem from the file of the same name is the one that it is, whoever reads it.
TEST(FromFileTest, KnowsTheBuiltInTheorems) {
  const Theorem& theorem = find_theorem("rate-convex");
  EXPECT_EQ(&theorem_from_text(theorem.file_text, "copy.theorem"), &theorem);
  EXPECT_THROW(theorem_from_text(theorem.file_text + "# changed\n", "copy.theorem"), InputError);
}

/// The printer's text is read as the same file, and a claim stays one that a page can hold.
TEST(FromFileTest, PrintsTheBuiltInTheoremsAsTheyAreRead) {
  constexpr int most_lines = 40;
  for (const Theorem& theorem : theorems()) {
    const TheoremFile file = parse_theorem(theorem.file_text);
    const std::string canonical = printed(file);
    EXPECT_EQ(printed(parse_theorem(canonical)), canonical) << theorem.id;
    EXPECT_EQ(latex_of(parse_theorem(canonical)), theorem.latex) << theorem.id;
    TheoremFile claim = file;
    claim.mutants.clear();
    EXPECT_LE(std::ranges::count(printed(claim), '\n'), most_lines) << theorem.id;
  }
}

/// By lines and columns of the theorem file for JSON, by line and JSON pointer for what it means.
TEST(FromFileTest, TellsWhereAWitnessIsWrong) {
  const std::string claim =
      "theorem x\nassume γ > 0\nfor every k\n  claim E‖w_k − w*‖² ≤ D_0\nmutant m: drop h\n";
  const auto with_witness = [&](const std::string& witness) {
    std::string text = claim + "  refuted by " + witness + "\n";
    text.replace(text.find("γ > 0"), std::string("γ > 0").size(), "h: γ > 0");
    return text;
  };
  try {
    theorem_from_text(with_witness("{\"format\":\n  oops}"), "syntax.theorem");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with("syntax.theorem: line 7, column 3")) << e.what();
  }
  try {
    theorem_from_text(with_witness("{\"format\": \"graddiv-instance/2\"}"), "format.theorem");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with("format.theorem:6:14, witness of m: /format"))
        << e.what();
  }
}

TEST(FromFileTest, TellsWhereAFileIsNamedThatIsNotThere) {
  try {
    theorem_from(
        "theorem t\nassume h: n ≥ 2\nclaim n ≥ 1\nmutant m: drop h\n"
        "  refuted by file nothing.json\n",
        "t.theorem");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with("t.theorem:5:14: nothing.json: found no such"))
        << e.what();
  }
}

TEST(FromFileTest, RefusesAClassThatIsNone) {
  try {
    theorem_from("theorem t\nclaim n ≥ 1\ndraw stronly-convex\n", "t.theorem");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_TRUE(std::string(e.what()).starts_with(
        "t.theorem:3:6: there is no class of instances 'stronly-convex'; did you mean "
        "'strongly-convex'?"))
        << e.what();
  }
}

TEST(FromFileTest, RefusesABatchThatIsNone) {
  for (const char* batch : {"1/2", "0", "2 − 3", "1e9"}) {
    try {
      theorem_from(std::string("theorem t\nclaim n ≥ 1\ndraw bounded with B = ") + batch + "\n",
                   "t.theorem");
      ADD_FAILURE() << batch;
    } catch (const InputError& e) {
      EXPECT_TRUE(std::string(e.what()).starts_with(
          "t.theorem:3:23: expected a whole number from 1 to 1000000"))
          << e.what();
    }
  }
}

TEST(FromFileTest, DrawsBoxesBatchesAndInterpolatedProblems) {
  const Theorem theorem = theorem_from(
      "theorem t\nclaim n ≥ 1\ndraw strongly-convex with W = box and B = 3, "
      "rank-deficient with interpolation\n",
      "t.theorem");
  for (int i = 1; i < 20; ++i) {
    const Instance boxed = theorem.drawn_from[0].instance(1, i);
    EXPECT_EQ(boxed.problem.domain.kind(), Domain::Kind::box);
    EXPECT_LE(boxed.run.iterations, 5);
    EXPECT_EQ(boxed.run.batches, std::vector<long>{3});
    // Around the start, with it in a corner, about the minimiser, in turn.
    if (i % 3 < 2) {
      EXPECT_EQ(boxed.problem.domain.lower() == boxed.run.start, i % 3 == 1);
    }
    EXPECT_EQ(boxed.problem.domain.contains(enclose(boxed.run.start)), Truth::yes);
    const Instance interpolated = theorem.drawn_from[1].instance(1, i);
    const Evaluation evaluation(interpolated);
    EXPECT_EQ(Case(evaluation).interpolation(), Truth::yes);
  }
}

TEST(FromFileTest, DrawsStepsAsItSays) {
  const Theorem theorem = theorem_from(
      "theorem t\nassume γ ≤ 1/L_max\nclaim n ≥ 1\ndraw strongly-convex with γ = 1/L_max\n",
      "t.theorem");
  const Instance adapted = theorem.drawn_from[0].instance(1, 6);
  const Evaluation evaluation(adapted);
  const Case c(evaluation);
  EXPECT_EQ((c.gamma() * c.coupled().component_beta() == 1).truth(), Truth::yes);
  EXPECT_EQ(check(theorem.statement, adapted).verdict, Verdict::proved);
  // The last of the shares is just beyond what is allowed.
  const Instance beyond = theorem.drawn_from[0].instance(1, 5);
  EXPECT_EQ(check(theorem.statement, beyond).verdict, Verdict::not_applicable);
}

/// The n-th instance that a single draw makes.
Instance drawn_by(const std::string& draw, std::int64_t number) {
  const std::string text = "theorem t\nclaim n ≥ 1\ndraw " + draw + "\n";
  return theorem_from(text, "t.theorem").drawn_from.at(0).instance(1, number);
}

nlohmann::ordered_json step_of(const Instance& instance) {
  return to_json(instance).at("run").at("step");
}

// Shares 1, 1/2, 1, 1/10, 9/10, 101/100 of it, and still by the rule.
TEST(FromFileTest, DrawsStepsByTheRuleThatTheyFollow) {
  const std::pair<const char*, const char*> rules[] = {
      {"1/sqrt(k + 1)", R"r({"rule":"c/sqrt(k)","c":"1","offset":1})r"},
      {"3/sqrt(4·k + 12)", R"r({"rule":"c/sqrt(k)","c":"3/2","offset":3})r"},
      {"2/(3·k + 6)", R"r({"rule":"c/k","c":"2/3","offset":2})r"},
      // 1/√2 and 1/√3 rounded down to few digits, and nothing but c
      {"1/sqrt(2·k + 2)", R"r({"rule":"c/sqrt(k)","c":"185363/262144","offset":1})r"},
      {"1/(sqrt(3)·(k + 1))", R"r({"rule":"c/k","c":"37837/65536","offset":1})r"}};
  for (const auto& [formula, rule] : rules) {
    SCOPED_TRACE(formula);
    const std::string draw = "quadratics with K = 5 and γ_k = " + std::string(formula);
    const Instance drawn = drawn_by(draw, 0);
    EXPECT_EQ(step_of(drawn).dump(), rule);
    // It is read as it is written.
    EXPECT_EQ(to_text(read_instance(JsonReader::from_text(to_text(drawn), "drawn"))),
              to_text(drawn));
  }
  const std::string root = "quadratics with K = 5 and γ_k = 1/sqrt(k + 1)";
  EXPECT_EQ(step_of(drawn_by(root, 1)).at("c"), "1/2");
  EXPECT_EQ(step_of(drawn_by(root, 5)).at("c"), "101/100");
  const Theorem theorem = theorem_from(
      "theorem t\nassume all(j = 0..K − 1, γ_j²·(j + 1) = γ_0²)\nclaim n ≥ 1\ndraw " + root + "\n",
      "t.theorem");
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(check(theorem.statement, theorem.drawn_from[0].instance(1, i)).verdict,
              Verdict::proved);
}

TEST(FromFileTest, ListsStepsThatFollowNoRule) {
  for (const char* formula : {"1/(2·k + 1)", "1/sqrt(2·k + 1)", "1/2^k", "1/(k + 1)^2",
                              "sqrt(k + 1)", "1/(4 − k)", "1/3"}) {
    SCOPED_TRACE(formula);
    const auto step =
        step_of(drawn_by("quadratics with K = 4 and γ_k = " + std::string(formula), 0));
    ASSERT_TRUE(step.is_array()) << step;
    EXPECT_EQ(step.size(), 4U);
  }
  // One step is no schedule.
  EXPECT_EQ(step_of(drawn_by("quadratics with K = 1 and γ_k = 1/sqrt(k + 1)", 0)), "1");
  EXPECT_EQ(step_of(drawn_by("quadratics with K = 4 and γ = 1/sqrt(2)", 0)), "185363/262144");
  // The first two steps are those of 1/(k + 1).
  EXPECT_EQ(step_of(drawn_by("quadratics with K = 3 and γ_k = 1/2^k", 0)).dump(),
            R"(["1","1/2","1/4"])");
}

TEST(FromFileTest, TellsTwoDrawsOfOneClassApart) {
  const Theorem theorem = theorem_from(
      "theorem t\nclaim n ≥ 1\ndraw convex with B = 7, convex, glm, glm with B = 2\n", "t.theorem");
  ASSERT_EQ(theorem.drawn_from.size(), 4U);
  EXPECT_EQ(theorem.drawn_from[1].name, "convex (2)");
  EXPECT_EQ(theorem.drawn_from[3].name, "glm (2)");
  EXPECT_FALSE(theorem.drawn_from[0].is_as_registered);
  EXPECT_TRUE(theorem.drawn_from[1].is_as_registered);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(theorem.drawn_from[0].instance(1, i).run.batches, std::vector<long>{7});
    EXPECT_EQ(to_text(theorem.drawn_from[1].instance(1, i)),
              to_text(draw(InstanceClass::convex, 1, i)));
    EXPECT_EQ(theorem.drawn_from[3].instance(1, i).run.batches, std::vector<long>{2});
  }
}

TEST(FromFileTest, TakesAFullBatchOfAnyClass) {
  const Theorem theorem = theorem_from(
      "theorem t\nassume the batch is full\nclaim n ≥ 1\ndraw dropout with B = full, quadratics "
      "with B = full\n",
      "t.theorem");
  for (const DrawnFrom& from : theorem.drawn_from) {
    for (int i = 0; i < 20; ++i) {
      const Instance drawn = from.instance(1, i);
      EXPECT_TRUE(drawn.run.full_batch);
      EXPECT_EQ(check(theorem.statement, drawn).verdict, Verdict::proved);
    }
  }
}

// Columns of numbers in "draw …" count from 1, the d of draw.
TEST(FromFileTest, RefusesDescriptionsThatNoInstanceHas) {
  const std::pair<const char*, const char*> wrong[] = {
      {"quadratics with d = 51", "3:26: expected a whole number from 1 to 50"},
      {"quadratics with d = 0", "3:26: expected a whole number from 1 to 50"},
      {"quadratics with n = 3..2", "3:29: expected a number from the first one on"},
      {"quadratics with n = 1001", "3:26: expected a whole number from 1 to 1000"},
      {"glm with K = 1/2", "3:19: expected a whole number from 1 to 1000000"},
      {"glm with ‖x_i‖ = −1", "3:23: expected a number that is at least 0"},
      {"glm with regularization = −1", "3:32: expected a number that is at least 0"},
      {"glm with regularization = sqrt(2)", "3:32: expected a rational number"},
      {"glm with regularization = 1/0", "3:32: expected a rational number"},
      {"max-affine with spectrum = −1..2", "3:33: expected a number that is at least 0"},
      {"max-affine with spectrum = {1, −1}", "3:37: expected a number that is at least 0"},
      {"quadratics with spectrum = 2..1", "3:36: expected a number from the first one on"},
      {"quadratic with d = 2",
       "3:6: 'quadratic' is no family that a draw describes; did you mean 'quadratics'?"},
      {"quadratic", "3:6: there is no class of instances 'quadratic'; did you mean 'quadratics'?"}};
  for (const auto& [draw, message] : wrong) {
    try {
      theorem_from(std::string("theorem t\nclaim n ≥ 1\ndraw ") + draw + "\n", "t.theorem");
      ADD_FAILURE() << draw;
    } catch (const InputError& e) {
      EXPECT_TRUE(std::string(e.what()).starts_with(std::string("t.theorem:") + message))
          << draw << "\n"
          << e.what();
    }
  }
}

TEST(FromFileTest, TriesWhatIsGivenBeyondTheBest) {
  const Theorem theorem =
      theorem_from("theorem t\ngiven L ≥ L_max\nassume γ·L ≤ 1\nclaim γ·L ≤ 1\n", "t.theorem");
  const Theorem wrong =
      theorem_from("theorem u\ngiven L ≥ L_max\nclaim L ≤ 3/2·L_max\n", "u.theorem");
  const Instance drawn = draw(InstanceClass::strongly_convex, 1, 6);
  EXPECT_NE(check(theorem.statement, drawn).verdict, Verdict::refuted);
  EXPECT_EQ(check(wrong.statement, drawn).verdict, Verdict::refuted);
}

}  // namespace
}  // namespace graddiv
