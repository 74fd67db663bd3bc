#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;
using test::written;

SymmetricMatrix dense(std::initializer_list<std::initializer_list<const char*>> rows) {
  return SymmetricMatrix::dense(mat(rows));
}

// ---- Laws of every family ----------------------------------------------------------------------

// f(u) − f(v) − ⟨∇f(v), u − v⟩ ∈ [½ sᵀLs, ½ sᵀUs], s = u − v (Taylor). With s → 0 this pins the
// gradient down to the derivative of the value, without any tolerance of numerical differentiation;
// with large s it tests L and U.
RC_GTEST_PROP(Family, ValueAndGradientFitWithinTheCurvatureBoundsAtAllScales, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const Vector<Rational> v = test::vector(sum.dimension());
    const Rational scale(1, *rc::gen::element(1, 1000, 1000000));
    const Vector<Rational> s = test::vector(sum.dimension()) * scale;
    const Vector<Rational> u = v + s;
    const CurvatureBounds bounds = sum.facts(i).curvature;

    const Enclosure error = sum.value(i, enclose(u)) - sum.value(i, enclose(v)) -
                            test::dot(sum.gradient(i, enclose(v)), enclose(s));
    RC_ASSERT(test::below(test::form(*bounds.lower, s) / 2, error));
    if (bounds.upper) RC_ASSERT(test::below(error, test::form(*bounds.upper, s) / 2));
  });
}

// sᵀLs ≤ ⟨∇f(u) − ∇f(v), s⟩ ≤ sᵀUs.
RC_GTEST_PROP(Family, SecantsOfTheGradientLieWithinTheCurvatureBounds, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const Vector<Rational> u = test::vector(sum.dimension()), v = test::vector(sum.dimension());
    const Vector<Rational> s = u - v;
    const CurvatureBounds bounds = sum.facts(i).curvature;

    const Vector<Enclosure> change = sum.gradient(i, enclose(u)) - sum.gradient(i, enclose(v));
    const Enclosure secant = test::dot(change, enclose(s));
    RC_ASSERT(test::below(test::form(*bounds.lower, s), secant));
    if (bounds.upper) RC_ASSERT(test::below(secant, test::form(*bounds.upper, s)));
  });
}

// sᵀLs ≤ ⟨∇f(u) − ∇f(v), s⟩ for the bound on a box that holds u and v, which is no worse than that
// on R^d.
RC_GTEST_PROP(Family, SecantsOfTheGradientWithinABoxAreAboveItsLeastCurvature, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const Rational scale(1, *rc::gen::element(1, 10, 1000));
    const Vector<Rational> v = test::vector(sum.dimension());
    const Vector<Rational> s = test::vector(sum.dimension()) * scale;
    const Vector<Rational> u = v + s;
    const Vector<Enclosure> box = enclose(u).binaryExpr(
        enclose(v), [](const Enclosure& a, const Enclosure& b) { return Enclosure::hull(a, b); });
    const SymmetricMatrix least = *sum.least_curvature_within(i, box);

    const Vector<Enclosure> change = sum.gradient(i, enclose(u)) - sum.gradient(i, enclose(v));
    RC_ASSERT(test::below(test::form(least, s), test::dot(change, enclose(s))));
    RC_ASSERT(test::below(test::form(*sum.facts(i).curvature.lower, s), test::form(least, s)));
  });
}

// The same between two numbers x_iᵀw, and from above. Jumps of Huber losses are among the ends.
RC_GTEST_PROP(Family, SecantsOfTheGradientAreWithinTheCurvatureBetween, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    if (sum.facts().rows == nullptr) return;
    const Vector<Rational> x = sum.facts().rows->row(i).transpose();
    const Rational scale(1, *rc::gen::element(1, 10, 1000));
    Vector<Rational> v = test::vector(sum.dimension());
    const std::vector<Rational>& jumps = sum.facts(i).jumps;
    if (!jumps.empty() && !x.isZero())
      v += x * Rational((jumps[static_cast<std::size_t>(test::integer(0, 2))] - x.dot(v)) /
                        x.squaredNorm());
    const Vector<Rational> s = test::vector(sum.dimension()) * scale;
    const Vector<Rational> u = v + s;
    const Rational a = x.dot(u), b = x.dot(v);
    const CurvatureBounds bounds = sum.curvature_between(i, std::min(a, b), std::max(a, b));
    const Vector<Enclosure> change = sum.gradient(i, enclose(u)) - sum.gradient(i, enclose(v));
    const Enclosure secant = test::dot(change, enclose(s));
    RC_ASSERT(test::below(test::form(*bounds.lower, s), secant));
    RC_ASSERT(test::below(secant, test::form(*bounds.upper, s)));
    RC_ASSERT(
        test::below(test::form(*bounds.upper, s), test::form(*sum.facts(i).curvature.upper, s)));
  });
}

