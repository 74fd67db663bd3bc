#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <set>

#include "expectation/enumeration.h"
#include "expectation/expect.h"
#include "expectation/moments.h"
#include "expectation/representation.h"
#include "number/evidence.h"
#include "number/exact.h"
#include "problem/families.h"

// Hand-made cases; agreement with brute force on random instances is in
// property_tests/expectation_test.cpp.
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

// w⁺ = w − γ(f_1'(w) + f_2'(w)) for ½(w − 1)² and (w + 1)²: 3w + 1 in all, so that w goes from 1 to
// 1/2, and then to 1/2 − (5/2)/8 = 3/16.
TEST(FullBatch, IsGradientDescent) {
  const Matrix<Rational> one = Matrix<Rational>::Constant(1, 1, 1);
  const Problem problem{quadratic_sum({{one, vector({1}), 0}, {2 * one, vector({-1}), 0}})};
  graddiv::Run run{vector({1}), {Rational(1, 8)}, {2}, 2};
  run.full_batch = true;
  ExpectationOptions options;
  options.quantities = {Quantity::distance};
  const Trajectory t = expect(problem, run, at_zero(1, 0), options);
  EXPECT_EQ(t.engine, Engine::enumeration);
  const auto& squares = t.values.at(Quantity::distance);
  ASSERT_EQ(squares.size(), 3U);
  EXPECT_EQ(squares[1].to_string(), "1/4");
  EXPECT_EQ(squares[2].to_string(), "9/256");
  // Draws would go elsewhere.
  run.full_batch = false;
  EXPECT_NE(
      expect(problem, run, at_zero(1, 0), options).values.at(Quantity::distance)[1].to_string(),
      "1/4");
}

// Two functions of one gradient are taken twice; thousands take no longer.
TEST(FullBatch, FollowsOnePathOnly) {
  const Matrix<Rational> one = Matrix<Rational>::Constant(1, 1, 1);
  std::vector<QuadraticTerm> terms(1000, {one, vector({1}), 0});
  terms.push_back({one, vector({-1}), 0});
  const Problem problem{quadratic_sum(terms)};
  graddiv::Run run{vector({0}), {Rational(1, 1001)}, {1001}, 3};
  run.full_batch = true;
  ExpectationOptions options;
  options.quantities = {Quantity::distance};
  const Trajectory t = expect(problem, run, at_zero(1, 0), options);
  EXPECT_EQ(t.values.at(Quantity::distance)[1].to_string(), "998001/1002001");  // (999/1001)²
  EXPECT_EQ(t.values.at(Quantity::distance)[3].to_string(), "998001/1002001");
}

graddiv::Run with_roots(Vector<Rational> start, Rational c, long batch, int iterations) {
  graddiv::Run run{std::move(start), {}, {batch}, iterations};
  run.step_rule = StepRule{std::move(c), 1, StepRule::Decay::like_root_k};
  return run;
}

// E w_1² = (1 − γ_0)² w_0² + γ_0², and so on: with w_0 = 1 and γ_k = 1/√(k + 1)·½ these are 1/2 and
// (1 − 1/√8)²/2 + 1/8 = 11/16 − 1/√8.
TEST(RootSteps, StayRootsWhileTheyAreFew) {
  const auto run = with_roots(vector({1}), Rational(1, 2), 1, 2);
  for (const Engine engine : {Engine::moments, Engine::enumeration}) {
    ExpectationOptions options;
    options.engine = engine;
    options.quantities = {Quantity::distance};
    const Trajectory t = expect(two_parabolas(), run, at_zero(1, 1), options);
    EXPECT_EQ(t.engine, engine);
    EXPECT_EQ(t.arithmetic, Arithmetic::interval);
    const auto& squares = t.values.at(Quantity::distance);
    EXPECT_EQ(squares[1].to_string(), "1/2");
    const Enclosure by_hand = Enclosure(11) / 16 - 1 / sqrt(Enclosure(8));
    EXPECT_EQ((squares[2] == by_hand).truth(), Truth::yes) << squares[2].to_string();
    EXPECT_FALSE(squares[2].is_exact());
  }
}

