#include "diversity/diversity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

/// The sums of constant gradients, one row each.
GradientSums sums_of(const Matrix<Rational>& gradients) {
  const Problem problem{linear_sum(gradients, Vector<Rational>::Zero(gradients.rows()))};
  return gradient_sums(problem, Vector<Enclosure>::Zero(gradients.cols()));
}

std::string text(const std::optional<Enclosure>& x) { return x ? x->to_string() : "inf"; }

TEST(Diversity, OfOpposedGradientsMayExceedN) {
  // Σg² = 5/4, (Σg)² = 1/4.
  const GradientSums sums = sums_of(mat({{"1"}, {"-1/2"}}));
  EXPECT_EQ(sums.n, 2);
  EXPECT_EQ(sums.second_moment().to_string(), "5/8");
  EXPECT_EQ(sums.full_gradient_norm2().to_string(), "1/16");
  EXPECT_EQ(text(sums.gradient_diversity()), "5");
  EXPECT_EQ(text(sums.batch_size_bound()), "10");
  EXPECT_EQ(sums.inverse_gradient_diversity().to_string(), "1/5");
  EXPECT_EQ(sums.inverse_batch_size_bound().to_string(), "1/10");
}

TEST(Diversity, OfEqualGradientsIsLeast) {
  const GradientSums sums = sums_of(mat({{"1", "2"}, {"1", "2"}, {"1", "2"}}));
  EXPECT_EQ(text(sums.gradient_diversity()), "1/3");
  EXPECT_EQ(text(sums.batch_size_bound()), "1");
}

TEST(Diversity, OfOrthogonalGradientsIsOne) {
  const GradientSums sums = sums_of(mat({{"1", "0"}, {"0", "3"}}));
  EXPECT_EQ(text(sums.gradient_diversity()), "1");
  EXPECT_EQ(text(sums.batch_size_bound()), "2");
}

TEST(Diversity, IsInfiniteWhereTheGradientsCancelOrVanish) {
  for (const auto& gradients : {mat({{"1"}, {"-1"}}), mat({{"0"}, {"0"}}), mat({{"0"}})}) {
    const GradientSums sums = sums_of(gradients);
    EXPECT_EQ(text(sums.gradient_diversity()), "inf");
    EXPECT_EQ(text(sums.batch_size_bound()), "inf");
    EXPECT_EQ(sums.inverse_gradient_diversity().to_string(), "0");
    EXPECT_EQ(sums.inverse_batch_size_bound().to_string(), "0");
  }
}

TEST(Diversity, OfOneFunctionIsOne) {
  EXPECT_EQ(text(sums_of(mat({{"-7/3", "1/2"}})).batch_size_bound()), "1");
}

TEST(Diversity, IsNotToldWhereTheSumOfGradientsMayVanish) {
  Vector<Enclosure> g(1), h(1);
  g(0) = Enclosure::hull(-1, 1);
  h(0) = 3;
  const GradientSums unknown = sum_gradients({g});
  EXPECT_THROW((void)unknown.batch_size_bound(), std::domain_error);
  EXPECT_THROW((void)unknown.gradient_diversity(), std::domain_error);
  EXPECT_EQ(unknown.inverse_batch_size_bound().to_string(2), "[0, 1]");
  EXPECT_EQ(sum_gradients({g, g}).inverse_gradient_diversity().to_string(2), "[0, 2]");
  // One gradient away from 0 is enough: (g + 3)²/(g² + 9) ⊂ [4, 16]/[9, 10], rounded outward.
  EXPECT_EQ(sum_gradients({g, h}).inverse_gradient_diversity().to_string(2), "[0.39, 1.8]");
  EXPECT_THROW((void)sum_gradients({}), std::invalid_argument);
}

/// a_i x_i with irrational a_i, of which equal ones are known to be equal.
GradientSums irrational_sums(const std::vector<std::pair<int, std::vector<int>>>& gradients) {
  std::vector<Vector<Enclosure>> all;
  for (const auto& [a, x] : gradients) {
    Vector<Enclosure> g(static_cast<Eigen::Index>(x.size()));
    for (std::size_t j = 0; j < x.size(); ++j)
      g[static_cast<Eigen::Index>(j)] = x[j] * exp(Enclosure(a));
    all.push_back(g);
  }
  return sum_gradients(all);
}