RC_GTEST_PROP(Family, CentralDifferencesOfTheValuesInDoublesGiveTheGradient, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    if (!sum.facts(i).curvature.upper) return;  // at a kink the difference lies between two slopes
    const Vector<double> w = to_double(test::vector(sum.dimension()));
    const Vector<double> g = sum.gradient(i, w);
    for (int j = 0; j < sum.dimension(); ++j) {
      const double h = 1e-5;
      Vector<double> e = Vector<double>::Zero(sum.dimension());
      e(j) = h;
      const double difference =
          (sum.value(i, Vector<double>(w + e)) - sum.value(i, Vector<double>(w - e))) / (2 * h);
      // Curvature jumps of huber cost up to h x_j²/2 ≤ 32h; rounding 1e-16 f/h.
      RC_ASSERT(std::abs(difference - g(j)) <= 1e-3 + 1e-6 * std::abs(g(j)));
    }
  });
}

RC_GTEST_PROP(Family, DoublesAndEnclosuresAgree, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const Vector<Rational> w = test::vector(sum.dimension());
    const auto close = [](double a, const Enclosure& b) {
      return std::abs(a - b.approximate()) <= 1e-11 * (1 + std::abs(a));
    };
    RC_ASSERT(close(sum.value(i, to_double(w)), sum.value(i, enclose(w))));
    if (!sum.facts(i).curvature.upper) return;  // rounding may choose another piece at a kink
    const Vector<double> fast = sum.gradient(i, to_double(w));
    const Vector<Enclosure> rigorous = sum.gradient(i, enclose(w));
    for (int j = 0; j < sum.dimension(); ++j) RC_ASSERT(close(fast(j), rigorous(j)));
  });
}

RC_GTEST_PROP(Family, IsExactAtRationalPointsWhereItSaysSoAndTightElsewhere, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const Vector<Enclosure> w = enclose(test::vector(sum.dimension()));
    const Enclosure value = sum.value(i, w);
    const Vector<Enclosure> gradient = sum.gradient(i, w);
    const auto good = [&](const Enclosure& x) {
      return sum.facts().is_rational ? x.is_exact() : x.width() < 1e-30;
    };
    RC_ASSERT(good(value));
    for (int j = 0; j < sum.dimension(); ++j) RC_ASSERT(good(gradient(j)));
  });
}

// An enclosure of a set of points must hold the values at all of them, also where it straddles a
// branch point.
RC_GTEST_PROP(Family, EnclosuresOfPointsHoldTheValuesAtThePoints, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const int d = sum.dimension();
    const Vector<Rational> a = test::vector(d), b = test::vector(d);
    const Rational t(test::integer(0, 5), 4);
    Vector<Enclosure> hull(d);
    for (int j = 0; j < d; ++j) hull(j) = Enclosure::hull(enclose(a(j)), enclose(b(j)));
    const Vector<Rational> between = a + (b - a) * t;

    const Enclosure value = sum.value(i, hull);
    const Vector<Enclosure> wide = sum.gradient(i, hull);
    // At an end of the hull the formula for points may be rounded more than that for sets.
    const PrecisionScope scope(2 * current_precision().bits);
    RC_ASSERT(value.contains(sum.value(i, enclose(between))));
    const Vector<Enclosure> exact = sum.gradient(i, enclose(between));
    for (int j = 0; j < d; ++j) RC_ASSERT(wide(j).contains(exact(j)));
  });
}

RC_GTEST_PROP(Family, QuadraticFunctionsAreWhatTheyClaimToBe, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const auto f = sum.facts(i).quadratic;
    if (!f) return;
    const Vector<Rational> u = test::vector(sum.dimension()), v = test::vector(sum.dimension());

    const Vector<Rational> gradient = f->A * u + f->b;
    const Enclosure value = test::form(f->A, u) / 2 + enclose(Rational(f->b.dot(u) + f->c));
    RC_ASSERT(value.same_as(sum.value(i, enclose(u))));
    RC_ASSERT(written(sum.gradient(i, enclose(u))) == written(enclose(gradient)));

    // The trapezoidal rule is exact for affine gradients: f(u) − f(v) = ⟨(∇f(u) + ∇f(v))/2, u − v⟩.
    const Vector<Enclosure> slopes = sum.gradient(i, enclose(u)) + sum.gradient(i, enclose(v));
    const Enclosure rise = sum.value(i, enclose(u)) - sum.value(i, enclose(v));
    RC_ASSERT(rise.same_as(test::dot(slopes, enclose(Vector<Rational>(u - v))) / 2));
  });
}

