#include "claim/check.h"

#include <gtest/gtest.h>

#include "number/evidence.h"
#include "number/exact.h"
#include "testing/statements.h"

namespace graddiv {
namespace {

using namespace testing;

TEST(Check, CallsEvidenceFromIntervalsByItsName) {
  const Finding f = check(claiming(Truth::yes, [] { return log(Enclosure(2)) <= 2; }), parabola());
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.evidence, Evidence::interval);
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

// The two ways to lose what a number rests on: to ask it for a yes or no, and to take it apart.

const Enclosure& drawn_one() {
  static const Enclosure one = Enclosure(1).known_from({"rows", Rational(1, 1000)});
  return one;
}

Finding check_assuming(const std::function<Truth()>& hypothesis, const Enclosure& left = 3) {
  return check(claiming(Truth::yes, [left] { return left <= 4; })
                   .assumes("H", [hypothesis](const Case&) { return hypothesis(); }),
               parabola());
}

TEST(Check, AStatisticalNumberInAHypothesisMakesItSupportedAtMost) {
  const Finding f = check_assuming([] { return drawn_one() <= 2; });
  EXPECT_EQ(f.verdict, Verdict::supported);
  EXPECT_EQ(f.evidence, Evidence::statistical);
  EXPECT_EQ(f.rests_on.error_level(), Rational(1, 1000));
  EXPECT_EQ(f.hypotheses.at(0).rests_on, f.rests_on);
  EXPECT_FALSE(f.tightness);
  EXPECT_EQ(f.reason,
            "its hypotheses hold unless a sample misled (with probability $0.001$ at most)");

  const auto by_control_flow = [] {
    return (drawn_one() > 2) == Truth::yes ? Truth::no : Truth::yes;
  };
  EXPECT_EQ(check_assuming(by_control_flow).verdict, Verdict::supported);
  EXPECT_EQ(check_assuming([] { return truth(exact_value(drawn_one()) == 1); }).verdict,
            Verdict::supported);
  EXPECT_EQ(check_assuming([] { return truth(lower_end(drawn_one()) == 1); }).verdict,
            Verdict::supported);

  const Finding against = check_assuming([] { return drawn_one() <= 2; }, 5);
  EXPECT_EQ(against.verdict, Verdict::refuted);
  EXPECT_EQ(against.evidence, Evidence::statistical);
}

TEST(Check, AnExactHypothesisAddsNothing) {
  const Finding f = check_assuming([] { return Enclosure(1) <= 2; });
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.rests_on, (Evidence{Evidence::exact, false, {}}));
}

TEST(Check, AHypothesisAtSurrogatesIsSaidToBeSo) {
  const Finding f = check_assuming([] { return Enclosure(1).as_surrogate() <= 2; });
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.evidence, Evidence::exact);
  EXPECT_TRUE(f.rests_on.surrogate);
}

TEST(Check, WhatAConclusionAskedWeakensThatOneOnly) {
  const auto at_iterations = [](const std::function<When(int)>& claim) {
    return check(Statement().claims_at_every_iteration(
                     [claim](const Case&, int k, const BatchCondition&) { return claim(k); }),
                 parabola());
  };
  EXPECT_EQ(at_iterations([](int) { return when(drawn_one() <= 2, Enclosure(3) <= 4, 1); }).verdict,
            Verdict::supported);
  const auto taken_apart = [](int) {
    return when(Truth::yes, enclose(exact_value(drawn_one())) <= 4, 1);
  };
  EXPECT_EQ(at_iterations(taken_apart).verdict, Verdict::supported);
  // What refutes was not drawn.
  const Finding f =
      check(claiming(Truth::yes, [] { return Enclosure(5) <= 4; }).claims([](const Case&) {
        return std::vector<Conclusion>{{"drawn", drawn_one() <= 2, Enclosure(3) <= 4}};
      }),
            parabola());
  EXPECT_EQ(f.verdict, Verdict::refuted);
  EXPECT_EQ(f.evidence, Evidence::exact);
}

TEST(Check, SaysThatWhatItKnowsIsKnownOfSurrogates) {
  const Finding f =
      check(claiming(Truth::yes, [] { return Enclosure(1).as_surrogate() <= 2; }), parabola());
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ(f.evidence, Evidence::exact);
  EXPECT_TRUE(f.rests_on.surrogate);
}

// Numbers of which no bound is known are guesses: they support nothing and refute nothing.
TEST(Check, IsAtMostConsistentWithGuesses) {
  const auto verdict = [](const char* bound) {
    return check(claiming(Truth::yes,
                          [=] {
                            const Enclosure guess = Enclosure::hull(1, 2);
                            return guess.known_from({"runs", 1}) <= Enclosure::parse(bound);
                          }),
                 parabola());
  };
  EXPECT_EQ(verdict("3").verdict, Verdict::consistent);
  EXPECT_EQ(verdict("1/2").verdict, Verdict::inconclusive);
}

TEST(Check, SaysWhatDrawsWouldHaveShown) {
  const Finding f = check(claiming(Truth::yes,
                                   [] {
                                     const Enclosure mean = Enclosure::hull(1, 2);
                                     return mean.known_from({"runs", Rational(1, 100)}) <= 4;
                                   }),
                          parabola());
  EXPECT_EQ(f.verdict, Verdict::supported);
  EXPECT_NE(f.reason.plain().find("1.25 times the bound would have been refuted"),
            std::string::npos)
      << f.reason.plain();
}

}  // namespace
}  // namespace graddiv
