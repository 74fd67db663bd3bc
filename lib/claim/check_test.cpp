#include "claim/check.h"

#include <gtest/gtest.h>

#include "number/evidence.h"
#include "sgd/instance.h"
#include "testing/statements.h"

namespace graddiv {
namespace {

using namespace testing;

TEST(Check, ProvesWhatHoldsAndSaysHowTightItIs) {
  const Finding f = check(claiming(Truth::yes, [] { return Enclosure(3) <= 4; }), parabola());
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.evidence, Evidence::exact);
  EXPECT_EQ((f.tightness.value() == Enclosure::parse("3/4")).truth(), Truth::yes);
}

TEST(Check, RefutesWhatDoesNotHold) {
  const Finding f = check(claiming(Truth::yes, [] { return Enclosure(5) <= 4; }), parabola());
  EXPECT_EQ(f.verdict, Verdict::refuted);
  EXPECT_EQ(f.reason, "here: $5 ≤ 4$ is false");
}

TEST(Check, TellsOfTheClaimRatherThanOfAStepInNumbersThatCanBeRead) {
  const Finding f = check(Statement().claims([](const Case&) {
    return std::vector<Conclusion>{{"step", Truth::yes, Enclosure(5) <= 4, true},
                                   {"here", Truth::yes, 1 / pow(Enclosure(3), 99) <= 0}};
  }),
                          parabola());
  EXPECT_EQ(f.reason, "here: $[5.82097e-48, 5.82098e-48] ≤ 0$ is false");
}

TEST(Check, NeverPassesWhatStaysUnknown) {
  const Finding f = check(claiming(Truth::yes, undecidable), parabola());
  EXPECT_EQ(f.verdict, Verdict::inconclusive);
  EXPECT_EQ(f.evidence, Evidence::none);
  EXPECT_GT(f.escalations, 0);
  EXPECT_EQ(f.precision, 4096U);
}

TEST(Check, RaisesThePrecisionUntilAComparisonIsDecided) {
  // 2^-300 is seen beside 2 only with more than 300 bits.
  const Finding f = check(
      claiming(Truth::yes, [] { return around_two() <= 2 + pow(Enclosure(2), -300); }), parabola());
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.precision, 512U);
  EXPECT_EQ(f.escalations, 2);
}

TEST(Check, ProvesNothingWhereItIsUnknownWhetherAnythingIsClaimed) {
  EXPECT_EQ(check(claiming(Truth::unknown, [] { return Enclosure(5) <= 4; }), parabola()).verdict,
            Verdict::inconclusive);
  EXPECT_EQ(check(claiming(Truth::unknown, [] { return Enclosure(3) <= 4; }), parabola()).verdict,
            Verdict::not_applicable);
  Statement both = claiming(Truth::unknown, [] { return Enclosure(3) <= 4; });
  both.claims([](const Case&) {
    return std::vector<Conclusion>{{"w_0", Truth::yes, Enclosure(1) <= 2}};
  });
  EXPECT_EQ(check(both, parabola()).verdict, Verdict::proved);
}

TEST(Check, IsNotApplicableWhereNothingApplies) {
  EXPECT_EQ(check(claiming(Truth::no, [] { return Enclosure(5) <= 4; }), parabola()).verdict,
            Verdict::not_applicable);
  EXPECT_EQ(check(Statement(), parabola()).verdict, Verdict::not_applicable);
}

// A full batch is no draws: only what asks for it says something of such runs, and nothing of draws
// at points.
TEST(Check, IsNotApplicableToAFullBatchThatItDoesNotAskFor) {
  const auto holds = [] { return Enclosure(3) <= 4; };
  const auto is_full = [](const Case& c) { return c.full_batch(); };
  Instance descent = parabola();
  descent.run.full_batch = true;
  descent.run.batches = {descent.problem.size()};
  const Finding plain = check(claiming(Truth::yes, holds), descent);
  EXPECT_EQ(plain.verdict, Verdict::not_applicable);
  EXPECT_NE(plain.reason.plain().find("the batch is full"), std::string::npos);
  EXPECT_EQ(check(claiming(Truth::yes, holds).assumes("full", is_full), descent).verdict,
            Verdict::proved);
  EXPECT_EQ(check(claiming(Truth::yes, holds).assumes("full", is_full), parabola()).verdict,
            Verdict::not_applicable);
  Statement at_points = Statement().assumes("full", is_full);
  at_points.claims_at_every_point(
      [](const Case&, const Point& p) { return p.second_moment() >= 0; });
  const Finding f = check(at_points, descent);
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_NE(f.reason.plain().find("nothing is drawn"), std::string::npos) << f.reason.plain();
}