// Both follow the same run in other ways; far out both are intervals.
TEST(RootSteps, OfBothEnginesAgree) {
  for (const bool rows : {false, true}) {
    const Problem problem = dense(2, 3, rows);
    auto run = with_roots(vector({1, Rational(-1, 2)}), Rational(1, 7), 2, 4);
    run.step_rule->offset = 2;
    ExpectationOptions options;
    options.quantities = {Quantity::average_suboptimality, Quantity::gradient_norm,
                          Quantity::second_moment};
    const Reference reference = at_zero(2, 0);
    options.engine = Engine::moments;
    const Trajectory moments = expect(problem, run, reference, options);
    options.engine = Engine::enumeration;
    const Trajectory listed = expect(problem, run, reference, options);
    for (const auto& [q, values] : moments.values) {
      for (std::size_t k = 0; k < values.size(); ++k) {
        EXPECT_NE((values[k] == listed.values.at(q)[k]).truth(), Truth::no) << to_string(q) << k;
        EXPECT_LE(values[k].relative_width(), 1e-12);
      }
    }
    EXPECT_EQ(moments.values.at(Quantity::gradient_norm)[4].evidence().kind, Evidence::interval);
  }
}

// Noise of a mechanism goes with γ², too.
TEST(RootSteps, OfAMechanismAgree) {
  auto run = with_roots(vector({2}), Rational(1, 3), 2, 3);
  run.mechanism = Mechanism::dropout(Rational(1, 2));
  ExpectationOptions options;
  options.quantities = {Quantity::distance, Quantity::mechanism_variance};
  options.engine = Engine::moments;
  const Trajectory moments = expect(two_parabolas(), run, at_zero(1, 1), options);
  options.engine = Engine::enumeration;
  const Trajectory listed = expect(two_parabolas(), run, at_zero(1, 1), options);
  for (const auto& [q, values] : moments.values) {
    for (std::size_t k = 0; k < values.size(); ++k)
      EXPECT_NE((values[k] == listed.values.at(q)[k]).truth(), Truth::no) << to_string(q) << k;
  }
}

TEST(RootSteps, AreNoRationalNumbers) {
  const auto run = with_roots(vector({1}), Rational(1, 2), 1, 3);
  ExpectationOptions options;
  options.arithmetic = Arithmetic::rational;
  for (const Engine engine : {Engine::moments, Engine::enumeration}) {
    options.engine = engine;
    try {
      expect(two_parabolas(), run, at_zero(1, 1), options);
      FAIL();
    } catch (const ExpectationError& e) {
      EXPECT_NE(std::string(e.what()).find("steps c/√k"), std::string::npos) << e.what();
    }
  }
  options = {};
  options.engine = Engine::moments;
  const auto large = with_roots(Vector<Rational>::Zero(21), Rational(1, 2), 1, 3);
  try {
    expect(dense(21, 2, true), large, at_zero(21, 0), options);
    FAIL();
  } catch (const ExpectationError& e) {
    EXPECT_NE(std::string(e.what()).find("at most 20 dimensions"), std::string::npos) << e.what();
  }
}

