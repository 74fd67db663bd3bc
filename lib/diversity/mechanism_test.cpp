#include "diversity/mechanism.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

#include "diversity/mechanism_laws.h"
#include "diversity/mechanism_registry.h"
#include "json/reader.h"
#include "number/exact.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::vec;
using Sharing = Mechanism::Sharing;

Enclosure norm2(const Vector<Enclosure>& v) { return v.squaredNorm(); }

/// A multiple of a vector of rational length, signs included.
Vector<Rational> gradient_of_rational_length() {
  const auto row =
      *rc::gen::element(vec({"1"}), vec({"0", "1"}), vec({"3", "-4"}), vec({"-5", "12"}),
                        vec({"1", "2", "-2"}), vec({"6", "0", "8"}));
  return row * test::rational();
}

Mechanism any_mechanism() {
  switch (test::integer(0, 3)) {
    case 0:
      return Mechanism::dropout(Rational(test::integer(1, 6), 5));
    case 1:
      return Mechanism::langevin(abs(test::rational()));
    default:
      return Mechanism::quantization(test::integer(1, 6));
  }
}

RC_GTEST_PROP(Mechanism, HasALawOfProbabilityOneWithTheGradientAsMeanAndItsVariance, ()) {
  const Mechanism mechanism = any_mechanism();
  const Vector<Enclosure> g = enclose(gradient_of_rational_length());
  const FiniteLaw law = mechanism.law_of_same_moments(g);
  RC_ASSERT(law.is_exact());
  RC_ASSERT(law.total().same_as(1));
  for (Eigen::Index j = 0; j < g.size(); ++j) {
    RC_ASSERT(law.mean([&](const auto& q) { return q(j); }).same_as(g(j)));
  }
  for (const auto& outcome : law.outcomes()) {
    RC_ASSERT((outcome.probability > 0).truth() == Truth::yes);
  }
  RC_ASSERT(law.mean([&](const auto& q) { return norm2(q - g); }).same_as(mechanism.variance(g)));
}

RC_GTEST_PROP(Mechanism, HasTheCovarianceOfItsCoordinates, ()) {
  const Mechanism mechanism = any_mechanism();
  const auto covariance = mechanism.coordinate_variance();
  RC_PRE(covariance.has_value());
  const Vector<Enclosure> g = enclose(gradient_of_rational_length());
  const FiniteLaw law = mechanism.law_of_same_moments(g);
  for (Eigen::Index j = 0; j < g.size(); ++j) {
    for (Eigen::Index l = 0; l < g.size(); ++l) {
      const Enclosure actual =
          law.mean([&](const auto& q) { return (q(j) - g(j)) * (q(l) - g(l)); });
      const Enclosure expected =
          j == l ? enclose(covariance->of_square) * square(g(j)) + enclose(covariance->constant)
                 : Enclosure(0);
      RC_ASSERT(actual.same_as(expected));
    }
  }
}

RC_GTEST_PROP(Mechanism, EnclosesItsVarianceWhereTheLengthIsIrrational, ()) {
  const Mechanism mechanism = Mechanism::quantization(test::integer(1, 5));
  const Vector<Enclosure> g = enclose(test::vector(2));
  const FiniteLaw law = mechanism.law_of_same_moments(g);
  const Enclosure actual = law.mean([&](const auto& q) { return norm2(q - g); });
  RC_ASSERT((actual == mechanism.variance(g)).truth() != Truth::no);
  RC_ASSERT((law.total() == 1).truth() != Truth::no);
  RC_ASSERT(actual.width() < 1e-25);
}

TEST(Mechanism, NoneLeavesTheGradientAlone) {
  const Mechanism none;
  EXPECT_TRUE(none.is_none());
  EXPECT_EQ(none.name(), "none");
  const Vector<Enclosure> g = enclose(vec({"2", "-3"}));
  EXPECT_TRUE(none.variance(g).same_as(0));
  EXPECT_EQ(none.law(g)->size(), 1U);
  EXPECT_THROW((void)none.parameter(), std::logic_error);
}

TEST(Mechanism, LeavesTheGradientZeroAloneUnlessItAddsNoise) {
  const Vector<Enclosure> zero = enclose(vec({"0", "0"}));
  for (const Mechanism& m : {Mechanism::dropout(Rational(1, 2)), Mechanism::quantization(3)}) {
    const auto law = m.law(zero);
    ASSERT_EQ(law->size(), 1U) << m.name();
    EXPECT_TRUE(norm2(law->outcomes().front().value).same_as(0));
    EXPECT_TRUE(m.variance(zero).same_as(0));
  }
  const Mechanism noise = Mechanism::langevin(Rational(1, 4));
  EXPECT_FALSE(noise.law(zero).has_value());
  EXPECT_TRUE(noise.variance(zero).same_as(Enclosure(1) / 2));
}