// Nothing that is left out is judged, and all of it is named with its reason.
TEST(Check, NamesWhatIsLeftOutAndJudgesTheRest) {
  Conclusion false_step{"the step", Truth::yes, Enclosure(5) <= 4};
  false_step.left_out = "of its projection little is known";
  Conclusion open_step{"the mean", Truth::no, undecidable()};
  open_step.left_out = "a norm is irrational";
  Statement rest;
  rest.claims([=](const Case&) { return std::vector<Conclusion>{false_step, open_step}; });
  const Finding nothing = check(rest, parabola());
  EXPECT_EQ(nothing.verdict, Verdict::not_applicable);
  EXPECT_EQ(nothing.reason, "the step: of its projection little is known");
  rest.claims([](const Case&) {
    return std::vector<Conclusion>{{"the batch", Truth::yes, Enclosure(1) <= 2}};
  });
  const Finding f = check(rest, parabola());
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ(f.conclusions.size(), 1U);
  ASSERT_EQ(f.left_out.size(), 2U);
  EXPECT_EQ(f.left_out[0], "the step: of its projection little is known");
  EXPECT_EQ(f.left_out[1], "the mean: a norm is irrational");
}

TEST(Check, IsNotApplicableWhereAHypothesisFailsStaysOpenOrCannotBeCertified) {
  const auto with_hypothesis = [](std::function<Truth(const Case&)> h) {
    return check(claiming(Truth::yes, [] { return Enclosure(3) <= 4; }).assumes("H", std::move(h)),
                 parabola());
  };
  EXPECT_EQ(with_hypothesis([](const Case&) { return Truth::yes; }).verdict, Verdict::proved);
  EXPECT_EQ(with_hypothesis([](const Case&) { return Truth::no; }).reason, "H: does not hold");
  EXPECT_EQ(with_hypothesis([](const Case&) { return undecidable().truth(); }).reason,
            "H: could not be certified");
  const Finding f =
      with_hypothesis([](const Case&) -> Truth { throw NotCertified("no such constant"); });
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_EQ(f.reason, "H: could not be certified (no such constant)");
}

TEST(Check, FindsTheSharpestOfManyConclusions) {
  const Statement s = Statement().claims([](const Case&) {
    return std::vector<Conclusion>{{"a", Truth::yes, Enclosure(1) <= 4},
                                   {"b", Truth::yes, Enclosure(4) >= 3},
                                   {"c", Truth::no, Enclosure(4) <= 4}};
  });
  const Finding f = check(s, parabola());
  EXPECT_EQ(f.sharpest, "b");
  EXPECT_EQ((f.tightness.value() == Enclosure::parse("3/4")).truth(), Truth::yes);
}

TEST(Check, ALemmaCanRefuteButNeitherAppliesNorIsSharp) {
  const auto check_lemma = [](const Enclosure& left, bool beside_a_claim) {
    return check(Statement().claims([=](const Case&) {
      std::vector<Conclusion> result{{"lemma", Truth::yes, left <= 4, true}};
      if (beside_a_claim) result.push_back({"claim", Truth::yes, Enclosure(1) <= 4});
      return result;
    }),
                 parabola());
  };
  EXPECT_EQ(check_lemma(4, false).verdict, Verdict::not_applicable);
  EXPECT_EQ(check_lemma(5, false).verdict, Verdict::refuted);
  EXPECT_EQ(check_lemma(5, true).verdict, Verdict::refuted);
  EXPECT_EQ(check_lemma(4, true).verdict, Verdict::proved);
  EXPECT_EQ(check_lemma(4, true).sharpest, "claim");
}

TEST(Check, AnOpenStepOfTheProofSpoilsNoDecidedClaim) {
  const auto beside_open_step = [](const std::vector<Conclusion>& claims) {
    return check(Statement().claims([=](const Case&) {
      std::vector<Conclusion> result{{"step", Truth::yes, undecidable(), true}};
      result.insert(result.end(), claims.begin(), claims.end());
      return result;
    }),
                 parabola());
  };
  const Finding proved = beside_open_step({{"claim", Truth::yes, Enclosure(1) <= 4}});
  EXPECT_EQ(proved.verdict, Verdict::proved);
  EXPECT_EQ(proved.evidence, Evidence::exact);  // it does not rest on what was not decided
  EXPECT_EQ(proved.sharpest, "claim");
  EXPECT_NE(proved.reason.plain().find("step (a step of the proof): "), std::string::npos)
      << proved.reason;
  EXPECT_NE(proved.reason.plain().find("could not be decided"), std::string::npos) << proved.reason;
  // It could be false: no bit is spared.
  EXPECT_EQ(proved.precision, 4096U);

  EXPECT_EQ(beside_open_step({{"claim", Truth::yes, Enclosure(5) <= 4}}).verdict, Verdict::refuted);
  EXPECT_EQ(beside_open_step({{"claim", Truth::yes, undecidable()}}).verdict,
            Verdict::inconclusive);
  EXPECT_EQ(beside_open_step({}).verdict, Verdict::inconclusive);
}

TEST(Check, AnOpenStepOfTheProofIsDecidedWithMoreBitsIfItCanBe) {
  const auto f = check(Statement().claims([](const Case&) {
    return std::vector<Conclusion>{
        {"step", Truth::yes, around_two() + pow(Enclosure(2), -300) <= 2, true},
        {"claim", Truth::yes, Enclosure(1) <= 4}};
  }),
                       parabola());
  EXPECT_EQ(f.verdict, Verdict::refuted);
  EXPECT_EQ(f.precision, 512U);
}