TEST(Diversity, OfIrrationalGradientsThatAreEqualOrOrthogonalIsExact) {
  const auto inverse = [](const auto& gradients) {
    return irrational_sums(gradients).inverse_gradient_diversity().to_string(3);
  };
  using Gradients = std::vector<std::pair<int, std::vector<int>>>;
  EXPECT_EQ(inverse(Gradients{{1, {1, 2}}}), "1");
  EXPECT_EQ(inverse(Gradients{{1, {1, 2}}, {1, {1, 2}}, {2, {0, 0}}}), "2");
  EXPECT_EQ(inverse(Gradients{{1, {1, 0}}, {2, {0, 3}}}), "1");
  EXPECT_EQ(inverse(Gradients{{1, {3, 4}}, {2, {-4, 3}}}), "1");
  EXPECT_EQ(inverse(Gradients{{1, {3, 4}}, {2, {-4, 3}}, {1, {3, 4}}, {2, {-4, 3}}}), "2");
  EXPECT_EQ(inverse(Gradients{{1, {1, 2}}, {1, {-1, -2}}}), "0");  // they cancel
  const GradientSums sums = irrational_sums({{1, {3, 4}}, {2, {-4, 3}}});
  EXPECT_EQ((sums.second_moment() == 2 * sums.full_gradient_norm2()).truth(), Truth::yes);
}

// e, e², e³ on vectors: none of these is a multiple that could be known.
TEST(Diversity, OfOtherIrrationalGradientsIsAnInterval) {
  const auto inverse = [](const auto& gradients) {
    return irrational_sums(gradients).inverse_gradient_diversity();
  };
  using Gradients = std::vector<std::pair<int, std::vector<int>>>;
  for (const Gradients& gradients :
       {Gradients{{1, {1, 2}}, {2, {1, 2}}}, Gradients{{1, {1, 0}}, {2, {1, 1}}},
        Gradients{{1, {1, 0}}, {1, {1, 0}}, {2, {0, 1}}},
        Gradients{{1, {1, 0}}, {2, {0, 1}}, {3, {1, 1}}}}) {
    EXPECT_FALSE(inverse(gradients).is_exact());
    EXPECT_LT(inverse(gradients).relative_width(), 1e-30);
  }
  // (4e² + e⁴)/(2e² + e⁴) for two equal ones beside one.
  const Enclosure a = exp(Enclosure(2)).as_interval();
  const Enclosure b = exp(Enclosure(4)).as_interval();
  EXPECT_NE((inverse(Gradients{{1, {1, 0}}, {1, {1, 0}}, {2, {0, 1}}}) == (4 * a + b) / (2 * a + b))
                .truth(),
            Truth::no);
}

RC_GTEST_PROP(Diversity, InverseAndDirectFormsAreReciprocal, ()) {
  const Problem problem{test::any_sum()};
  RC_PRE(problem.sum->facts().is_rational);
  const GradientSums sums = gradient_sums(problem, enclose(test::vector(problem.dimension())));
  const auto bound = sums.batch_size_bound(), diversity = sums.gradient_diversity();
  RC_ASSERT(bound.has_value() == diversity.has_value());
  if (!bound) {
    RC_ASSERT(sums.inverse_batch_size_bound().same_as(0));
    return;
  }
  RC_ASSERT(bound->is_exact());
  RC_ASSERT((*bound * sums.inverse_batch_size_bound()).same_as(1));
  RC_ASSERT((*diversity * sums.inverse_gradient_diversity()).same_as(1));
  RC_ASSERT(bound->same_as(problem.size() * *diversity));
  // B_S(w) = M²(w)/‖∇F(w)‖².
  RC_ASSERT(bound->same_as(sums.second_moment() / sums.full_gradient_norm2()));
}

RC_GTEST_PROP(Diversity, SumsAreThoseOfTheGradients, ()) {
  const Problem problem{test::any_sum()};
  RC_PRE(problem.sum->facts().is_rational);
  const Vector<Enclosure> w = enclose(test::vector(problem.dimension()));
  const GradientSums sums = gradient_sums(problem, w);
  RC_ASSERT(sums.full_gradient_norm2().same_as(full_gradient(problem, w).squaredNorm()));
  Enclosure squares = 0;
  for (int i = 0; i < problem.size(); ++i) {
    const Vector<Enclosure> g = problem.sum->gradient(i, w);
    for (Eigen::Index j = 0; j < g.size(); ++j) squares += g(j) * g(j);
  }
  RC_ASSERT(sums.sum_of_squares.same_as(squares));
}

RC_GTEST_PROP(Diversity, IsTightWhereItIsNotExact, ()) {
  const Problem problem{test::any_sum()};
  RC_PRE(!problem.sum->facts().is_rational);
  const GradientSums sums = gradient_sums(problem, enclose(test::vector(problem.dimension())));
  RC_PRE((sums.square_of_sum > Enclosure::parse("1e-6")) == Truth::yes);
  RC_ASSERT(sums.batch_size_bound()->relative_width() < 1e-25);
}

}  // namespace
}  // namespace graddiv
