#include "diversity/differential.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "number/exact.h"
#include "problem/families.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

Rational infimum(const std::shared_ptr<const FiniteSum>& sum) {
  const auto found = differential_infimum(*sum);
  return found.value.value_or(Rational(-1));
}

// Δ_1 = 3u and Δ_2 = u: B̄ = 2 (9 + 1)/16, whatever the centres.
TEST(Differential, IsTheDiversityOfTheDifferencesOfGradients) {
  const Problem problem{
      quadratic_sum({{mat({{"3"}}), vec({"7"}), 0}, {mat({{"1"}}), vec({"-1"}), 2}})};
  const auto sums = differential_sums(problem, enclose(vec({"5"})), enclose(vec({"2"})));
  EXPECT_EQ(sums.inverse_batch_size_bound().to_string(), "4/5");
  EXPECT_EQ(infimum(problem.sum), Rational(5, 4));
}

TEST(Differential, IsInfiniteWhereTheDifferencesCancel) {
  const Problem linear{linear_sum(mat({{"1", "2"}, {"3", "4"}}), vec({"0", "0"}))};
  const auto sums = differential_sums(linear, enclose(vec({"1", "2"})), enclose(vec({"0", "0"})));
  EXPECT_EQ(sums.inverse_batch_size_bound().to_string(), "0");
  EXPECT_FALSE(differential_infimum(*linear.sum).value);
  const auto saddle =
      quadratic_sum({{mat({{"1"}}), vec({"0"}), 0}, {mat({{"-1"}}), vec({"1"}), 0}});
  EXPECT_FALSE(differential_infimum(*saddle).value);
}

TEST(Differential, TakesTheBestOfItsBounds) {
  // Equal rows: σ_max(Y)² = n.
  EXPECT_EQ(infimum(generalized_linear(mat({{"1"}, {"2"}}), vec({"0", "0"}), Loss::huber)), 1);
  // Orthonormal rows: n/1. A row of zeros counts in n only.
  EXPECT_EQ(infimum(generalized_linear(mat({{"1", "0"}, {"0", "5"}, {"0", "0"}}),
                                       vec({"0", "0", "0"}), Loss::geman_mcclure)),
            3);
  // ½x² ± (4/3)xy: 25/9 (theory F).
  const Matrix<Rational> plus = mat({{"1", "4/3"}, {"4/3", "0"}});
  const Matrix<Rational> minus = mat({{"1", "-4/3"}, {"-4/3", "0"}});
  EXPECT_EQ(infimum(quadratic_sum({{plus, vec({"0", "0"}), 0}, {minus, vec({"0", "0"}), 0}})),
            Rational(25, 9));
  // Functions of their own coordinates never share a gradient: n.
  EXPECT_EQ(infimum(quadratic_sum({{mat({{"1", "0"}, {"0", "0"}}), vec({"0", "0"}), 0},
                                   {mat({{"0", "0"}, {"0", "2"}}), vec({"0", "0"}), 0}})),
            2);
}

RC_GTEST_PROP(Differential, NoPairOfPointsIsBelowTheInfimum, ()) {
  const auto sum = test::any_sum();
  const Problem problem{sum};
  const auto found = differential_infimum(*sum);
  const Vector<Enclosure> w = enclose(test::vector(sum->dimension()));
  const Vector<Enclosure> w_prime = enclose(test::vector(sum->dimension()));
  const Enclosure inverse = differential_sums(problem, w, w_prime).inverse_batch_size_bound();
  const Enclosure bound = found.value ? 1 / enclose(*found.value) : Enclosure(0);
  RC_ASSERT((bound <= 1) == Truth::yes);
  // Irrational gradients that enclosures cannot tell from equal ones say nothing.
  if (sum->facts().is_rational) {
    RC_ASSERT((inverse <= bound) == Truth::yes);
  } else {
    RC_ASSERT((inverse > bound) != Truth::yes);
  }
}

}  // namespace
}  // namespace graddiv