TEST(Check, AnEquationBesideBoundsDoesNotHideHowSharpTheyAre) {
  const Finding f = check(Statement().claims([](const Case&) {
    return std::vector<Conclusion>{
        {.place = "equation", .applies = Truth::yes, .comparison = Enclosure(4) == 4},
        {"bound", Truth::yes, Enclosure(1) <= 4}};
  }),
                          parabola());
  EXPECT_EQ(f.sharpest, "bound");
  EXPECT_EQ((f.tightness.value() == Enclosure::parse("1/4")).truth(), Truth::yes);
}

TEST(Check, WhatIsNotDecidedIsNotSharp) {
  Statement s = claiming(Truth::yes, [] { return Enclosure(3) <= 4; });
  s.claims([](const Case&) {
    return std::vector<Conclusion>{{"open", Truth::yes, undecidable()}};
  });
  const Finding f = check(s, parabola());
  EXPECT_EQ(f.verdict, Verdict::inconclusive);
  EXPECT_FALSE(f.tightness.has_value());
}

TEST(Check, AClaimThatCannotBeMadeHidesNoRefutation) {
  const auto with_one_that_cannot_be_made = [](const Enclosure& left) {
    Statement s = claiming(Truth::yes, [left] { return left <= 4; });
    s.claims([](const Case&) -> std::vector<Conclusion> { throw NotCertified("no such law"); });
    return check(s, parabola());
  };
  EXPECT_EQ(with_one_that_cannot_be_made(5).verdict, Verdict::refuted);
  const Finding f = with_one_that_cannot_be_made(3);
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_EQ(f.reason, "no such law");
}

TEST(Check, MarksTheFormulasOfItsReasons) {
  Statement unknown;
  unknown.assumes("$λ > 0$", [](const Case&) -> Truth { throw NotCertified("no $λ$"); });
  EXPECT_EQ(check(unknown, parabola()).reason, "$λ > 0$: could not be certified (no $λ$)");
  Statement failing;
  failing.assumes("$λ > 0$", [](const Case&) { return Truth::unknown; })
      .assumes("$μ > 0$", [](const Case&) -> Truth { throw std::domain_error("costs $5"); });
  EXPECT_EQ(check(failing, parabola()).hypotheses[1].reason, Text::words("costs $5"));
}

TEST(Check, StopsAtTheFirstHypothesisThatDoesNotHold) {
  // One function: 2 ≤ n guards 1/(n−1).
  const Finding f =
      check(claiming(Truth::yes, [] { return Enclosure(3) <= 4; })
                .assumes("2 ≤ n", [](const Case& c) { return c.n() >= 2; })
                .assumes("1/(n−1) ≤ 1", [](const Case& c) { return 1 / (c.n() - 1) <= 1; }),
            parabola());
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_EQ(f.reason.plain(), "2 ≤ n: does not hold");
  ASSERT_EQ(f.hypotheses.size(), 2U);
  EXPECT_TRUE(f.hypotheses[0].is_asked);
  EXPECT_FALSE(f.hypotheses[1].is_asked);
  EXPECT_EQ(f.escalations, 0);
}

// What a check says of an error in the statement.
std::string error_of(const Statement& statement) {
  try {
    check(statement, parabola());
  } catch (const StatementError& e) {
    return e.what();
  }
  return "no error";
}

TEST(Check, TellsAnErrorWithItsHypothesisOrClaimAndPlace) {
  const auto faulty = [](const Case& c) { return 1 / (c.n() - 1) <= 1; };
  EXPECT_EQ(
      error_of(Statement().assumes("1/(n−1) ≤ 1", faulty)).find("hypothesis \"1/(n−1) ≤ 1\": "),
      0U);
  const std::string in_claim = error_of(Statement().claims([&](const Case& c) {
    return std::vector<Conclusion>{{"here", Truth::yes, faulty(c)}};
  }));
  EXPECT_EQ(in_claim.find("claim 1: "), 0U) << in_claim;
  const std::string at_iteration =
      error_of(Statement().claims_at_every_iteration([](const Case& c, int, const BatchCondition&) {
        return when(Truth::yes, log(c.n() - 2) <= 1, 1);
      }));
  EXPECT_EQ(at_iteration.find("claim 1 at k = 1, in expectation: "), 0U) << at_iteration;
  const std::string at_point = error_of(Statement().claims_at_every_point(
      [](const Case& c, const Point& p) { return p.distance() / (c.n() - 1) <= 1; }));
  EXPECT_EQ(at_point.find("claim 1 at the start: "), 0U) << at_point;
}

TEST(Check, AnErrorBehindAnOpenHypothesisIsNoMoreThanAReason) {
  const Finding f =
      check(Statement()
                .assumes("open", [](const Case&) { return undecidable().truth(); })
                .assumes("1/(n−1) ≤ 1", [](const Case& c) { return 1 / (c.n() - 1) <= 1; }),
            parabola());
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_EQ(f.reason, "open: could not be certified");
  EXPECT_FALSE(f.hypotheses[1].reason.empty());
}

}  // namespace
}  // namespace graddiv
