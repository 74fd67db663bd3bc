#include "facts/curvature.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "facts/guess.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::can_be_below;
using test::mat;
using test::squared_norm;
using test::vec;

Problem one_quadratic(const Matrix<Rational>& A) {
  return {quadratic_sum({{A, Vector<Rational>::Zero(A.rows()), 0}})};
}

void expect_exactly(const Fact<Rational>& fact, const char* value) {
  ASSERT_TRUE(fact.value.has_value()) << to_sentence(fact.proof);
  EXPECT_EQ(to_string(*fact.value), value);
  EXPECT_TRUE(fact.is_best) << to_sentence(fact.proof);
}

TEST(Curvature, RationalEigenvaluesAreFoundExactly) {
  // The spectrum {1/10, 1}, turned by the rotation (3/5, 4/5).
  const Problem problem = one_quadratic(mat({{"106/250", "-108/250"}, {"-108/250", "169/250"}}));
  expect_exactly(curvature::smoothness(problem), "1");
  expect_exactly(curvature::strong_convexity(problem), "1/10");
  expect_exactly(curvature::smoothness(one_quadratic(mat({{"0", "3"}, {"3", "0"}}))), "3");
  expect_exactly(curvature::strong_convexity(one_quadratic(mat({{"0", "3"}, {"3", "0"}}))), "-3");
  expect_exactly(curvature::smoothness(one_quadratic(mat({{"-7"}}))), "7");
  expect_exactly(curvature::smoothness(one_quadratic(mat({{"0", "0"}, {"0", "0"}}))), "0");
  expect_exactly(curvature::strong_convexity(one_quadratic(mat({{"4", "2"}, {"2", "1"}}))), "0");
}

TEST(Curvature, ComponentsTakeTheLargestAndTheSmallest) {
  const Problem problem{quadratic_sum({{mat({{"2", "0"}, {"0", "1/3"}}), vec({"0", "0"}), 0},
                                       {mat({{"1", "0"}, {"0", "-5"}}), vec({"1", "0"}), 0},
                                       {mat({{"1", "1"}, {"1", "1"}}), vec({"1", "0"}), 0}})};
  expect_exactly(curvature::component_smoothness(problem), "5");
  expect_exactly(curvature::component_strong_convexity(problem), "-5");
}

TEST(Curvature, BoundsOfAFamilyAreNotCalledBestButOfOneFunction) {
  const Problem one{generalized_linear(mat({{"3"}}), vec({"1"}), Loss::geman_mcclure)};
  expect_exactly(curvature::smoothness(one), "18");
  expect_exactly(curvature::strong_convexity(one), "-9/2");
  const Problem two{generalized_linear(mat({{"3"}, {"3"}}), vec({"1", "2"}), Loss::geman_mcclure)};
  EXPECT_EQ(curvature::smoothness(two).value, Rational(18));
  EXPECT_EQ(curvature::strong_convexity(two).value, Rational(-9, 2));
  EXPECT_FALSE(curvature::smoothness(two).is_best);
  EXPECT_FALSE(curvature::strong_convexity(two).is_best);
}

RC_GTEST_PROP(Curvature, GradientsAreLipschitzWithTheSmoothness, ()) {
  const Problem problem{test::any_sum()};
  const int d = problem.dimension();
  const Vector<Enclosure> u = enclose(test::vector(d)), v = enclose(test::vector(d));
  const Enclosure distance2 = squared_norm(u - v);
  const auto smoothness = curvature::smoothness(problem).value;
  if (!smoothness) return;  // max-affine
  const Enclosure beta = enclose(*smoothness);
  RC_ASSERT(can_be_below(squared_norm(full_gradient(problem, u) - full_gradient(problem, v)),
                         square(beta) * distance2));
  const Enclosure component_beta = enclose(curvature::component_smoothness(problem).value.value());
  for (int i = 0; i < problem.size(); ++i) {
    RC_ASSERT(can_be_below(squared_norm(problem.sum->gradient(i, u) - problem.sum->gradient(i, v)),
                           square(component_beta) * distance2));
  }
}

RC_GTEST_PROP(Curvature, FunctionsLieAboveTheirParabolas, ()) {
  const Problem problem{test::any_sum()};
  const int d = problem.dimension();
  const Vector<Enclosure> u = enclose(test::vector(d)), v = enclose(test::vector(d));
  const Vector<Enclosure> step = u - v;
  const auto parabola = [&](const Enclosure& value, const Vector<Enclosure>& g,
                            const Rational& lambda) {
    return value + g.dot(step) + enclose(lambda) / 2 * squared_norm(step);
  };
  const Rational lambda = curvature::strong_convexity(problem).value.value();
  RC_ASSERT(can_be_below(parabola(objective(problem, v), full_gradient(problem, v), lambda),
                         objective(problem, u)));
  const Rational component = curvature::component_strong_convexity(problem).value.value();
  for (int i = 0; i < problem.size(); ++i) {
    RC_ASSERT(
        can_be_below(parabola(problem.sum->value(i, v), problem.sum->gradient(i, v), component),
                     problem.sum->value(i, u)));
  }
}

RC_GTEST_PROP(Curvature, ConstantsOfQuadraticsAreTight, ()) {
  const Problem problem{test::quadratic(test::integer(1, 4), test::integer(1, 5))};
  const Vector<double> eigenvalues =
      guess_spectrum(to_double(quadratic_objective(problem)->A.dense())).values;
  const double norm = eigenvalues.cwiseAbs().maxCoeff();
  const auto beta = static_cast<double>(*curvature::smoothness(problem).value);
  const auto lambda = static_cast<double>(*curvature::strong_convexity(problem).value);
  RC_ASSERT(std::abs(beta - norm) <= 1e-9 * norm);
  RC_ASSERT(std::abs(lambda - eigenvalues.minCoeff()) <= 1e-9 * norm);
}

RC_GTEST_PROP(Curvature, TheLargestEigenvalueOfAllIsThatOfOneOfThem, ()) {
  std::vector<SymmetricMatrix> matrices;
  const int d = test::integer(1, 4);
  double largest = -1e300;
  for (int k = test::integer(1, 5); k > 0; --k) {
    matrices.push_back(SymmetricMatrix::dense(test::curvature_matrix(d)));
    largest =
        std::max(largest, guess_spectrum(to_double(matrices.back().dense())).values.maxCoeff());
  }
  const double found = static_cast<double>(curvature::largest_eigenvalue_of_all(matrices).value);
  RC_ASSERT(std::abs(found - largest) <= 1e-9 * (1 + std::abs(largest)));
}

}  // namespace
}  // namespace graddiv
