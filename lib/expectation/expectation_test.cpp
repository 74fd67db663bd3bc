#include <gtest/gtest.h>

#include "expectation/enumeration.h"
#include "expectation/expect.h"
#include "expectation/moments.h"
#include "number/exact.h"
#include "problem/families.h"

// Hand-made cases; agreement with brute force on random instances is in property_tests/expectation_test.cpp.
namespace graddiv {
namespace {

Vector<Rational> vector(std::initializer_list<Rational> x) {
  Vector<Rational> v(static_cast<Eigen::Index>(x.size()));
  std::copy(x.begin(), x.end(), v.begin());
  return v;
}

/// ½(w−1)², ½(w+1)² on R.
Problem two_parabolas(Domain domain = Domain::all()) {
  const Matrix<Rational> one = Matrix<Rational>::Constant(1, 1, 1);
  return {quadratic_sum({{one, vector({1}), 0}, {one, vector({-1}), 0}}), std::move(domain)};
}

Reference at_zero(int d, Enclosure optimum) {
  return {Vector<Enclosure>::Constant(d, Enclosure(0)), std::move(optimum), "", ""};
}

/// A sum whose coefficients are all different, of any dimension and size.
Problem dense(int d, int n, bool least_squares_rows) {
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = Rational((7 * i + 3 * j) % 5 - 2, 1 + (i + j) % 3);
    y[i] = Rational(i - 1, 2);
  }
  if (least_squares_rows) return {least_squares(X, y), Domain::all()};
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) {
    Matrix<Rational> A =
        X.row(i).transpose() * X.row(i) + Matrix<Rational>::Identity(d, d) * Rational(1, i + 1);
    A(0, d - 1) += Rational(1, 3);
    A(d - 1, 0) = A(0, d - 1);
    terms.push_back({A, X.row(i).transpose(), Rational(i)});
  }
  return {quadratic_sum(terms), Domain::all()};
}

TEST(Draws, HaveMultinomialProbabilitiesThatSumToOne) {
  const enumeration::Draws draws(two_parabolas(), enclose(vector({0})));
  Rational total = 0;
  int visited = 0;
  draws.for_each_multiset(5, [&](const std::vector<long>& counts, const Rational& p) {
    EXPECT_EQ(counts[0] + counts[1], 5);
    if (counts[0] == 2) {
      EXPECT_EQ(p, Rational(10, 32));
    }
    total += p;
    ++visited;
  });
  EXPECT_EQ(total, 1);
  EXPECT_EQ(visited, 6);
  EXPECT_EQ(draws.multisets(5), 6);
}

TEST(Draws, CountFunctionsWithEqualGradientsAsOne) {
  const Problem three_copies = replicate(two_parabolas(), 3);
  const enumeration::Draws draws(three_copies, enclose(vector({0})));
  EXPECT_EQ(draws.gradients().size(), 2U);
  draws.for_each_multiset(
      1, [](const std::vector<long>&, const Rational& p) { EXPECT_EQ(p, Rational(1, 2)); });
}

// From 1 with γ = 1/2: w_1 = 1 − ½(1 ∓ 1) ∈ {1, 0}, each with probability ½.
TEST(Enumeration, GivesTheLawOfOneSerialStep) {
  const graddiv::Run run{vector({1}), {{1, 2}}, {1}, 1};
  enumeration::visit_law(two_parabolas(), run, {},
                         [](int k, const std::vector<enumeration::State>& states) {
                           if (k == 0) return;
                           ASSERT_EQ(states.size(), 2U);
                           for (const auto& s : states)
                             EXPECT_TRUE(s.probability.same_as(enclose(Rational(1, 2))));
                         });
}

TEST(Enumeration, MergesEqualStates) {
  // On [−1/4, 1/4] with γ = 1 every step from anywhere ends at one of the two ends.
  const Problem clipped = two_parabolas(Domain::box(vector({{-1, 4}}), vector({{1, 4}})));
  const graddiv::Run run{vector({0}), {1}, {1}, 12};
  enumeration::visit_law(clipped, run, {},
                         [](int k, const std::vector<enumeration::State>& states) {
                           if (k > 0) {
                             EXPECT_EQ(states.size(), 2U);
                           }
                         });
}

