#include <gtest/gtest.h>

#include "constructions/catalogue.h"
#include "diversity/diversity.h"
#include "expectation/expect.h"
#include "facts/facts.h"
#include "number/exact.h"

namespace graddiv {
namespace {

Trajectory expectation_of(const Construction& c, const Construction::Showcase& s) {
  const Parameters p = c.complete(s.parameters);
  const Reference reference{enclose(c.minimizer(p)), enclose(c.optimum(p)), "", ""};
  return expect(c.problem(p), s.run, reference);
}

TEST(Constructions, ObeyTheirExactLawAtEveryIterationAsRationalEqualities) {
  for (const Construction& c : constructions()) {
    ASSERT_FALSE(c.showcases.empty());
    for (const auto& s : c.showcases) {
      const Trajectory t = expectation_of(c, s);
      const std::vector<Rational> law = c.law(c.complete(s.parameters), s.run);
      ASSERT_EQ(law.size(), static_cast<std::size_t>(s.run.iterations) + 1);
      for (int k = 0; k <= s.run.iterations; ++k) {
        EXPECT_EQ(exact_value(t.at(Quantity::distance, k)), law[static_cast<std::size_t>(k)])
            << c.id << " k = " << k;
      }
    }
  }
}

TEST(Constructions, KnowTheirMinimiserAndOptimum) {
  for (const Construction& c : constructions()) {
    for (const auto& s : c.showcases) {
      const Parameters p = c.complete(s.parameters);
      const Facts facts(c.problem(p));
      const Vector<Enclosure> minimizer = facts.minimizer().value.value();
      for (Eigen::Index j = 0; j < minimizer.size(); ++j)
        EXPECT_EQ(exact_value(minimizer[j]), c.minimizer(p)[j]) << c.id;
      EXPECT_EQ(exact_value(facts.optimum().value.value()), c.optimum(p)) << c.id;
    }
  }
}

TEST(Constructions, RefuseUnknownParametersAndValuesOutOfRange) {
  const Construction& c = find_construction("lower-noise-floor");
  EXPECT_THROW(c.complete({{"lamda", 1}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"lambda", 0}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"zeta", -1}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"copies", {3, 2}}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"copies", 0}}), std::invalid_argument);
  EXPECT_EQ(c.complete({{"zeta", 0}}).at("lambda"), 1);
  EXPECT_THROW(find_construction("lower-flor"), std::out_of_range);
  EXPECT_THROW(
      find_construction("lower-fixed-step").problem({{"blocks", 100}, {"copies", 100'000}}),
      std::invalid_argument);
}

TEST(Constructions, ExpandFromInstanceFiles) {
  const JsonReader reader = JsonReader::from_text(
      R"({"family": "construction", "name": "lower-noise-floor", "parameters": {"zeta": "3", "copies": 2}})",
      "text");
  const Problem p = read_problem(reader, families_and_constructions());
  EXPECT_EQ(p.size(), 4);
  EXPECT_EQ(p.sum->family(), "quadratic");
}

TEST(Constructions, InInstanceFilesAnswerMistakesWithWhatIsExpected) {
  const auto message = [](const char* text) -> std::string {
    try {
      read_problem(JsonReader::from_text(text, "file.json"), families_and_constructions());
    } catch (const InputError& e) {
      return e.what();
    }
    return "accepted";
  };
  const std::string unknown = message(R"({"family": "construction", "name": "lower"})");
  EXPECT_NE(unknown.find("file.json: /name"), std::string::npos) << unknown;
  EXPECT_NE(unknown.find("lower-noise-floor"), std::string::npos) << unknown;
  const std::string range = message(
      R"({"family": "construction", "name": "lower-noise-floor", "parameters": {"lambda": "-1"}})");
  EXPECT_NE(range.find("/parameters"), std::string::npos) << range;
  EXPECT_NE(range.find("a number above 0"), std::string::npos) << range;
}

// Theory D: stationary value ηζ²/(2−ηB).
TEST(LowerNoiseFloor, StaysAtItsStationaryValueOnceThere) {
  // λ = ζ = 1, B = 1, γ = 2/5: stationary value (2/5)/(8/5) = 1/4 = w_0².
  const Construction& c = find_construction("lower-noise-floor");
  const graddiv::Run run{Vector<Rational>::Constant(1, Rational(1, 2)), {{2, 5}}, {1}, 7};
  for (const Rational& e : c.law(c.complete({}), run)) EXPECT_EQ(e, Rational(1, 4));
}

// Theory D: the largest stable step is 2/(βm(1+δ)) exactly.
TEST(LowerFixedStep, GrowsJustAboveItsStabilityThresholdAndShrinksJustBelow) {
  const Construction& c = find_construction("lower-fixed-step");
  for (const long m : {1, 2, 5}) {
    for (const long B : {1, 3, 8}) {
      const Parameters p = c.complete({{"blocks", m}, {"beta", 7}});
      const Rational threshold = Rational(2) / (7 * (B + m - 1));  // m(1+δ) = B + m − 1
      Vector<Rational> start = Vector<Rational>::Zero(2 * m);
      start[1] = 1;  // a β-coordinate
      const auto after_one = [&](const Rational& step) {
        return c.law(p, {start, {step}, {B}, 1}).back();
      };
      EXPECT_EQ(after_one(threshold), 1);
      EXPECT_GT(after_one(threshold * Rational(1001, 1000)), 1);
      EXPECT_LT(after_one(threshold * Rational(999, 1000)), 1);
    }
  }
}

TEST(LowerFixedStep, HasBatchSizeBoundMEverywhereButAtTheMinimiser) {
  const Problem p = find_construction("lower-fixed-step").problem({{"blocks", 3}, {"copies", 2}});
  Vector<Enclosure> w(6);
  w << Enclosure(1), Enclosure(-2), Enclosure(0), Enclosure(5), Enclosure(1) / 3, Enclosure(1);
  EXPECT_EQ(exact_value(gradient_sums(p, w).batch_size_bound().value()), 3);
}

}  // namespace
}  // namespace graddiv
