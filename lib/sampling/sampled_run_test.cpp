#include "sampling/sampled_run.h"

#include <gtest/gtest.h>

#include "problem/families.h"

namespace graddiv {
namespace {

constexpr int n = 40;  // too many to look at all
constexpr int d = 3;

std::shared_ptr<const FiniteSum> rows() {
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = Rational(1 + (7 * i + 3 * j) % 5, 3);
    y(i) = Rational(i % 4, 7);
  }
  return least_squares(X, y);
}

std::shared_ptr<const FiniteSum> quadratics() {
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) {
    const Vector<Rational> c = Vector<Rational>::Constant(d, Rational(i, n));
    terms.push_back({Matrix<Rational>::Identity(d, d), c, 0});
  }
  return quadratic_sum(terms);
}

// Batches of one draw a second index to look at, and others are no multiple of four or eight.
void expect_that_runs_do_not_depend_on_others(const Problem& problem, const Mechanism& mechanism) {
  const graddiv::Run run{
      Vector<Rational>::Constant(d, 1), {Rational(1, 32)}, {1, 2, 8, 11, 3}, 5, mechanism};
  std::vector<Quantity> quantities(all_quantities.begin(), all_quantities.end());
  if (!mechanism.is_none()) quantities.push_back(Quantity::mechanism_variance);
  const Vector<double> reference = Vector<double>::Constant(d, 0.5);
  const SampledRun sampled(problem, run, quantities, reference, reference);
  constexpr std::size_t count = 5;
  std::vector<double> together(sampled.numbers() * count);
  sampled.make({1, 2, 3}, count, together);
  for (std::size_t r = 0; r < count; ++r) {
    std::vector<double> alone(sampled.numbers());
    sampled.make({1, 2, 3 + r}, 1, alone);
    for (std::size_t i = 0; i < alone.size(); ++i)
      ASSERT_EQ(together[i * count + r], alone[i]) << "number " << i << " of run " << r;
  }
}

TEST(SampledRun, IsTheSameAloneAndBesideOthers) {
  const Domain ball = Domain::ball(Vector<Rational>::Zero(d), 2);
  for (const auto& sum : {rows(), quadratics()}) {
    expect_that_runs_do_not_depend_on_others({sum, Domain::all()}, {});
    expect_that_runs_do_not_depend_on_others({sum, ball}, {});
    expect_that_runs_do_not_depend_on_others({sum, ball}, Mechanism::dropout(Rational(3, 4)));
  }
}

// In one pass, which is another function.
TEST(SampledRun, HasTheSameDistancesWhateverElseIsAsked) {
  const graddiv::Run run{Vector<Rational>::Constant(d, 1), {Rational(1, 32)}, {1, 2, 8, 11, 3}, 5};
  const Vector<double> reference = Vector<double>::Constant(d, 0.5);
  const Problem problem{rows(), Domain::all()};
  constexpr std::size_t count = 5;
  const auto made = [&](const std::vector<Quantity>& quantities) {
    const SampledRun sampled(problem, run, quantities, reference, reference);
    std::vector<double> recorded(sampled.numbers() * count);
    sampled.make({1, 2, 3}, count, recorded);
    recorded.resize(6 * count);
    return recorded;
  };
  EXPECT_EQ(made({Quantity::distance}), made({Quantity::distance, Quantity::second_moment}));
}

}  // namespace
}  // namespace graddiv
