#include "claim/check.h"

#include <gtest/gtest.h>

#include "number/evidence.h"
#include "number/exact.h"
#include "number/precision.h"
#include "sgd/instance.h"

namespace graddiv {
namespace {

Instance parabola() {
  return read_instance(JsonReader::from_text(
      witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
              R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 1)"),
      "parabola"));
}

Statement claiming(Truth applies, const std::function<Comparison()>& comparison) {
  return Statement().claims([=](const Case&) {
    return std::vector<Conclusion>{{"here", applies, comparison()}};
  });
}

/// 2 as no more than an interval, at any precision.
Enclosure around_two() { return exp(log(Enclosure(2))); }

// A comparison that no precision decides.
Comparison undecidable() { return around_two() <= 2; }

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

TEST(Check, CallsEvidenceFromIntervalsByItsName) {
  const Finding f = check(claiming(Truth::yes, [] { return log(Enclosure(2)) <= 2; }), parabola());
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.evidence, Evidence::interval);
}

TEST(Check, NeverPassesWhatStaysUnknown) {
  const Finding f = check(claiming(Truth::yes, undecidable), parabola());
  EXPECT_EQ(f.verdict, Verdict::inconclusive);
  EXPECT_EQ(f.evidence, Evidence::none);
  EXPECT_GT(f.escalations, 0);
  EXPECT_EQ(f.precision, 2048U);
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
  EXPECT_EQ(proved.precision, 2048U);

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
    return std::vector<Conclusion>{{.place = "equation",
                                    .applies = Truth::yes,
                                    .comparison = Enclosure(4) == 4,
                                    .is_beside_bounds = true},
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

// A probability known from draws only, against a stated one.
Finding check_sample(const RowSample& sample, const Enclosure& probability, const char* stated) {
  return check(Statement().claims([=](const Case&) {
    return std::vector<Conclusion>{
        {"rows", Truth::yes,
         probability.known_from({"rows", exact_value(sample.error_level)}) <=
             Enclosure::parse(stated),
         false, sample}};
  }),
               parabola());
}

RowSample sample_of(int failures, int undecided) {
  return {64, failures, undecided, Enclosure::parse("1e-6"), Enclosure::parse("0.0695")};
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

TEST(Check, SupportsWhatASampleShows) {
  const Enclosure low = Enclosure::hull(0, Enclosure::parse("0.2115"));
  const Finding below = check_sample(sample_of(0, 0), low, "1/2");
  EXPECT_EQ(below.verdict, Verdict::supported);
  EXPECT_EQ(below.evidence, Evidence::statistical);
  EXPECT_FALSE(below.tightness.has_value()) << "an estimate attains nothing";
  // Seldom failing, but less often than stated.
  EXPECT_EQ(check_sample(sample_of(3, 1), low, "1/2").verdict, Verdict::supported);
}

// 64 draws that all hold would have refuted a probability of 0.0695.
TEST(Check, SupportsWhatDrawsCouldHaveRefutedAndIsOnlyConsistentWithTheRest) {
  const Enclosure low = Enclosure::hull(0, Enclosure::parse("0.2115"));
  const Finding near = check_sample(sample_of(0, 0), low, "0.00695");
  EXPECT_EQ(near.verdict, Verdict::supported) << "ten times the stated one is seen";
  EXPECT_EQ(
      near.reason,
      "rows: 0 of 64 draws failed: the failure probability is at most $0.212$ with confidence "
      "$1 − 1e-6$, the stated one is $0.00695$; one of $0.0695$ or more, $10$ times the "
      "stated one, would have been refuted with probability 0.99");
  EXPECT_EQ(check_sample(sample_of(0, 0), low, "0.00694").verdict, Verdict::consistent);

  const Finding far = check_sample(sample_of(0, 0), low, "1e-46");
  EXPECT_EQ(far.verdict, Verdict::consistent);
  EXPECT_EQ(far.evidence, Evidence::statistical);
  EXPECT_NE(far.reason.plain().find("0.0695 or more, 6.95e44 times the stated one"),
            std::string::npos)
      << far.reason;
  EXPECT_EQ(far.escalations, 0) << "more precision makes no more of the same draws";

  RowSample blind = sample_of(0, 0);
  blind.detectable.reset();
  EXPECT_EQ(check_sample(blind, low, "1/5").verdict, Verdict::consistent);
}

// ---- what tells something -----------------------------------------------------------------------

/// 0 ≤ left/2 for these, where `left` is that large, with these δ.
Finding check_telling(std::vector<std::pair<int, std::optional<Enclosure>>> sides,
                      Truth applies = Truth::yes) {
  return check(Statement()
                   .claims([=](const Case&) {
                     std::vector<Conclusion> result;
                     for (int k = 0; const auto& [left, delta] : sides) {
                       result.push_back({Place::at(++k), applies, Enclosure(left) <= 10});
                       result.back().delta = delta;
                     }
                     return result;
                   })
                   .tells_where("$x > 0$",
                                [](const Case&, const Conclusion& c) {
                                  if ((c.comparison.left == 7) == Truth::yes)
                                    throw NotCertified("nobody knows");
                                  return c.comparison.left > 0;
                                }),
               parabola());
}

TEST(Telling, IsWhatHasATellingConclusionThatApplies) {
  EXPECT_FALSE(check_telling({{0, {}}}).is_telling);
  EXPECT_EQ(check_telling({{0, {}}}).verdict, Verdict::proved) << "true all the same";
  EXPECT_TRUE(check_telling({{0, {}}, {1, {}}}).is_telling);
  EXPECT_FALSE(check_telling({{1, {}}}, Truth::no).is_telling);
  EXPECT_FALSE(check_telling({{7, {}}}).is_telling) << "what cannot be certified does not count";
}

TEST(Telling, IsSoAtPositiveDeltaWhereATellingConclusionHasIt) {
  const auto at_positive_delta = [](std::vector<std::pair<int, std::optional<Enclosure>>> sides) {
    return check_telling(std::move(sides)).is_telling_at_positive_delta;
  };
  EXPECT_FALSE(at_positive_delta({{1, {}}}));
  EXPECT_FALSE(at_positive_delta({{1, Enclosure(0)}, {0, Enclosure(1)}}));
  EXPECT_TRUE(at_positive_delta({{1, Enclosure(0)}, {1, Enclosure(1)}}));
  EXPECT_FALSE(at_positive_delta({{1, Enclosure::hull(0, 1)}})) << "δ may be 0";
}

TEST(Telling, IsNotWhatOnlyAStepOfTheProofSays) {
  const Finding f = check(Statement().claims([](const Case&) {
    return std::vector<Conclusion>{{"a lemma", Truth::yes, Enclosure(1) <= 2, true}};
  }),
                          parabola());
  EXPECT_FALSE(f.is_telling);
}

TEST(Check, LeavesOpenWhatSomeDrawsSpeakAgainst) {
  const Enclosure middle = Enclosure::hull(Enclosure::parse("1/8"), Enclosure::parse("5/8"));
  for (const RowSample& sample : {sample_of(10, 0), sample_of(0, 10)}) {
    const Finding f = check_sample(sample, middle, "1/2");
    EXPECT_EQ(f.verdict, Verdict::inconclusive);
    EXPECT_EQ(f.evidence, Evidence::none);
    EXPECT_EQ(f.escalations, 0);
    EXPECT_NE(f.reason.plain().find("in [0.125, 0.625]"), std::string::npos) << f.reason;
  }
}

TEST(Check, RefutesByStatisticsWhatASampleExceeds) {
  const Finding f =
      check_sample(sample_of(64, 0), Enclosure::hull(Enclosure::parse("0.788"), 1), "1/2");
  EXPECT_EQ(f.verdict, Verdict::refuted);
  EXPECT_EQ(f.evidence, Evidence::statistical);
  EXPECT_NE(f.reason.plain().find("64 of 64 draws failed"), std::string::npos) << f.reason;
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

TEST(Check, AStatisticalNumberInAClaimMakesItSupportedAtMost) {
  const Enclosure drawn = Enclosure(1).known_from({"rows", Rational(1, 1000)});
  const auto with = [&](const Enclosure& factor) {
    return check(claiming(Truth::yes, [factor] { return 3 * factor <= 4; }), parabola());
  };
  EXPECT_EQ(with(1).verdict, Verdict::proved);
  const Finding f = with(drawn);
  EXPECT_EQ(f.verdict, Verdict::supported);
  EXPECT_EQ(f.evidence, Evidence::statistical);
  EXPECT_EQ(f.rests_on.error_level(), Rational(1, 1000));
  EXPECT_FALSE(f.tightness) << "an estimate attains nothing";
  EXPECT_NE(f.reason.plain().find("unless a sample misled"), std::string::npos) << f.reason;
  // Nor can it refute with more than that.
  const Finding against = with(2 * drawn);
  EXPECT_EQ(against.verdict, Verdict::refuted);
  EXPECT_EQ(against.evidence, Evidence::statistical);
}

TEST(Check, SaysThatWhatItKnowsIsKnownOfSurrogates) {
  const Finding f =
      check(claiming(Truth::yes, [] { return Enclosure(1).as_surrogate() <= 2; }), parabola());
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.evidence, Evidence::exact);
  EXPECT_TRUE(f.rests_on.surrogate);
}

TEST(Check, SharesWhatIsKnownOfAnInstanceBetweenStatements) {
  const Evaluation evaluation(parabola());
  const auto by_distance = [](const Enclosure& factor) {
    return Statement().claims([factor](const Case& c) {
      return std::vector<Conclusion>{
          {Place::at(1), Truth::yes, c.distance(1) <= factor * c.distance(0)}};
    });
  };
  const Finding a = check(by_distance(1), evaluation);
  const Finding b = check(by_distance(Enclosure(1) / 8), evaluation);
  EXPECT_EQ(a.verdict, Verdict::proved);
  EXPECT_EQ(b.verdict, Verdict::refuted);
  EXPECT_EQ(a.provenance, b.provenance);
  EXPECT_FALSE(b.provenance.empty());
}

TEST(Case, GivesHBatchInExpectationAndPointwise) {
  // ½w² from 1 with γ = 1/2, B = 1: one function, so B_S = 1 and δ = 0; M² = 1.
  const Case c(parabola());
  const auto& conditions = c.batch_conditions(1);
  ASSERT_EQ(conditions.size(), 2U);
  for (const BatchCondition& h : conditions) {
    EXPECT_EQ((h.delta == 0).truth(), Truth::yes) << to_string(h.form);
    EXPECT_EQ((h.second_moment == 1).truth(), Truth::yes) << to_string(h.form);
  }
}

TEST(Case, TakesTheSmallestAndTheMeanOfTheGradientsBeforeAnIteration) {
  const Instance two_steps = read_instance(JsonReader::from_text(
      witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
              R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 2)"),
      "two steps"));
  const Case c(two_steps);  // gradients 1, 1/2
  EXPECT_EQ(c.smallest_gradient_norm2(1).to_string(), "1");
  EXPECT_EQ(c.smallest_gradient_norm2(2).to_string(), "1/4");
  EXPECT_EQ(c.mean_gradient_norm2(2).to_string(), "5/8");
}

TEST(Case, SerialRunsHaveNoDeltaNotEvenAnIntervalAroundZero) {
  const Case c(read_instance(JsonReader::from_text(
      witness(
          R"("family": "glm", "loss": "logistic", "dimension": 1, "rows": [["1"], ["2"]], "targets":
    ["1", "-1"])",
          R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 1)"),
      "logistic")));
  for (const BatchCondition& h : c.batch_conditions(1))
    EXPECT_EQ((h.delta == 0).truth(), Truth::yes);
}

}  // namespace
}  // namespace graddiv
