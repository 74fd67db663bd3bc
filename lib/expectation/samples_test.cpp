#include "expectation/samples.h"

#include <gtest/gtest.h>

#include "number/exact.h"
#include "problem/families.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

// f(w; z) = zw, z = ±1: E w_k = −γkB mean(S), so that the gap is γkB E mean(S)² = γkB/n and ε_stab
// = 2γkB/n.
TEST(Samples, OfLinearFunctionsGeneralizeWithHalfTheirStability) {
  const Problem population{linear_sum(mat({{"1"}, {"-1"}}), vec({"0", "0"}))};
  const graddiv::Run run{vec({"3"}), {Rational(1, 2)}, {2}, 3};
  for (const int n : {1, 2, 3}) {
    const auto found = samples::generalization(population, n, run, {});
    ASSERT_EQ(found.size(), 4U);
    for (int k = 0; k <= 3; ++k) {
      const auto& at = found[static_cast<std::size_t>(k)];
      EXPECT_EQ((at.gap == Enclosure(k) / n).truth(), Truth::yes) << at.gap.to_string();
      EXPECT_EQ((at.stability == Enclosure(2 * k) / n).truth(), Truth::yes);
    }
  }
}

// All n^n samples one by one, each with the engine for expectations of its own F_S and of F_D.
TEST(Samples, AgreeWithAllTuplesOneByOne) {
  const Problem population{least_squares(mat({{"1"}, {"2"}, {"-1"}}), vec({"0", "1", "1/2"}))};
  const graddiv::Run run{vec({"1"}), {Rational(1, 8)}, {2}, 2};
  const int n = 2;
  Enclosure gap = 0;
  for (int a = 0; a < 3; ++a) {
    for (int b = 0; b < 3; ++b) {
      const Problem sample{select(population.sum, {a, b})};
      enumeration::visit_law(sample, run, {}, [&](int k, const auto& states) {
        if (k != run.iterations) return;
        for (const auto& s : states) {
          gap += s.probability * (objective(population, s.w) - objective(sample, s.w)) / 9;
        }
      });
    }
  }
  const auto found = samples::generalization(population, n, run, {});
  EXPECT_EQ(found.back().gap.to_string(), gap.to_string());
}

TEST(Samples, AreRefusedWhereThereAreTooMany) {
  const Problem population{linear_sum(Matrix<Rational>::Ones(20, 1), Vector<Rational>::Zero(20))};
  EXPECT_THROW(samples::generalization(population, 20, {vec({"0"}), {Rational(1)}, {1}, 1}, {}),
               ExpectationError);
}

}  // namespace
}  // namespace graddiv