RC_GTEST_PROP(Family, GradientsOfGeneralizedLinearFunctionsAreMultiplesOfTheirRows, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    if (sum.facts().rows == nullptr || !sum.facts().is_rational) return;
    const Vector<Enclosure> g = sum.gradient(i, enclose(test::vector(sum.dimension())));
    const Vector<Rational> x = sum.facts().rows->row(i).transpose();
    for (int j = 0; j < sum.dimension(); ++j) {
      for (int k = 0; k < j; ++k) {
        RC_ASSERT((g(j) * enclose(x(k))).same_as(g(k) * enclose(x(j))));
      }
    }
  });
}

RC_GTEST_PROP(Family, GradientsVanishOutsideTheSupport, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const std::vector<bool> support = sum.facts(i).support;
    RC_ASSERT(static_cast<int>(support.size()) == sum.dimension());
    const Vector<Enclosure> g = sum.gradient(i, enclose(test::vector(sum.dimension())));
    for (int j = 0; j < sum.dimension(); ++j) {
      RC_ASSERT(support[static_cast<std::size_t>(j)] || g(j).same_as(0));
    }
  });
}

RC_GTEST_PROP(Family, ValuesNeverFallBelowTheLowerBound, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const auto bound = sum.facts(i).lower_bound;
    if (!bound) return;
    const Vector<Rational> w = test::vector(sum.dimension());
    RC_ASSERT((sum.value(i, enclose(w)) >= enclose(*bound)) == Truth::yes);
  });
}

RC_GTEST_PROP(Family, GradientsNeverExceedTheirBound, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const auto& bound = sum.facts(i).squared_gradient_bound;
    if (!bound) return;
    const Rational scale = *rc::gen::element(1, 10, 1000);
    const Vector<Rational> w = test::vector(sum.dimension()) * scale;
    RC_ASSERT(test::below(sum.gradient(i, enclose(w)).squaredNorm(), enclose(*bound)));
  });
}

RC_GTEST_PROP(Family, WritingAndReadingGivesTheSameFunctions, ()) {
  const Problem problem{test::any_sum()};
  const std::string text = to_json(problem).dump();
  const Problem again = read_problem(JsonReader::from_text(text, "round trip"));
  RC_ASSERT(to_json(again).dump() == text);
  RC_ASSERT(again.sum->family() == problem.sum->family());
  const Vector<Enclosure> w = enclose(test::vector(problem.dimension()));
  for (int i = 0; i < problem.size(); ++i) {
    RC_ASSERT(again.sum->value(i, w).same_as(problem.sum->value(i, w)));
    RC_ASSERT(written(again.sum->gradient(i, w)) == written(problem.sum->gradient(i, w)));
  }
}

RC_GTEST_PROP(Family, ASelectionHasTheSelectedFunctionsInOrder, ()) {
  const auto sum = test::any_sum();
  const auto indices = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(
      rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, sum->size()))));
  const auto selection = select(sum, indices);
  RC_ASSERT(selection->size() == static_cast<int>(indices.size()));
  RC_ASSERT(selection->family() == sum->family());
  const Vector<Rational> w = test::vector(sum->dimension());
  for (std::size_t k = 0; k < indices.size(); ++k) {
    const int place = static_cast<int>(k);
    RC_ASSERT(selection->value(place, enclose(w)).same_as(sum->value(indices[k], enclose(w))));
    RC_ASSERT(selection->gradient(place, to_double(w)) == sum->gradient(indices[k], to_double(w)));
  }
}

// ---- Numbers worked out by hand ----------------------------------------------------------------

Vector<Enclosure> at(std::initializer_list<const char*> w) { return enclose(vec(w)); }