TEST(Enumeration, RefusesBeforeItExplodesAndSaysHowLargeItWouldBe) {
  const graddiv::Run run{vector({1}), {{1, 7}}, {3}, 40};
  ExpectationOptions options;
  options.engine = Engine::enumeration;
  options.largest_transitions = 1000;
  try {
    expect(two_parabolas(), run, at_zero(1, {}), options);
    FAIL();
  } catch (const ExpectationError& e) {
    EXPECT_EQ(std::string(e.what()),
              "enumeration: iteration 4 would need 1.02e+03 transitions from 256 states, more than "
              "the limit of 1e+03; "
              "lower the batch size or the number of iterations, or use the moments engine");
  }
}

TEST(Expectation, OfNoIterationsIsTheStart) {
  const graddiv::Run run{vector({3}), {}, {}, 0};
  for (const Engine engine : {Engine::moments, Engine::enumeration}) {
    ExpectationOptions options;
    options.engine = engine;
    const Trajectory t = expect(two_parabolas(), run, at_zero(1, Enclosure(1) / 2), options);
    EXPECT_EQ(exact_value(t.at(Quantity::distance, 0)), 9);
    EXPECT_EQ(exact_value(t.at(Quantity::suboptimality, 0)), Rational(9, 2));
    EXPECT_EQ(exact_value(t.at(Quantity::gradient_norm, 0)), 9);
    EXPECT_EQ(exact_value(t.at(Quantity::second_moment, 0)), 10);
    EXPECT_TRUE(t.values.at(Quantity::average_suboptimality).empty());
    EXPECT_THROW(t.at(Quantity::distance, 1), std::out_of_range);
  }
}

TEST(Moments, AgreeWithEnumerationOnLargeDimensionsWhereMatricesReplaceTheFlatStep) {
  for (const bool rows : {false, true}) {
    for (const int d : {2, 11, 24}) {  // triangles of 15, 276 and 1225 entries with the running sum
      const Problem p = dense(d, 3, rows);
      const graddiv::Run run{
          Vector<Rational>::Constant(d, Rational(1, 2)), {{1, 9}, {-1, 4}}, {2, 3}, 2};
      const Reference reference{
          enclose(Vector<Rational>(Vector<Rational>::Constant(d, Rational(1, 3)))), Enclosure(1),
          "", ""};
      ExpectationOptions options;
      options.engine = Engine::moments;
      const Trajectory a = expect(p, run, reference, options);
      options.engine = Engine::enumeration;
      const Trajectory b = expect(p, run, reference, options);
      for (const Quantity q : all_quantities) {
        for (int k = first_iteration(q); k <= run.iterations; ++k) {
          EXPECT_EQ(exact_value(a.at(q, k)), exact_value(b.at(q, k)))
              << to_string(q) << " k = " << k << " d = " << d;
        }
      }
    }
  }
}

TEST(Moments, InIntervalsEncloseTheExactValuesAsNarrowlyAsAskedFor) {
  for (const int d : {2, 11}) {
    const Problem p = dense(d, 3, true);
    const graddiv::Run run{Vector<Rational>::Constant(d, Rational(1, 2)), {{1, 50}}, {4}, 60};
    const Reference reference = at_zero(d, Enclosure(0));
    ExpectationOptions options;
    options.arithmetic = Arithmetic::interval;
    options.relative_width = 1e-20;
    const Trajectory wide = expect(p, run, reference, options);
    options.arithmetic = Arithmetic::rational;
    const Trajectory exact = expect(p, run, reference, options);
    for (const Quantity q : all_quantities) {
      for (int k = first_iteration(q); k <= run.iterations; ++k) {
        EXPECT_TRUE(wide.at(q, k).contains(exact.at(q, k))) << to_string(q) << " k = " << k;
        EXPECT_LE(wide.at(q, k).relative_width(), 1e-20) << to_string(q) << " k = " << k;
        EXPECT_FALSE(wide.at(q, k).is_exact());
      }
    }
  }
}

TEST(Moments, AutomaticArithmeticLeavesTheRationalsWhereTheyWouldGrowTooLarge) {
  const graddiv::Run run{vector({1}), {{1, 10}}, {2}, 50};
  ExpectationOptions options;
  EXPECT_EQ(expect(two_parabolas(), run, at_zero(1, Enclosure(1) / 2), options).arithmetic,
            Arithmetic::rational);
  options.exact_bits = 100;
  const Trajectory t = expect(two_parabolas(), run, at_zero(1, Enclosure(1) / 2), options);
  EXPECT_EQ(t.arithmetic, Arithmetic::interval);
  EXPECT_LE(t.at(Quantity::distance, 50).relative_width(), 1e-12);
}