TEST(FullBatch, IsRefusedByEnginesOfDraws) {
  graddiv::Run run{vector({1}), {Rational(1, 8)}, {2}, 2};
  run.full_batch = true;
  ExpectationOptions options;
  options.engine = Engine::moments;
  try {
    expect(two_parabolas(), run, at_zero(1, 1), options);
    FAIL();
  } catch (const ExpectationError& e) {
    EXPECT_NE(std::string(e.what()).find("the batch is full"), std::string::npos) << e.what();
  }
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
  using Sharing = Mechanism::Sharing;
  for (const Mechanism& mechanism :
       {Mechanism(), Mechanism::dropout({3, 4}, Sharing::shared), Mechanism::langevin({5, 6})}) {
    for (const int d : {2, 11}) {
      for (const bool rows : {false, true}) {
        const Problem p = dense(d, 3, rows);
        graddiv::Run run{Vector<Rational>::Constant(d, Rational(1, 2)), {{1, 50}}, {4}, 40};
        run.mechanism = mechanism;
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

// Their bits grow with the square of the iterations, what it takes to reduce them with the cube.
TEST(Moments, AutomaticArithmeticLeavesTheRationalsWhereTheyWouldTakeTooLong) {
  const auto work = [](int K) {
    return moments::predicted_bits(two_parabolas(), {vector({1}), {{1, 10}}, {2}, K}, false)
        .of_work;
  };
  EXPECT_GT(work(4000), 7 * work(2000));
  EXPECT_LT(work(4000), 8.1 * work(2000));
  ExpectationOptions options;
  options.quantities = {Quantity::distance};
  options.exact_work_of_values = work(50);
  for (const int K : {50, 51}) {
    const graddiv::Run run{vector({1}), {{1, 10}}, {2}, K};
    EXPECT_EQ(expect(two_parabolas(), run, at_zero(1, Enclosure(1) / 2), options).arithmetic,
              K == 50 ? Arithmetic::rational : Arithmetic::interval);
  }
}

TEST(Moments, PredictAtLeastTheBitsThatTheNumbersNeed) {
  using Sharing = Mechanism::Sharing;
  const Rational little("1/1000000000000000000007");
  for (const Mechanism& mechanism :
       {Mechanism(), Mechanism::dropout(1 - little, Sharing::shared),
        Mechanism::dropout(little, Sharing::shared), Mechanism::langevin(little)}) {
    for (const int d : {2, 24}) {
      const Problem p = dense(d, 3, true);
      graddiv::Run run{Vector<Rational>::Constant(d, Rational(1, 2)), {{3, 7}}, {4}, 20};
      run.mechanism = mechanism;
      const Trajectory t = expect(p, run, at_zero(d, Enclosure(0)));
      const auto needed = static_cast<double>(bit_size(exact_value(t.at(Quantity::distance, 20))));
      EXPECT_LE(needed, moments::predicted_bits(p, run, true).of_last) << mechanism.name();
    }
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

// n = 2, B = 2 by hand: w_1 = 1 − ¼ Σ(1 ∓ 1) from 1, i.e. 1, ½, 0 with probabilities ¼, ½, ¼; E
// w_1² = ¼ + ⅛ = 3/8.
TEST(Expectation, OfOneBatchOfTwoByHand) {
  const graddiv::Run run{vector({1}), {{1, 4}}, {2}, 1};
  const Trajectory t = expect(two_parabolas(), run, at_zero(1, Enclosure(1) / 2));
  EXPECT_EQ(exact_value(t.at(Quantity::distance, 1)), Rational(3, 8));
}

// Time is what these are about; their limits are generous, and what they replace took minutes.
class Seconds {
 public:
  double passed() const {
    return static_cast<double>(std::clock() - start_) / static_cast<double>(CLOCKS_PER_SEC);
  }

 private:
  std::clock_t start_ = std::clock();
};

Problem losses(Loss loss, std::initializer_list<std::initializer_list<Rational>> rows,
               std::initializer_list<Rational> targets) {
  Matrix<Rational> X(static_cast<Eigen::Index>(rows.size()),
                     static_cast<Eigen::Index>(rows.begin()->size()));
  Eigen::Index i = 0;
  for (const auto& row : rows) X.row(i++) = vector(row).transpose();
  return {generalized_linear(X, vector(targets), loss), Domain::all()};
}

// r² + 3 sin² r with targets 1 and 2: F* is known to lie in an interval, and no value of F − F* can
// be narrower.
TEST(Expectation, DoesNotNarrowWhatIsAsWideAsItsReference) {
  const Seconds time;
  const Problem sine = losses(Loss::sine, {{1}, {1}}, {1, 2});
  const graddiv::Run run{vector({0}), {{1, 40}}, {1}, 8};
  const Enclosure optimum = enclose(Rational(0), Rational(3));
  Reference reference{std::nullopt, optimum, "", ""};
  const Trajectory t = expect(sine, run, reference);
  for (const Quantity q : {Quantity::suboptimality, Quantity::average_suboptimality}) {
    for (const Enclosure& x : t.values.at(q)) {
      EXPECT_GE(x.width(), 3);
      EXPECT_LE(x.width(), 3.01);
    }
  }
  EXPECT_LE(t.at(Quantity::gradient_norm, 8).relative_width(), 1e-12);
  // As wide, from a minimiser that is only enclosed, or from a value of which nothing is known.
  reference = {Vector<Enclosure>::Constant(1, optimum), Enclosure::anything(), "", ""};
  const Trajectory wide = expect(sine, run, reference);
  EXPECT_FALSE(wide.at(Quantity::suboptimality, 8).is_bounded());
  EXPECT_TRUE(wide.at(Quantity::distance, 8).is_bounded());
  EXPECT_LE(time.passed(), 10);
}

TEST(Moments, DoNotNarrowWhatIsAsWideAsItsReference) {
  const Seconds time;
  const graddiv::Run run{vector({1}), {{1, 10}}, {2}, 300};
  const Reference reference{Vector<Enclosure>::Constant(1, enclose(Rational(-1), Rational(1))),
                            enclose(0, 1), "", ""};
  ExpectationOptions options;
  options.arithmetic = Arithmetic::interval;
  const Trajectory t = expect(two_parabolas(), run, reference, options);
  EXPECT_LE(t.at(Quantity::suboptimality, 300).width(), 1.01);
  EXPECT_LE(time.passed(), 10);
}

// Numbers grow ninefold with each iteration: 7776 states of 70,000 bits at K = 5.
TEST(Enumeration, TurnsToIntervalsWhereExactNumbersGrowWithEveryIteration) {
  const Seconds time;
  const Problem p = losses(Loss::geman_mcclure, {{1, 2}, {1, -1}, {3, 1}}, {1, 2, 0});
  const graddiv::Run run{vector({0, 0}), {{1, 40}}, {2}, 5};
  ExpectationOptions options;
  options.quantities = {Quantity::gradient_norm};
  const Trajectory t = expect(p, run, {}, options);
  EXPECT_LE(time.passed(), 10);
  EXPECT_EQ(t.arithmetic, Arithmetic::interval);
  EXPECT_TRUE(t.at(Quantity::gradient_norm, 2).is_exact());
  EXPECT_LE(t.at(Quantity::gradient_norm, 5).relative_width(), 1e-12);
  options.arithmetic = Arithmetic::rational;
  graddiv::Run shorter = run;
  shorter.iterations = 3;
  const Trajectory exact = expect(p, shorter, {}, options);
  for (int k = 0; k <= 3; ++k) {
    EXPECT_TRUE(t.at(Quantity::gradient_norm, k).contains(exact.at(Quantity::gradient_norm, k)));
  }
}

TEST(Enumeration, KeepsFewLongNumbersExact) {
  // One function, one state: its number grows fivefold with every iteration, to 20,000 bits.
  const Problem p = losses(Loss::geman_mcclure, {{1}}, {1});
  const graddiv::Run run{vector({0}), {{1, 40}}, {1}, 6};
  const Trajectory t = expect(p, run, at_zero(1, 0));
  EXPECT_TRUE(t.at(Quantity::distance, 6).is_exact());
  EXPECT_GE(bit_size(exact_value(t.at(Quantity::distance, 6))), 20'000U);
}

// Different gradients and one draw: as many states, each reached in one way. The work is counted:
// a step for each gradient, told of no other, and next to no two points look alike to the tables
// that merge them.
TEST(Enumeration, TakesOneStepForEachOfManyGradients) {
  constexpr std::size_t n = 10'000;
  std::vector<Vector<Enclosure>> all;
  std::set<std::size_t> hashes;
  for (std::size_t i = 0; i < n; ++i) {
    all.push_back(Vector<Enclosure>::Constant(1, enclose(Rational(i + 1, 1'000'000))));
    hashes.insert(enumeration::hash_of(all.back()));
  }
  EXPECT_GE(hashes.size(), n - n / 100);
  std::size_t lists = 0, steps = 0, told_of = 0, states = 0;
  const enumeration::Walk walk{
      Vector<Enclosure>::Constant(1, Enclosure(0)),
      [&](const auto&) {
        ++lists;
        return all;
      },
      [&](const auto&, const auto& gradients, const auto& drawn, const auto&) {
        ++steps;
        told_of += drawn.size();
        return gradients[drawn.front().index];
      }};
  enumeration::visit_law(walk, {vector({0}), {1}, {1}, 1}, {},
                         [&](int, const auto& law) { states = law.size(); });
  EXPECT_EQ(lists, 1U);
  EXPECT_EQ(steps, n);
  EXPECT_EQ(told_of, n);
  EXPECT_EQ(states, n);
}

// As many values of n functions each would be refused: they are taken from forms.
TEST(Enumeration, ListsManyDifferentGradientsOneByOne) {
  constexpr int n = 20'000;
  Matrix<Rational> A(n, 1);
  for (int i = 0; i < n; ++i) A(i, 0) = Rational(i + 1, 1'000'000);
  const Problem p{linear_sum(A, Vector<Rational>::Zero(n)), Domain::box(vector({-1}), vector({1}))};
  const graddiv::Run run{vector({0}), {1}, {1}, 1};
  const Trajectory t = expect(p, run, at_zero(1, 0));
  // E w² = (1/n) Σ i²/10¹² and F(w) = ḡw.
  const Rational mean_of_squares(Integer(n + 1) * (2 * n + 1), Integer(6) * 1'000'000'000'000);
  const Rational mean(n + 1, 2'000'000);
  EXPECT_EQ(exact_value(t.at(Quantity::distance, 1)), mean_of_squares);
  EXPECT_EQ(exact_value(t.at(Quantity::suboptimality, 1)), -mean * mean);
  EXPECT_EQ(exact_value(t.at(Quantity::gradient_norm, 1)), mean * mean);
  EXPECT_EQ(exact_value(t.at(Quantity::second_moment, 1)), mean_of_squares);
}

TEST(Enumeration, RefusesToEvaluateManyFunctionsAtManyStates) {
  constexpr int n = 20'000;
  Matrix<Rational> X(n, 1);
  for (int i = 0; i < n; ++i) X(i, 0) = Rational(i + 1, 1'000'000);
  const Problem p{generalized_linear(X, Vector<Rational>::Constant(n, 1), Loss::geman_mcclure),
                  Domain::all()};
  const graddiv::Run run{vector({0}), {1}, {1}, 1};
  ExpectationOptions options;
  options.quantities = {Quantity::gradient_norm};
  EXPECT_THROW(expect(p, run, at_zero(1, 0), options), ExpectationError);
}

TEST(Draws, ListMultisetsInLexicographicOrderAndToldOnlyOfWhatIsDrawn) {
  std::vector<Vector<Enclosure>> gradients;
  for (const int g : {3, 1, 3, 2})
    gradients.push_back(Vector<Enclosure>::Constant(1, Enclosure(g)));
  const enumeration::Draws draws(gradients);
  std::vector<std::vector<long>> listed;
  Rational total = 0;
  draws.for_each_multiset(3, [&](const std::vector<long>& counts, const Rational& p) {
    const Rational sequences = p * 64;  // 3!/Π c! · 2^{c_0}
    long expected = 6;
    for (const long c : counts) expected /= c == 3 ? 6 : c == 2 ? 2 : 1;
    EXPECT_EQ(sequences, expected * (1L << counts[0]));
    listed.push_back(counts);
    total += p;
  });
  EXPECT_EQ(total, 1);
  EXPECT_EQ(listed.size(), 10U);
  EXPECT_TRUE(std::ranges::is_sorted(listed));
  EXPECT_EQ(std::ranges::adjacent_find(listed), listed.end());
  std::size_t at = 0;
  draws.for_each_draw(3, [&](const std::vector<Drawn>& drawn, const Rational&) {
    std::vector<long> counts(3, 0);
    for (const auto& [index, count] : drawn) {
      EXPECT_GE(count, 1);
      counts[index] += count;
    }
    EXPECT_EQ(counts, listed[at++]);
  });
}

TEST(Moments, OfALongRunAreExactAsLongAsTheyFitIntoMemory) {
  const Seconds time;
  const graddiv::Run run{vector({0}), {{1, 10}}, {2}, 10'000};
  ExpectationOptions options;
  options.quantities = {Quantity::distance};
  const Trajectory t = expect(two_parabolas(), run, at_zero(1, 0), options);
  // x⁺ = 16/25 x + 1/50 from 0: x_k = (1 − (16/25)^k)/18.
  for (const int k : {0, 1, 7, 1000, 10'000}) {
    EXPECT_TRUE(t.at(Quantity::distance, k).same_as((1 - pow(Enclosure(16) / 25, k)) / 18)) << k;
  }
  EXPECT_LE(time.passed(), 10);
  const Trajectory all = expect(two_parabolas(), run, at_zero(1, Enclosure(1) / 2));
  EXPECT_EQ(all.arithmetic, Arithmetic::interval);
  EXPECT_TRUE(all.at(Quantity::distance, 10'000).contains(t.at(Quantity::distance, 10'000)));
  EXPECT_LE(all.at(Quantity::distance, 10'000).relative_width(), 1e-12);
  EXPECT_LE(time.passed(), 30);
}

// What a reference rests on goes into the values measured from it, also where it becomes part of a
// form.
TEST(Moments, RestOnWhatTheirReferenceRestsOn) {
  const graddiv::Run run{vector({1}), {{1, 4}}, {2}, 1};
  const Reference reference{Vector<Enclosure>::Constant(1, Enclosure(0).as_surrogate()),
                            Enclosure(Enclosure(1) / 2).as_surrogate(), "", ""};
  const Trajectory t = expect(two_parabolas(), run, reference);
  for (const Quantity q :
       {Quantity::distance, Quantity::suboptimality, Quantity::average_suboptimality}) {
    EXPECT_TRUE(t.at(q, 1).evidence().surrogate) << to_string(q);
  }
  EXPECT_FALSE(t.at(Quantity::gradient_norm, 1).evidence().surrogate);
  EXPECT_EQ(exact_value(t.at(Quantity::distance, 1)), Rational(3, 8));
}

}  // namespace
}  // namespace graddiv