TEST(Quadratic, HasTheValueAndGradientOfItsFormula) {
  // w − c = (2, −1); A(w − c) = (3, 1); ½·(6 − 1) + ½ = 3.
  const auto f = quadratic_sum({{mat({{"2", "1"}, {"1", "1"}}), vec({"-1", "1"}), Rational(1, 2)}});
  EXPECT_EQ(f->value(0, at({"1", "0"})).to_string(), "3");
  EXPECT_EQ(written(f->gradient(0, at({"1", "0"}))), "3, 1");
}

TEST(Quadratic, KnowsALowerBoundWhereTheMatrixIsDiagonallyDominant) {
  const auto bound = [](const Matrix<Rational>& A) {
    return quadratic_sum({{A, vec({"0", "0"}), Rational(7)}})->facts(0).lower_bound;
  };
  EXPECT_EQ(bound(mat({{"1", "-1"}, {"-1", "1"}})), Rational(7));
  EXPECT_EQ(bound(mat({{"0", "0"}, {"0", "0"}})), Rational(7));
  EXPECT_EQ(bound(mat({{"1", "2"}, {"2", "1"}})), std::nullopt);   // eigenvalues 3, −1
  EXPECT_EQ(bound(mat({{"1", "0"}, {"0", "-1"}})), std::nullopt);  // unbounded below
}

TEST(Quadratic, SupportIsTheNonZeroRows) {
  const auto f = quadratic_sum(
      {{mat({{"0", "0", "1"}, {"0", "0", "0"}, {"1", "0", "0"}}), vec({"0", "0", "0"}), 0}});
  EXPECT_EQ(f->facts(0).support, (std::vector<bool>{true, false, true}));
}

TEST(Linear, HasTheValueAndGradientOfItsFormula) {
  const auto f = linear_sum(mat({{"2", "-3"}, {"0", "0"}}), vec({"1/2", "4"}));
  EXPECT_EQ(f->value(0, at({"1", "1/3"})).to_string(), "3/2");
  EXPECT_EQ(written(f->gradient(0, at({"1", "1/3"}))), "2, -3");
  EXPECT_EQ(f->facts(0).lower_bound, std::nullopt);
  EXPECT_EQ(f->facts(1).lower_bound, Rational(4));
  EXPECT_EQ(f->facts(1).support, (std::vector<bool>{false, false}));
}

TEST(LeastSquares, HasTheValueAndGradientOfItsFormula) {
  // r = 2·1 + 1·3 − 1 = 4: ½·16 and 4·(2, 1).
  const auto f = least_squares(mat({{"2", "1"}}), vec({"1"}));
  EXPECT_EQ(f->value(0, at({"1", "3"})).to_string(), "8");
  EXPECT_EQ(written(f->gradient(0, at({"1", "3"}))), "8, 4");
  EXPECT_EQ(f->family(), "least-squares");
}

/// ℓ(w − y) and its derivative, from a row x = 1.
std::string loss_at(Loss loss, const char* w, const char* y, const char* tau = "1") {
  const auto f = generalized_linear(mat({{"1"}}), vec({y}), loss, parse_rational(tau));
  return f->value(0, at({w})).to_string() + " " + written(f->gradient(0, at({w})));
}

TEST(Loss, HuberIsQuadraticUpToTauAndLinearBeyond) {
  EXPECT_EQ(loss_at(Loss::huber, "1", "1/2"), "1/8 1/2");
  EXPECT_EQ(loss_at(Loss::huber, "1", "0"), "1/2 1");    // the branch point
  EXPECT_EQ(loss_at(Loss::huber, "-1", "0"), "1/2 -1");  // the other one
  EXPECT_EQ(loss_at(Loss::huber, "3", "0"), "5/2 1");    // τ|r| − ½τ² = 3 − ½
  EXPECT_EQ(loss_at(Loss::huber, "-3", "0"), "5/2 -1");
  EXPECT_EQ(loss_at(Loss::huber, "3", "0", "2"), "4 2");  // 6 − 2
  EXPECT_EQ(loss_at(Loss::huber, "3", "0", "5"), "9/2 3");
}

TEST(Loss, HuberOfAnEnclosureIsItsExactRange) {
  const auto f = generalized_linear(mat({{"1"}}), vec({"0"}), Loss::huber, 1);
  const auto range = [&](int lower, int upper) {
    Vector<Enclosure> w(1);
    w(0) = Enclosure::hull(lower, upper);
    return f->value(0, w).to_string(3) + " " + f->gradient(0, w)(0).to_string(3);
  };
  EXPECT_EQ(range(0, 3), "[0, 2.5] [0, 1]");
  EXPECT_EQ(range(-3, 2), "[0, 2.5] [-1, 1]");
  EXPECT_EQ(range(2, 3), "[1.5, 2.5] 1");
}