TEST(Moments, PredictAtLeastTheBitsThatTheNumbersNeed) {
  for (const int d : {2, 24}) {
    const Problem p = dense(d, 3, true);
    const graddiv::Run run{Vector<Rational>::Constant(d, Rational(1, 2)), {{3, 7}}, {4}, 20};
    const Trajectory t = expect(p, run, at_zero(d, Enclosure(0)));
    EXPECT_LE(bit_size(exact_value(t.at(Quantity::distance, 20))), moments::predicted_bits(p, run));
  }
}

// Few transitions, but each with a probability over n^B.
TEST(Enumeration, RefusesProbabilitiesOfTooManyDigits) {
  const Problem boxed = two_parabolas(Domain::box(vector({-1}), vector({1})));
  const graddiv::Run run{vector({1}), {{1, 1'000'000}}, {60'000}, 1};
  EXPECT_THROW(expect(boxed, run, at_zero(1, {})), ExpectationError);
}

TEST(Enumeration, EqualFunctionsAreOneHoweverManyDrawsThereAre) {
  const Problem equal{generalized_linear(Matrix<Rational>::Constant(3, 1, 1),
                                         Vector<Rational>::Zero(3), Loss::huber),
                      Domain::all()};
  const graddiv::Run run{vector({1}), {{1, 1'000'000'000}}, {500'000'000}, 2};
  const Trajectory t = expect(equal, run, at_zero(1, {}));
  EXPECT_EQ(exact_value(t.at(Quantity::distance, 2)), Rational(1, 16));
}

TEST(Expectation, RefusesAnEngineThatDoesNotFitAndNamesTheOneThatDoes) {
  const graddiv::Run run{vector({0}), {1}, {1}, 1};
  ExpectationOptions options;
  options.engine = Engine::moments;
  const Problem boxed = two_parabolas(Domain::box(vector({-1}), vector({1})));
  EXPECT_THROW(expect(boxed, run, at_zero(1, {}), options), ExpectationError);
  const Problem huber{
      generalized_linear(Matrix<Rational>::Constant(1, 1, 1), vector({0}), Loss::huber),
      Domain::all()};
  EXPECT_THROW(expect(huber, run, at_zero(1, {}), options), ExpectationError);
}

TEST(Expectation, OfIrrationalLossesIsRefusedInRationalArithmeticAndEnclosedOtherwise) {
  const Problem logistic{
      generalized_linear(Matrix<Rational>::Constant(1, 1, 1), vector({1}), Loss::logistic),
      Domain::all()};
  const graddiv::Run run{vector({0}), {1}, {1}, 2};
  ExpectationOptions options;
  options.arithmetic = Arithmetic::rational;
  EXPECT_THROW(expect(logistic, run, at_zero(1, {}), options), ExpectationError);
  options.arithmetic = Arithmetic::automatic;
  options.relative_width = 1e-30;
  const Trajectory t = expect(logistic, run, at_zero(1, {}), options);
  EXPECT_EQ(t.arithmetic, Arithmetic::interval);
  // w_1 = 1/2 exactly in value; ∇F(w_1) = −1/(1 + e^{1/2}).
  const Enclosure slope = 1 / (1 + exp(Enclosure(1) / 2));
  EXPECT_LE((t.at(Quantity::gradient_norm, 1) - square(slope)).width(), 1e-25);
  EXPECT_TRUE(Enclosure::hull(t.at(Quantity::gradient_norm, 1), square(slope)).width() < 1e-25);
}

TEST(Expectation, LeavesOutWhatItHasNoReferenceForAndSaysWhy) {
  const graddiv::Run run{vector({1}), {{1, 2}}, {1}, 1};
  const Trajectory t = expect(two_parabolas(), run, {std::nullopt, std::nullopt, "lost", "gone"});
  EXPECT_FALSE(t.has(Quantity::distance));
  EXPECT_EQ(t.absent.at(Quantity::distance), "no certified minimiser: lost");
  EXPECT_EQ(t.absent.at(Quantity::average_suboptimality), "no certified optimum: gone");
  EXPECT_TRUE(t.has(Quantity::gradient_norm));
}

// n = 2, B = 2 by hand: w_1 = 1 − ¼ Σ(1 ∓ 1) from 1, i.e. 1, ½, 0 with probabilities ¼, ½, ¼; E w_1² = ¼ + ⅛ = 3/8.
TEST(Expectation, OfOneBatchOfTwoByHand) {
  const graddiv::Run run{vector({1}), {{1, 4}}, {2}, 1};
  const Trajectory t = expect(two_parabolas(), run, at_zero(1, Enclosure(1) / 2));
  EXPECT_EQ(exact_value(t.at(Quantity::distance, 1)), Rational(3, 8));
}

}  // namespace
}  // namespace graddiv