TEST(Mechanism, IsCertainAtItsCorners) {
  const Vector<Enclosure> g = enclose(vec({"3", "-4"}));
  // p = 1, no noise, and the whole levels 3 and 4 of 5.
  for (const Mechanism& m :
       {Mechanism::dropout(1), Mechanism::langevin(0), Mechanism::quantization(5)}) {
    const auto law = m.law(g);
    ASSERT_TRUE(law.has_value()) << m.name();
    ASSERT_EQ(law->size(), 1U) << m.name();
    EXPECT_TRUE(norm2(law->outcomes().front().value - g).same_as(0)) << m.name();
    EXPECT_TRUE(m.variance(g).same_as(0)) << m.name();
  }
  // d = 1: s|g|/‖g‖ = s.
  EXPECT_EQ(Mechanism::quantization(2).law(enclose(vec({"-7/3"})))->size(), 1U);
}

TEST(Mechanism, QuantizesByHand) {
  // (3, 4) with one level: each coordinate 5 or 0, with probabilities 3/5 and 4/5.
  const Vector<Enclosure> g = enclose(vec({"3", "4"}));
  const FiniteLaw law = *Mechanism::quantization(1).law(g);
  EXPECT_EQ(law.size(), 4U);
  for (const auto& [p, q] : law.outcomes()) {
    const Enclosure first = Enclosure(q(0).same_as(5) ? 3 : 2) / 5;
    const Enclosure second = Enclosure(q(1).same_as(5) ? 4 : 1) / 5;
    EXPECT_TRUE(p.same_as(first * second)) << p.to_string();
  }
  EXPECT_EQ(Mechanism::quantization(1).variance(g).to_string(), "10");
  EXPECT_EQ(Mechanism::quantization(2).variance(g).to_string(), "5/2");
}

// Whatever the gradient in a box is, what is enclosed for the box holds it: the variance, and the
// mean of functions of Q(g).
RC_GTEST_PROP(Mechanism, EnclosesVarianceAndLawOfEveryGradientInABox, ()) {
  const Mechanism mechanism = Mechanism::quantization(test::integer(1, 4));
  const Vector<Rational> center = test::vector(test::integer(1, 3));
  const Rational radius =
      *rc::gen::element(Rational(0), Rational(1, 1000000), Rational(1, 2), Rational(3));
  const auto moved = [&](const Rational& share) {
    return center.unaryExpr([&](const Rational& x) { return Rational(x + share * radius); });
  };
  const Vector<Enclosure> box = enclose(moved(-1)).binaryExpr(
      enclose(moved(1)),
      [](const Enclosure& a, const Enclosure& b) { return Enclosure::hull(a, b); });
  const auto f = [](const Vector<Enclosure>& q) { return norm2(q) + q(0); };
  const Enclosure variance = mechanism.variance(box);
  const Enclosure mean = mechanism.law_of_same_moments(box).mean(f);
  for (const Rational& share : {Rational(-1), Rational(-1, 3), Rational(0), Rational(1)}) {
    const Vector<Enclosure> g = enclose(Vector<Rational>(moved(share)));
    // Enclosures of one number have it in common.
    RC_ASSERT((variance == mechanism.variance(g)).truth() != Truth::no);
    RC_ASSERT((mean == mechanism.law_of_same_moments(g).mean(f)).truth() != Truth::no);
  }
}

TEST(Mechanism, RoundsToAllLevelsThatAnUncertainGradientMayHave) {
  // (3, 4) with five levels: 3 and 4 for certain, but 2 to 4 and 3 to 5 where it is known to 10^−6.
  const Enclosure off = Enclosure::hull(-1, 1) / 1000000;
  Vector<Enclosure> g(2);
  g << 3 + off, 4 + off;
  const Mechanism mechanism = Mechanism::quantization(5);
  EXPECT_EQ(mechanism.law(g)->size(), 9U);
  EXPECT_TRUE(mechanism.variance(g).contains(0));
  EXPECT_LT(mechanism.variance(g).width(), 1e-4);
  // One level, and nothing known: −1, 0 and 1, with a variance of at most ¼ for a norm of at most
  // √2.
  g << Enclosure::hull(-1, 1), Enclosure::hull(-1, 1);
  EXPECT_EQ(Mechanism::quantization(1).law(g)->size(), 9U);
  EXPECT_EQ(Mechanism::quantization(1).variance(g).upper().to_string(), "1");
  // Beside zeros alone |g_j|/‖g‖ = 1.
  g << Enclosure(0), -exp(Enclosure(1));
  EXPECT_EQ(Mechanism::quantization(3).variance(g).to_string(), "0");
  EXPECT_EQ(Mechanism::quantization(3).law(g)->size(), 1U);
  EXPECT_THROW((void)Mechanism::quantization(1'000'000).law(
                   Vector<Enclosure>::Constant(2, Enclosure::hull(-1, 1))),
               LawTooLarge);
}