TEST(Loss, GemanMcClureIsBoundedByOne) {
  EXPECT_EQ(loss_at(Loss::geman_mcclure, "1", "0"), "1/2 1/2");
  EXPECT_EQ(loss_at(Loss::geman_mcclure, "1", "3"), "4/5 -4/25");  // r = −2: −4/25
  EXPECT_EQ(loss_at(Loss::geman_mcclure, "0", "0"), "0 0");
}

TEST(Loss, SineIsRSquaredPlusThreeSineSquared) {
  EXPECT_EQ(loss_at(Loss::sine, "5", "5"), "0 0");
  const auto f = generalized_linear(mat({{"1"}}), vec({"0"}), Loss::sine);
  // sin 1 = 0.8414709848078965…, sin 2 = 0.9092974268256817…
  EXPECT_EQ(f->value(0, at({"1"})).decimal_lower(15), "3.12422025482071");
  EXPECT_EQ(f->gradient(0, at({"1"}))(0).decimal_lower(15), "4.72789228047704");
}

// With a row of length 1 the bound is sup ℓ'²: it is attained, or approached far out.
TEST(Loss, SlopesReachTheirBoundsAndNoFurther) {
  const auto sum = [](Loss loss) {
    return generalized_linear(mat({{"1"}}), vec({"3"}), loss, Rational(5, 2));
  };
  const auto squared_slope = [&](Loss loss, const Enclosure& z) {
    return square(sum(loss)->gradient(0, Vector<Enclosure>(Vector<Enclosure>::Constant(1, z)))(0));
  };
  const auto bound = [&](Loss loss) { return sum(loss)->facts(0).squared_gradient_bound; };
  EXPECT_EQ(bound(Loss::squared), std::nullopt);
  EXPECT_EQ(bound(Loss::sine), std::nullopt);
  EXPECT_EQ(bound(Loss::huber), Rational(25, 4));
  EXPECT_TRUE(squared_slope(Loss::huber, 6).same_as(enclose(Rational(25, 4))));
  EXPECT_EQ(bound(Loss::logistic), Rational(9));
  EXPECT_EQ((squared_slope(Loss::logistic, -100) > enclose(Rational(899, 100))).truth(),
            Truth::yes);
  EXPECT_EQ(bound(Loss::geman_mcclure), Rational(27, 64));
  const Enclosure steepest = squared_slope(Loss::geman_mcclure, 3 + 1 / sqrt(Enclosure(3)));
  EXPECT_TRUE(steepest.contains(enclose(Rational(27, 64)))) << steepest;
  EXPECT_LT(steepest.width(), 1e-30);
}

// log(1 + e^x) − x is e^{−x} but for e^{−2x}, and log(1 + e^{−x}) likewise: neither end overflows.
TEST(Loss, LogisticFarOutIsEnclosedOnBothSides) {
  const auto sum = generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic);
  const auto value = [&](const Enclosure& z) {
    return sum->value(0, Vector<Enclosure>(Vector<Enclosure>::Constant(1, z)));
  };
  const Enclosure far = value(-744261118);
  EXPECT_TRUE(far.contains(744261118)) << far;
  EXPECT_LT(far.width(), 1e-20);
  EXPECT_TRUE(value(744261118).is_bounded());
  // An interval that holds 0, and one beyond: the values at its ends.
  const Enclosure range = value(Enclosure::hull(-2000000000, 3));
  EXPECT_TRUE(range.contains(2000000000));
  EXPECT_TRUE(range.contains(log(1 + exp(Enclosure(-3)))));
  EXPECT_LT(range.upper().approximate(), 2000000000.5);
  EXPECT_GT(range.lower().approximate(), 0.0485);
  EXPECT_TRUE(value(Enclosure::anything()).contains(5));
  EXPECT_TRUE(value(0).contains(log(Enclosure(2))));
}

