#include "problem/problem.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;
using test::written;

/// ½·2(w − 1)² and ½(w + 1)² + 3: F = ½(1.5 w² − w) + …
Problem two_quadratics() {
  return {quadratic_sum({{mat({{"2"}}), vec({"1"}), 0}, {mat({{"1"}}), vec({"-1"}), 3}})};
}

TEST(Problem, ObjectiveAndGradientAreMeans) {
  const Problem problem = two_quadratics();
  const Vector<Enclosure> zero = enclose(vec({"0"}));
  EXPECT_EQ(objective(problem, zero).to_string(), "9/4");    // (1 + 3½)/2
  EXPECT_EQ(written(full_gradient(problem, zero)), "-1/2");  // (−2 + 1)/2
  ASSERT_EQ(gradients(problem, zero).size(), 2U);
  EXPECT_EQ(written(gradients(problem, zero)[0]), "-2");
  EXPECT_EQ(written(gradients(problem, zero)[1]), "1");
  EXPECT_EQ(objective(problem, to_double(vec({"0"}))), 2.25);
}

TEST(Problem, ObjectiveOfQuadraticsIsQuadratic) {
  const auto F = quadratic_objective(two_quadratics());
  ASSERT_TRUE(F.has_value());
  EXPECT_EQ(F->A.dense(), mat({{"3/2"}}));
  EXPECT_EQ(F->b, vec({"-1/2"}));
  EXPECT_EQ(F->c, Rational(9, 4));
  const CurvatureBounds bounds = objective_curvature(two_quadratics());
  EXPECT_EQ(bounds.lower->dense(), mat({{"3/2"}}));
  EXPECT_EQ(bounds.upper->dense(), mat({{"3/2"}}));
}

RC_GTEST_PROP(Problem, ObjectiveAsAQuadraticFunctionHasTheSameGradient, ()) {
  const Problem problem{test::any_sum()};
  const auto F = quadratic_objective(problem);
  RC_ASSERT(F.has_value() == problem.sum->facts().is_quadratic());
  RC_PRE(F.has_value());
  const Vector<Rational> w = test::vector(problem.dimension());
  const Vector<Rational> gradient = F->A * w + F->b;
  RC_ASSERT(written(full_gradient(problem, enclose(w))) == written(enclose(gradient)));
  const Enclosure value = test::form(F->A.dense(), w) / 2 + enclose(Rational(F->b.dot(w) + F->c));
  RC_ASSERT(value.same_as(objective(problem, enclose(w))));
}

RC_GTEST_PROP(Problem, TheChangeOfTheObjectiveIsTheDifferenceOfItsValues, ()) {
  const Problem problem{test::any_sum()};
  const Vector<Enclosure> w = enclose(test::vector(problem.dimension()));
  const Vector<Enclosure> step = enclose(test::vector(problem.dimension()));
  const auto difference = [&] {
    return Enclosure(objective(problem, Vector<Enclosure>(w + step)) - objective(problem, w));
  };
  const auto as_interval = [](const Enclosure& x) { return x.as_interval(); };
  const Enclosure change =
      change_of_objective(problem, w.unaryExpr(as_interval), step.unaryExpr(as_interval));
  const PrecisionScope precise(1024);
  RC_ASSERT((change == difference()).truth() != Truth::no);
}

// log(1 + e^{−w}) at 2000 is known to some 40 digits after 868 zeros, and changes in its 1737th.
TEST(Problem, TheChangeOfTheObjectiveIsKnownFarOutToo) {
  const Problem logistic{generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic)};
  const Vector<Enclosure> w = enclose(vec({"2000"}));
  const Enclosure change = change_of_objective(logistic, w, -full_gradient(logistic, w));
  EXPECT_EQ((change < 0).truth(), Truth::yes);
  EXPECT_LT(change.relative_width(), 1e-30);
}

RC_GTEST_PROP(Problem, ReplicationKeepsTheObjective, ()) {
  const Problem problem{test::any_sum()};
  const int r = test::integer(1, 4);
  const Problem copies = replicate(problem, r);
  RC_ASSERT(copies.size() == r * problem.size());
  const Vector<Enclosure> w = enclose(test::vector(problem.dimension()));
  const Enclosure a = objective(problem, w), b = objective(copies, w);
  RC_ASSERT((problem.sum->facts().is_rational ? a.same_as(b) : test::below(abs(a - b), 0)));
}

TEST(Problem, ReplicationKeepsCopiesTogetherAndTheDomain) {
  const Problem base{linear_sum(mat({{"1"}, {"2"}}), vec({"0", "0"})),
                     Domain::box(vec({"0"}), vec({"1"}))};
  EXPECT_EQ(to_json(replicate(base, 2)).dump(),
            R"({"family":"linear","dimension":1,"functions":[)"
            R"({"a":["1"],"offset":"0"},{"a":["1"],"offset":"0"},)"
            R"({"a":["2"],"offset":"0"},{"a":["2"],"offset":"0"}],)"
            R"("domain":{"kind":"box","lower":["0"],"upper":["1"]}})");
  EXPECT_THROW(replicate(base, 0), std::invalid_argument);
  EXPECT_THROW(replicate(base, 2'000'000'000), std::invalid_argument);
}

TEST(Selection, RefusesIndicesThatAreNone) {
  const auto sum = two_quadratics().sum;
  EXPECT_THROW(select(sum, {}), std::invalid_argument);
  EXPECT_THROW(select(sum, {0, 2}), std::out_of_range);
  EXPECT_THROW(select(sum, {-1}), std::out_of_range);
}

}  // namespace
}  // namespace graddiv