TEST(Mechanism, RefusesParametersOutOfRangeAndLawsOfTooManyValues) {
  EXPECT_THROW(Mechanism::dropout(0), std::invalid_argument);
  EXPECT_THROW(Mechanism::dropout(Rational(3, 2)), std::invalid_argument);
  EXPECT_THROW(Mechanism::langevin(-1), std::invalid_argument);
  EXPECT_THROW(Mechanism::quantization(0), std::invalid_argument);
  const Vector<Enclosure> g = Vector<Enclosure>::Constant(10, Enclosure(1));
  EXPECT_THROW((void)Mechanism::dropout(Rational(1, 2)).law(g, 100), LawTooLarge);
}

TEST(Mechanism, SamplesWithItsMeanAndVariance) {
  std::mt19937_64 generator(1);
  const auto uniform = [&] { return std::ldexp(static_cast<double>(generator() >> 11), -53); };
  Vector<double> g(2);
  g << 3, -4;
  const Vector<Enclosure> exact = enclose(vec({"3", "-4"}));
  for (const Mechanism& m : {Mechanism::dropout(Rational(1, 3)), Mechanism::langevin(2),
                             Mechanism::quantization(1), Mechanism::quantization(2), Mechanism()}) {
    constexpr int samples = 20'000;
    Vector<double> mean = Vector<double>::Zero(2);
    double variance = 0;
    for (int i = 0; i < samples; ++i) {
      const Vector<double> q = m.sample(g, uniform);
      mean += q / samples;
      variance += (q - g).squaredNorm() / samples;
    }
    EXPECT_LT((mean - g).norm(), 0.2) << m.name();
    EXPECT_NEAR(variance, m.variance(exact).approximate(), 0.05 * variance + 1e-12) << m.name();
  }
  EXPECT_EQ(Mechanism::quantization(3).sample(Vector<double>::Zero(2), uniform).norm(), 0);
}

TEST(Mechanisms, AreReadByTheNamesOfTheRegistry) {
  const char* const texts[] = {R"({"kind":"dropout","keep":"1/2"})",
                               R"({"kind":"langevin","variance":"1/4","sharing":"shared"})",
                               R"({"kind":"quantization","levels":2})"};
  ASSERT_EQ(mechanisms().size(), std::size(texts));
  for (std::size_t i = 0; i < std::size(texts); ++i) {
    const Mechanism m = Mechanism::read(JsonReader::from_text(texts[i], "test"));
    EXPECT_EQ(m.name(), mechanisms()[i].name);
    EXPECT_EQ(m.to_json().dump(), texts[i]);
  }
  EXPECT_TRUE(Mechanism::read(JsonReader::from_text(R"({"kind":"none"})", "test")).is_none());
}

/// E‖Σ_ℓ X_{s_ℓ}‖² for two draws by hand, index pair by index pair.
Enclosure two_draws(const std::vector<FiniteLaw>& laws, Sharing sharing) {
  Enclosure sum = 0;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    for (std::size_t j = 0; j < laws.size(); ++j) {
      const FiniteLaw pair = i == j && sharing == Sharing::shared
                                 ? scaled(laws[i], 2)
                                 : sum_of_independent(laws[i], laws[j], 1e4);
      sum += pair.mean(norm2);
    }
  }
  return sum / static_cast<long>(laws.size() * laws.size());
}

RC_GTEST_PROP(MiniBatchLaw, OfTwoDrawsIsThatOfAllPairsOfIndices, ()) {
  const Mechanism mechanism = any_mechanism();
  std::vector<Vector<Enclosure>> gradients;
  for (int i = test::integer(1, 4); i > 0; --i) {
    gradients.push_back(enclose(vec({"3", "4"}) * test::rational()));
  }
  const auto laws = laws_of_same_moments(mechanism, gradients, 100);
  for (const Sharing sharing : {Sharing::fresh, Sharing::shared}) {
    const FiniteLaw batch = law_of_mini_batch(laws, 2, sharing, 1e5);
    RC_ASSERT(batch.total().same_as(1));
    RC_ASSERT(batch.mean(norm2).same_as(two_draws(laws, sharing)));
  }
}

TEST(MiniBatchLaw, IsRefusedWhereItIsTooLarge) {
  const auto laws = laws_of_same_moments(Mechanism::dropout(Rational(1, 2)),
                                         {enclose(vec({"1", "2"})), enclose(vec({"3", "5"}))}, 100);
  EXPECT_EQ(law_of_sum(laws, 100).size(), 16U);
  EXPECT_THROW((void)law_of_sum(laws, 10), LawTooLarge);
  for (const Sharing sharing : {Sharing::fresh, Sharing::shared}) {
    EXPECT_THROW((void)law_of_mini_batch(laws, 1'000'000'000, sharing, 1000), LawTooLarge);
  }
}

}  // namespace
}  // namespace graddiv