TEST(Loss, SineIsPlWithTheConstantItStates) {
  const auto sum = generalized_linear(Matrix<Rational>::Constant(1, 1, 1),
                                      Vector<Rational>::Zero(1), Loss::sine);
  const Rational m = sum->facts().loss_pl_constant.value();
  const int pieces = 40'000;  // of 1/4 ≤ r ≤ 10; the loss is even
  int certified = 0;
  for (int k = 0; k < pieces; ++k) {
    const Rational lower = Rational(1, 4) + Rational(39, 4) * k / pieces;
    const Rational upper = Rational(1, 4) + Rational(39, 4) * (k + 1) / pieces;
    const Vector<Enclosure> r = Vector<Enclosure>::Constant(1, enclose(lower, upper));
    const Enclosure slope = sum->gradient(0, r)(0);
    if ((square(slope) / 2 >= enclose(m) * sum->value(0, r)).truth() == Truth::yes) ++certified;
  }
  EXPECT_EQ(certified, pieces);
  // Within 1/64 of the best constant.
  const Vector<Enclosure> worst = Vector<Enclosure>::Constant(1, Enclosure::parse("2.2"));
  const Enclosure slope = sum->gradient(0, worst)(0);
  EXPECT_EQ(
      (square(slope) / 2 < enclose(Rational(m + Rational(1, 64))) * sum->value(0, worst)).truth(),
      Truth::yes);
}

TEST(Loss, LogisticTakesAnyRationalLabel) {
  const auto f = generalized_linear(mat({{"2"}}), vec({"-1/2"}), Loss::logistic);
  // t = y·x·w = −w. At w = 0: log 2 and −y/2 · x = ½.
  EXPECT_EQ(f->value(0, at({"0"})).decimal_lower(15), "0.693147180559945");
  EXPECT_EQ(f->gradient(0, at({"0"}))(0).to_string(), "1/2");
  // At w = 1: log(1 + e) = 1.31326168751822283…, and x/2 · 1/(1 + 1/e) = 0.73105857863000487…
  EXPECT_EQ(f->value(0, at({"1"})).decimal_lower(15), "1.31326168751822");
  EXPECT_EQ(f->gradient(0, at({"1"}))(0).decimal_lower(15), "0.731058578630004");
  EXPECT_EQ(*f->facts(0).curvature.upper, dense({{"1/4"}}));  // y²/4 · x²
}

TEST(Loss, SecondDerivativesHaveTheirExactRanges) {
  // With a row of length 1 the bounds are those of ℓ''.
  const auto range = [](Loss loss) {
    const auto bounds = generalized_linear(mat({{"1"}}), vec({"3"}), loss)->facts(0).curvature;
    return to_string((*bounds.lower)(0, 0)) + " " + to_string((*bounds.upper)(0, 0));
  };
  EXPECT_EQ(range(Loss::squared), "1 1");
  EXPECT_EQ(range(Loss::huber), "0 1");
  EXPECT_EQ(range(Loss::geman_mcclure), "-1/2 2");
  EXPECT_EQ(range(Loss::sine), "-4 8");
  EXPECT_EQ(range(Loss::logistic), "0 9/4");
}

TEST(Loss, LeastCurvatureAtAPointIsTheSecondDerivativeOrTheLesserOneAtAJump) {
  const auto least = [](Loss loss, const char* y, const char* w) {
    const auto f = generalized_linear(mat({{"1"}}), vec({y}), loss);
    return to_string((*f->least_curvature_within(0, at({w})))(0, 0));
  };
  EXPECT_EQ(least(Loss::squared, "3", "0"), "1");
  EXPECT_EQ(least(Loss::huber, "3", "5/2"), "1");
  EXPECT_EQ(least(Loss::huber, "3", "2"), "0");
  EXPECT_EQ(least(Loss::huber, "3", "1"), "0");
  EXPECT_EQ(least(Loss::geman_mcclure, "3", "3"), "2");
  EXPECT_EQ(least(Loss::geman_mcclure, "3", "2"), "-1/2");
  EXPECT_EQ(least(Loss::sine, "3", "3"), "8");
  EXPECT_EQ(least(Loss::logistic, "3", "0"), "9/4");
}

// On either side of a jump, which is in neither; and where a derivative turns, or does not.
TEST(Loss, CurvatureBetweenTwoPointsIsItsRange) {
  const auto range = [](Loss loss, const char* y, const char* lower, const char* upper) {
    const auto bounds = generalized_linear(mat({{"1"}}), vec({y}), loss)
                            ->curvature_between(0, vec({lower})(0), vec({upper})(0));
    return to_string((*bounds.lower)(0, 0)) + " " + to_string((*bounds.upper)(0, 0));
  };
  EXPECT_EQ(range(Loss::squared, "3", "0", "1"), "1 1");
  EXPECT_EQ(range(Loss::huber, "3", "2", "4"), "1 1");
  EXPECT_EQ(range(Loss::huber, "3", "1", "2"), "0 0");
  EXPECT_EQ(range(Loss::huber, "3", "4", "5"), "0 0");
  EXPECT_EQ(range(Loss::huber, "3", "2", "2"), "0 1");
  EXPECT_EQ(range(Loss::huber, "3", "1", "3"), "0 1");
  EXPECT_EQ(range(Loss::huber, "3", "3", "9/2"), "0 1");
  EXPECT_EQ(range(Loss::huber, "3", "0", "9"), "0 1");
  EXPECT_EQ(range(Loss::geman_mcclure, "3", "3", "5"), "-1/2 2");
  EXPECT_EQ(range(Loss::sine, "3", "0", "6"), "-4 8");
  const auto geman = generalized_linear(mat({{"1"}}), vec({"3"}), Loss::geman_mcclure);
  const auto rising = geman->curvature_between(0, Rational(9, 2), 6);
  EXPECT_NEAR(static_cast<double>((*rising.lower)(0, 0)), -736.0 / 2197, 1e-15);
  EXPECT_NEAR(static_cast<double>((*rising.upper)(0, 0)), -13.0 / 250, 1e-15);
}

// σ(1 − σ) at 10^5 has 43,000 zeros behind the point.
TEST(Loss, LeastCurvatureHasFewDigits) {
  const auto f = generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic);
  const Rational near = (*f->least_curvature_within(0, at({"20"})))(0, 0);
  EXPECT_GT(near, Rational(1, 490'000'000));  // e^{20} = 485,165,195.4…, plus 2
  EXPECT_LE(bit_size(near), 130U);
  EXPECT_EQ((*f->least_curvature_within(0, at({"100000"})))(0, 0), 0);
}

TEST(Loss, LogisticWithLabelZeroIsConstant) {
  const auto f = generalized_linear(mat({{"2"}}), vec({"0"}), Loss::logistic);
  EXPECT_EQ(written(f->gradient(0, at({"3"}))), "0");
  EXPECT_EQ(f->facts(0).support, std::vector<bool>{false});
}

TEST(Loss, LogisticInDoublesDoesNotOverflow) {
  const auto f = generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic);
  const auto w = [](double x) { return Vector<double>(Vector<double>::Constant(1, x)); };
  EXPECT_EQ(f->value(0, w(-1e6)), 1e6);
  EXPECT_EQ(f->gradient(0, w(-1e6))(0), -1);
  EXPECT_EQ(f->value(0, w(1e6)), 0);
  EXPECT_EQ(f->gradient(0, w(1e6))(0), 0);
  EXPECT_DOUBLE_EQ(f->value(0, w(40)), std::exp(-40.0));
}

TEST(Loss, OnlyTheIrrationalOnesSaySo) {
  const auto rational = [](Loss loss) {
    return generalized_linear(mat({{"1"}}), vec({"1"}), loss)->facts().is_rational;
  };
  EXPECT_TRUE(rational(Loss::squared) && rational(Loss::huber) && rational(Loss::geman_mcclure));
  EXPECT_FALSE(rational(Loss::sine) || rational(Loss::logistic));
}

/// max(2w_1 + w_2, w_1 + 1, −w_1) + ½·3w_2².
std::shared_ptr<const FiniteSum> three_pieces() {
  return max_affine_sum(
      {{{{vec({"2", "1"})}, {vec({"1", "0"}), 1}, {vec({"-1", "0"})}}, vec({"0", "3"})}});
}

TEST(MaxAffine, HasTheValueAndGradientOfItsLargestPiece) {
  const auto f = three_pieces();
  EXPECT_EQ(f->value(0, at({"2", "1"})).to_string(), "13/2");
  EXPECT_EQ(written(f->gradient(0, at({"2", "1"}))), "2, 4");
  EXPECT_EQ(f->value(0, at({"-2", "1/3"})).to_string(), "13/6");
  EXPECT_EQ(written(f->gradient(0, at({"-2", "1/3"}))), "-1, 1");
  EXPECT_EQ(written(enclose(exact_rational(f->gradient(0, to_double(vec({"-2", "1"})))))), "-1, 3");
  EXPECT_EQ(f->facts(0).support, (std::vector<bool>{true, true}));
  EXPECT_FALSE(f->facts(0).curvature.upper.has_value());
  EXPECT_EQ(*f->facts(0).curvature.lower, dense({{"0", "0"}, {"0", "3"}}));
}

TEST(MaxAffine, ChoosesTheSmallestOfTheMaximisingIndices) {
  const auto f = three_pieces();
  EXPECT_EQ(written(f->gradient(0, at({"1", "0"}))), "2, 1");     // pieces 1 and 2 are 2
  EXPECT_EQ(written(f->gradient(0, at({"-1/2", "0"}))), "1, 0");  // pieces 2 and 3 are 1/2
  EXPECT_EQ(f->gradient(0, to_double(vec({"-1/2", "0"})))(0), 1);
}

TEST(MaxAffine, OfAnEnclosureHoldsTheSlopesOfEveryPieceThatMayBeOnTop) {
  const auto f = three_pieces();
  Vector<Enclosure> w(2);
  w(1) = 0;
  const auto slope = [&](const Enclosure& x) {
    w(0) = x;
    return f->gradient(0, w)(0).to_string(3);
  };
  EXPECT_EQ(slope(Enclosure::hull(2, 3)), "2");
  EXPECT_EQ(slope(Enclosure::hull(0, 3)), "[1, 2]");
  EXPECT_EQ(slope(Enclosure::hull(-2, Enclosure(-1) / 4)), "[-1, 1]");
  EXPECT_EQ(slope(Enclosure::hull(-2, 3)), "[-1, 2]");
  EXPECT_EQ(slope(Enclosure::anything()), "[-1, 2]");
}

TEST(MaxAffine, KnowsALowerBoundWhereTheQuadraticPartHoldsAPiece) {
  EXPECT_EQ(three_pieces()->facts(0).lower_bound, std::nullopt);  // the slopes are not held in w_1
  // max(2w, w + 1) + w²/2: 2w + w²/2 ≥ −2 and w + 1 + w²/2 ≥ 1/2.
  const auto f = max_affine_sum({{{{vec({"2"})}, {vec({"1"}), 1}}, vec({"1"})}});
  EXPECT_EQ(f->facts(0).lower_bound, Rational(1, 2));
  EXPECT_EQ(max_affine_sum({{{{vec({"0"}), 5}, {vec({"1"})}}, vec({"0"})}})->facts(0).lower_bound,
            Rational(5));
}

TEST(MaxAffine, OfOnePieceIsSmooth) {
  const auto f = max_affine_sum({{{{vec({"1"})}}, vec({"4"})}});
  EXPECT_EQ(*f->facts(0).curvature.upper, dense({{"4"}}));
}

TEST(Families, AreKnownByTheNamesOfTheFormat) {
  std::vector<std::string> names;
  for (const FamilyEntry& entry : families()) names.push_back(entry.name);
  EXPECT_EQ(names, (std::vector<std::string>{"quadratic", "linear", "least-squares", "glm",
                                             "max-affine", "random-rows", "sum"}));
}

TEST(Families, RefuseWhatIsNoFiniteSum) {
  EXPECT_THROW(quadratic_sum({}), std::invalid_argument);
  EXPECT_THROW(quadratic_sum({{mat({{"0", "1"}, {"2", "0"}}), vec({"0", "0"}), 0}}),
               std::invalid_argument);
  EXPECT_THROW(quadratic_sum({{mat({{"1"}}), vec({"0", "0"}), 0}}), std::invalid_argument);
  EXPECT_THROW(linear_sum(Matrix<Rational>(0, 1), Vector<Rational>(0)), std::invalid_argument);
  EXPECT_THROW(linear_sum(mat({{"1"}}), vec({"0", "0"})), std::invalid_argument);
  EXPECT_THROW(least_squares(mat({{"1"}}), vec({"0", "0"})), std::invalid_argument);
  EXPECT_THROW(generalized_linear(mat({{"1"}}), vec({"0"}), Loss::huber, 0), std::invalid_argument);
  EXPECT_THROW(max_affine_sum({}), std::invalid_argument);
  EXPECT_THROW(max_affine_sum({{{}, vec({"0"})}}), std::invalid_argument);
  EXPECT_THROW(max_affine_sum({{{{vec({"1"})}}, vec({"-1"})}}), std::invalid_argument);
  EXPECT_THROW(max_affine_sum({{{{vec({"1", "2"})}}, vec({"1"})}}), std::invalid_argument);
  EXPECT_THROW(max_affine_sum({{{{vec({"1"})}}, Vector<Rational>(0)}}), std::invalid_argument);
}

}  // namespace
}  // namespace graddiv
