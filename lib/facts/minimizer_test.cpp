#include "facts/minimizer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "facts/curvature.h"
#include "facts/verify.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "problem/families/family_of.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::can_be_below;
using test::mat;
using test::vec;
using test::written;

Minimum minimum_of(const Problem& problem) {
  return minimize(problem, curvature::smoothness(problem), curvature::strong_convexity(problem));
}

void expect_minimum(const Problem& problem, const std::string& w, const std::string& value) {
  const Minimum minimum = minimum_of(problem);
  ASSERT_TRUE(minimum.minimizer.value.has_value()) << to_sentence(minimum.minimizer.proof);
  EXPECT_EQ(written(*minimum.minimizer.value), w) << to_sentence(minimum.minimizer.proof);
  EXPECT_EQ(minimum.optimum.value->to_string(), value) << to_sentence(minimum.optimum.proof);
}

void expect_unknown(const Problem& problem, const std::string& why) {
  const Minimum minimum = minimum_of(problem);
  EXPECT_FALSE(minimum.minimizer.value.has_value());
  EXPECT_FALSE(minimum.optimum.value.has_value());
  EXPECT_NE(to_sentence(minimum.minimizer.proof).find(why), std::string::npos)
      << to_sentence(minimum.minimizer.proof);
}

// w* ∈ W and ⟨∇F(w*), v − w*⟩ ≥ 0 for v ∈ W (at a kink only for some subgradient), F(v) ≥ F*, F(w*)
// = F*.
void check_minimum(const Problem& problem, const Minimum& minimum) {
  const Vector<Rational> v = test::point_of(problem.domain, problem.dimension());
  if (minimum.optimum.value) {
    RC_ASSERT(can_be_below(*minimum.optimum.value, objective(problem, enclose(v))));
  }
  if (!minimum.minimizer.value) return;
  const Vector<Enclosure>& w = *minimum.minimizer.value;
  RC_ASSERT(problem.domain.contains(w) != Truth::no);
  const Vector<Enclosure> towards_v = enclose(v) - w;
  if (!problem.sum->facts(0).max_affine)
    RC_ASSERT(can_be_below(0, full_gradient(problem, w).dot(towards_v)));
  RC_ASSERT((objective(problem, w) == *minimum.optimum.value) != Truth::no);
}

bool is_narrow(const Vector<Enclosure>& w, double width) {
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    if (!(w(j).width() <= width)) return false;
  }
  return true;
}

TEST(Minimum, OfAQuadraticIsExact) {
  // ½·2(w₁ − 1)² + ½(w₂ + 1)² and ½(w₁ + 1)²: the mean has w₁ = 1/3.
  const auto sum = quadratic_sum({{mat({{"2", "0"}, {"0", "1"}}), vec({"1", "-1"}), 0},
                                  {mat({{"1", "0"}, {"0", "0"}}), vec({"-1", "5"}), 3}});
  expect_minimum({sum}, "1/3, -1", "13/6");
  expect_minimum({sum, Domain::box(vec({"-1", "0"}), vec({"0", "4"}))}, "0, 0", "5/2");
  expect_minimum({sum, Domain::ball(vec({"7", "2"}), 0)}, "7, 2", "151/4");
  expect_minimum({sum, Domain::box(vec({"7", "2"}), vec({"7", "2"}))}, "7, 2", "151/4");
}

TEST(Minimum, OfLeastNormIsChosenAmongMany) {
  const auto sum = least_squares(mat({{"1", "1"}}), vec({"2"}));
  expect_minimum({sum}, "1, 1", "0");
  // The least-norm minimiser over R² lies outside; of those in the ball this is the one nearest to
  // the centre.
  expect_minimum({sum, Domain::ball(vec({"3", "-3"}), 2)}, "4, -2", "0");
}

TEST(Minimum, OnASphereIsExactWhereItIsRational) {
  // ½‖w‖² on the ball around (3, 4) of radius 1: the point (3, 4)(1 − 1/5).
  const auto sum = quadratic_sum({{mat({{"1", "0"}, {"0", "1"}}), vec({"0", "0"}), 0}});
  expect_minimum({sum, Domain::ball(vec({"3", "4"}), 1)}, "12/5, 16/5", "8");
}

TEST(Minimum, OnASphereIsEnclosedTightlyWhereItIsNot) {
  // ½(w₁ − 5)² + (3/2)(w₂ − 7)² on the unit ball around 0: the multiplier solves a quartic.
  const auto sum = quadratic_sum({{mat({{"1", "0"}, {"0", "3"}}), vec({"5", "7"}), 0}});
  // Finer than the enclosure, so that one that misses w* shows: ‖w*‖ = 1, and −∇F(w*) points along
  // w*.
  const PrecisionScope scope(700);
  const Problem problem{sum, Domain::ball(vec({"0", "0"}), 1)};
  const Minimum minimum = minimum_of(problem);
  ASSERT_TRUE(minimum.minimizer.value.has_value());
  const Vector<Enclosure>& w = *minimum.minimizer.value;
  EXPECT_TRUE(is_narrow(w, 1e-30));
  EXPECT_LE(minimum.optimum.value->width(), 1e-30);
  EXPECT_NE((test::squared_norm(w) == 1).truth(), Truth::no);
  const Vector<Enclosure> g = full_gradient(problem, w);
  EXPECT_NE((g(0) * w(1) == g(1) * w(0)).truth(), Truth::no);
  EXPECT_EQ((g(0) < 0).truth(), Truth::yes);
}

TEST(Minimum, OfLinearFunctionsIsAtAVertexOrOnTheSphere) {
  const auto sum = linear_sum(mat({{"3", "4", "0"}}), vec({"1"}));
  expect_minimum({sum, Domain::box(vec({"-1", "-2", "1"}), vec({"5", "5", "5"}))}, "-1, -2, 1",
                 "-10");
  expect_minimum({sum, Domain::ball(vec({"1", "1", "1"}), 5)}, "-2, -3, 1", "-17");
  expect_unknown({sum}, "unbounded below");
  expect_minimum({linear_sum(mat({{"0", "0"}}), vec({"1"}))}, "0, 0", "1");
  expect_minimum(
      {linear_sum(mat({{"0", "1"}}), vec({"1"})), Domain::box(vec({"-2", "0"}), vec({"-1", "1"}))},
      "-1, 0", "1");
}

TEST(Minimum, OfWhatIsNotConvexIsUnknown) {
  const auto saddle = quadratic_sum({{mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "0"}), 0}});
  expect_unknown({saddle}, "not convex");
  const Minimum minimum =
      minimum_of({generalized_linear(mat({{"1"}, {"1"}}), vec({"0", "4"}), Loss::geman_mcclure)});
  EXPECT_FALSE(minimum.minimizer.value.has_value());
  EXPECT_TRUE(minimum.optimum.value.has_value());  // between 0 and a value
}

// The descent from 0 ends at once where the functions pull to both sides of it: a maximum, or a
// saddle. F* is below values that a few of the functions fit.
// r²/(1 + r²) curves upwards where |r| < 1/√3 alone: between −1/8 and 3/8 both functions do.
TEST(Minimum, OfWhatIsConvexOnWAloneIsFound) {
  const auto robust =
      generalized_linear(mat({{"1"}, {"1"}}), vec({"0", "1/4"}), Loss::geman_mcclure);
  const Facts inside({robust, Domain::box(vec({"-1/8"}), vec({"3/8"}))});
  EXPECT_LT(*inside.strong_convexity().value, 0);
  EXPECT_GT(*inside.strong_convexity_on_W().value, 0);
  ASSERT_TRUE(inside.minimizer().value) << to_sentence(inside.minimizer().proof);
  EXPECT_EQ((*inside.minimizer().value)(0).to_string(), "1/8");
  EXPECT_TRUE(verify::minimizer(inside.problem(), inside.minimizer()));
  EXPECT_TRUE(verify::optimum(inside.problem(), inside.optimum()));
  // The same point, where F need not be convex: neither found nor believed.
  const Problem wide{robust, Domain::box(vec({"-2"}), vec({"2"}))};
  EXPECT_FALSE(Facts(wide).minimizer().value);
  EXPECT_FALSE(verify::minimizer(wide, inside.minimizer()));
}

TEST(Minimum, OfWhatIsConvexOnABallAloneIsEnclosed) {
  const auto robust = generalized_linear(mat({{"1", "0"}, {"1", "1"}, {"0", "1"}}),
                                         vec({"0", "1/4", "-1/3"}), Loss::geman_mcclure);
  const Facts facts({robust, Domain::ball(vec({"0", "0"}), {1, 8})});
  ASSERT_TRUE(facts.minimizer().value) << to_sentence(facts.minimizer().proof);
  EXPECT_LT((*facts.minimizer().value)(0).width(), 1e-20);
  EXPECT_TRUE(verify::minimizer(facts.problem(), facts.minimizer()));
  EXPECT_TRUE(verify::optimum(facts.problem(), facts.optimum()));
}

TEST(Minimum, OfWhatIsNotConvexIsBelowAllThatAFewFunctionsFit) {
  // t²/(1+t²) of t ± 3, at its maximum 9/10 in 0, and half of 36/37 where one of both fits.
  const Problem two{
      generalized_linear(mat({{"-3/2"}, {"-3/2"}}), vec({"-3", "3"}), Loss::geman_mcclure)};
  EXPECT_TRUE((minimum_of(two).optimum.value->upper() <= Enclosure(18) / 37) == Truth::yes);
  // Two along one row do not agree, the third is fitted anyway: at most (16/17)/3.
  const Problem three{generalized_linear(mat({{"-1", "-2"}, {"2", "-1"}, {"-1", "-2"}}),
                                         vec({"2", "-2", "-2"}), Loss::geman_mcclure)};
  EXPECT_TRUE((minimum_of(three).optimum.value->upper() <= Enclosure(16) / 51) == Truth::yes);
  // Within a box that no single fit lies in, no point outside counts.
  const Problem boxed{three.sum, Domain::box(vec({"-1/2", "-1/2"}), vec({"1/2", "1/2"}))};
  const Enclosure inside = *minimum_of(boxed).optimum.value;
  EXPECT_TRUE((inside.upper() > Enclosure(16) / 51) == Truth::yes) << inside;
  for (const char* x : {"-1/2", "0", "1/2"}) {
    for (const char* y : {"-1/2", "0", "1/2"}) {
      // The end is a value of F, rounded up to 128 bits.
      const Enclosure there = objective(boxed, enclose(vec({x, y})));
      EXPECT_TRUE((there * (1 + pow(Enclosure(2), -100)) >= inside.upper()) == Truth::yes)
          << x << ", " << y;
    }
  }
}

TEST(Minimum, OfAnIndefiniteSumWithConvexMeanIsFound) {
  const auto sum = quadratic_sum({{mat({{"3"}}), vec({"1"}), 0}, {mat({{"-1"}}), vec({"0"}), 0}});
  expect_minimum({sum}, "3/2", "-3/8");
}

TEST(Minimum, IsFoundByInterpolationWithoutConvexity) {
  const Matrix<Rational> X = mat({{"1", "2"}, {"3", "-1/2"}, {"0", "0"}});
  for (const Loss loss : {Loss::geman_mcclure, Loss::sine, Loss::huber, Loss::squared}) {
    expect_minimum({generalized_linear(X, vec({"5", "2", "0"}), loss)}, "1, 2", "0");
  }
  // The zero row adds a constant: geman-mcclure of 2 is 4/5.
  expect_minimum({generalized_linear(X, vec({"5", "2", "2"}), Loss::geman_mcclure)}, "1, 2",
                 "4/15");
}

TEST(Minimum, OfHuberLossesIsExact) {
  // τ = 1, targets 0, 0, 10 on a line: two quadratic pieces and one linear one, 2w = 1.
  expect_minimum(
      {generalized_linear(mat({{"1"}, {"1"}, {"1"}}), vec({"0", "0", "10"}), Loss::huber)}, "1/2",
      "37/12");
}

TEST(Minimum, OfLogisticLossesIsEnclosedInOneDimension) {
  const Problem problem{generalized_linear(mat({{"1"}, {"-2"}}), vec({"1", "1"}), Loss::logistic)};
  const Minimum minimum = minimum_of(problem);
  ASSERT_TRUE(minimum.minimizer.value.has_value()) << to_sentence(minimum.minimizer.proof);
  EXPECT_TRUE(is_narrow(*minimum.minimizer.value, 1e-25));
  EXPECT_LE(minimum.optimum.value->width(), 1e-25);
  EXPECT_NE((full_gradient(problem, *minimum.minimizer.value)(0) == 0).truth(), Truth::no);
  // log(1 + e^{-w}) falls for ever: on an interval the end is the minimiser, exactly.
  const auto falling = generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic);
  const Minimum at_end = minimum_of({falling, Domain::box(vec({"-1"}), vec({"2"}))});
  EXPECT_EQ(written(*at_end.minimizer.value), "2");
  EXPECT_FALSE(minimum_of({falling}).minimizer.value.has_value());
}

// A plane separates these: F* = 0 is a limit, and what is known of it must not depend on how far
// floating point got.
TEST(Minimum, OfSeparableLogisticLossesIsKnownAsTheLimitThatItIs) {
  const Problem problem{
      generalized_linear(mat({{"2", "1"}, {"1", "-1"}}), vec({"1", "1"}), Loss::logistic)};
  const Minimum minimum = minimum_of(problem);
  EXPECT_FALSE(minimum.minimizer.value);
  ASSERT_TRUE(minimum.optimum.value);
  EXPECT_TRUE(minimum.optimum.value->contains(0));
  EXPECT_EQ((*minimum.optimum.value < Enclosure::parse("1e-35")).truth(), Truth::yes)
      << minimum.optimum.value->to_string();
}

const std::shared_ptr<const FiniteSum> logistic_regression =
    generalized_linear(mat({{"1", "0"}, {"0", "1"}, {"-1", "-1"}, {"2", "-1"}, {"-1", "0"}}),
                       vec({"1", "1", "1", "1", "1"}), Loss::logistic);

TEST(Minimum, OfLogisticRegressionIsEnclosed) {
  const Problem problem{logistic_regression};
  const Minimum minimum = minimum_of(problem);
  ASSERT_TRUE(minimum.minimizer.value.has_value()) << to_sentence(minimum.minimizer.proof);
  EXPECT_TRUE(is_narrow(*minimum.minimizer.value, 1e-30));
  EXPECT_LE(minimum.optimum.value->width(), 1e-30);
  for (const Enclosure& slope : full_gradient(problem, *minimum.minimizer.value))
    EXPECT_NE((slope == 0).truth(), Truth::no);
}

TEST(Minimum, OfLogisticRegressionIsEnclosedOnTheBoundaryToo) {
  const Minimum on_a_side =
      minimum_of({logistic_regression, Domain::box(vec({"1", "-5"}), vec({"2", "5"}))});
  ASSERT_TRUE(on_a_side.minimizer.value.has_value()) << to_sentence(on_a_side.minimizer.proof);
  EXPECT_TRUE(is_narrow(*on_a_side.minimizer.value, 1e-30));
  EXPECT_TRUE(on_a_side.minimizer.value->coeff(0).contains(1));
  const Minimum on_a_sphere =
      minimum_of({logistic_regression, Domain::ball(vec({"0", "0"}), Rational(1, 16))});
  ASSERT_TRUE(on_a_sphere.minimizer.value.has_value()) << to_sentence(on_a_sphere.minimizer.proof);
  EXPECT_TRUE(is_narrow(*on_a_sphere.minimizer.value, 1e-20));
  EXPECT_NE((on_a_sphere.minimizer.value->squaredNorm() == Enclosure(1) / 256).truth(), Truth::no);
}

// The logistic losses of w_1 + w_2: w* of least norm is half of the minimiser on the line, twice.
TEST(Minimum, OfLogisticLossesThatChangeInOneDirectionIsTheOneOfLeastNorm) {
  const auto line = generalized_linear(mat({{"1"}, {"-2"}}), vec({"1", "1"}), Loss::logistic);
  const auto plane =
      generalized_linear(mat({{"1", "1"}, {"-2", "-2"}}), vec({"1", "1"}), Loss::logistic);
  const Minimum expected = minimum_of({line});
  const Minimum minimum = minimum_of({plane});
  ASSERT_TRUE(minimum.minimizer.value.has_value()) << to_sentence(minimum.minimizer.proof);
  for (const Enclosure& x : *minimum.minimizer.value) {
    EXPECT_LE(x.width(), 1e-30);
    EXPECT_NE((2 * x == expected.minimizer.value->coeff(0)).truth(), Truth::no);
  }
}

// One active side of W: w* stays on it, so it is known to lie in a product of sets as well.
TEST(Minimum, OfLogisticRegressionStaysWithinItsBox) {
  const Minimum minimum =
      minimum_of({logistic_regression, Domain::box(vec({"1", "-5"}), vec({"2", "5"}))});
  ASSERT_TRUE(minimum.minimizer.value.has_value());
  EXPECT_EQ((minimum.minimizer.value->coeff(0) >= 1).truth(), Truth::yes);
  EXPECT_EQ((minimum.minimizer.value->coeff(0) <= 2).truth(), Truth::yes);
}

// Rows of very different lengths, and of any size.
TEST(Minimum, OfLogisticRegressionDoesNotDependOnUnits) {
  for (const char* unit : {"1", "1e12", "1e-12"}) {
    Matrix<Rational> X = mat({{"1", "0"}, {"0", "1"}, {"-1", "-1"}, {"2", "-1"}, {"-1", "0"}});
    X *= parse_rational(unit);
    const Problem problem{generalized_linear(X, vec({"1", "1", "1", "1", "1"}), Loss::logistic)};
    const Minimum minimum = minimum_of(problem);
    ASSERT_TRUE(minimum.minimizer.value.has_value()) << unit;
    for (const Enclosure& x : *minimum.minimizer.value)
      EXPECT_LE(x.relative_width(), 1e-20) << unit;
  }
}

TEST(Minimum, OfSeparableDataIsUnknown) {
  const auto separable =
      generalized_linear(mat({{"1", "0"}, {"0", "1"}}), vec({"1", "1"}), Loss::logistic);
  EXPECT_FALSE(minimum_of({separable}).minimizer.value.has_value());
}

// Each row with targets of both signs: F grows in every direction in which it changes.
RC_GTEST_PROP(Minimum, OfLogisticLossesThatPullBothWaysIsEnclosedTightly, ()) {
  const int d = test::integer(1, 4);
  const int n = test::integer(1, 4);
  const Matrix<Rational> X = test::matrix(n, d) / Rational(8);  // farther out all is flat
  Matrix<Rational> both(2 * n, d);
  both << X, X;
  Vector<Rational> targets = Vector<Rational>::Constant(2 * n, Rational(1));
  targets.tail(n).setConstant(-2);
  const Problem problem{generalized_linear(both, targets, Loss::logistic), test::any_domain(d)};
  const Minimum minimum = minimum_of(problem);
  const bool spans = null_space(X).cols() == 0;
  RC_TAG(std::string(spans ? "spans" : "does not span"));
  RC_LOG() << to_json(problem).dump() << " " << to_sentence(minimum.minimizer.proof) << "\n";
  RC_ASSERT(minimum.minimizer.value || (!spans && problem.domain.is_bounded()));
  RC_ASSERT(minimum.optimum.value.has_value());
  if (minimum.minimizer.value) RC_ASSERT(is_narrow(*minimum.minimizer.value, 1e-15));
  for (int k = 0; k < 5; ++k) check_minimum(problem, minimum);
}

TEST(Minimum, ValueOnABoundedDomainIsEnclosedByTheFrankWolfeGap) {
  const Problem problem{generalized_linear(mat({{"1", "0"}, {"0", "1"}, {"-1", "-1"}}),
                                           vec({"1", "1", "1"}), Loss::logistic),
                        Domain::box(vec({"-1", "-1"}), vec({"1", "1"}))};
  const Minimum minimum = minimum_of(problem);
  ASSERT_TRUE(minimum.optimum.value.has_value());
  EXPECT_LE(minimum.optimum.value->width(), 1e-6);
}

/// f_i(w) = ‖w − c_i‖² + sin w_1: 1-strongly convex and 3-smooth, and neither rational nor
/// quadratic.
template <class T>
struct Wavy {
  Matrix<T> centers;
  int dimension() const { return static_cast<int>(centers.cols()); }
  int size() const { return static_cast<int>(centers.rows()); }
  T value(int i, const Vector<T>& w) const {
    using std::sin;
    T sum = sin(w(0));
    for (Eigen::Index j = 0; j < w.size(); ++j)
      sum += (w(j) - centers(i, j)) * (w(j) - centers(i, j));
    return sum;
  }
  Vector<T> gradient(int i, const Vector<T>& w) const {
    using std::cos;
    Vector<T> g(w.size());
    for (Eigen::Index j = 0; j < w.size(); ++j) g(j) = 2 * (w(j) - centers(i, j));
    g(0) += cos(w(0));
    return g;
  }
  template <class U>
  Wavy<U> cast() const {
    return {detail::convert<U>(centers)};
  }
  Wavy select(const std::vector<int>& indices) const {
    return {detail::pick_rows(centers, indices)};
  }
};

FamilyFacts wavy_facts(const std::shared_ptr<const Wavy<Rational>>& data) {
  Vector<Rational> lower = Vector<Rational>::Constant(data->dimension(), 2);
  Vector<Rational> upper = lower;
  lower(0) = 1;
  upper(0) = 3;
  FunctionFacts one;
  one.curvature = {SymmetricMatrix::diagonal(lower), SymmetricMatrix::diagonal(upper)};
  one.support = std::vector<bool>(static_cast<std::size_t>(data->dimension()), true);
  FamilyFacts facts;
  facts.is_rational = false;
  facts.functions.assign(static_cast<std::size_t>(data->size()), one);
  return facts;
}

class WavySum final : public detail::FamilyOf<Wavy> {
 public:
  explicit WavySum(Wavy<Rational> data) : FamilyOf(std::move(data), wavy_facts) {}
  std::string family() const override { return "wavy"; }
  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    return std::make_shared<WavySum>(data().select(indices));
  }
  nlohmann::ordered_json to_json() const override { return {}; }
};

RC_GTEST_PROP(Minimum, OfStronglyConvexFunctionsIsEnclosedTightly, ()) {
  const int d = test::integer(1, 4);
  const auto sum = std::make_shared<WavySum>(Wavy<Rational>{test::matrix(test::integer(1, 4), d)});
  const Problem problem{sum, test::any_domain(d)};
  const Minimum minimum = minimum_of(problem);
  RC_ASSERT(minimum.minimizer.value.has_value());
  RC_ASSERT(is_narrow(*minimum.minimizer.value, 1e-20));
  RC_ASSERT(minimum.optimum.value->width() <= 1e-15);
  for (int k = 0; k < 5; ++k) check_minimum(problem, minimum);
}

RC_GTEST_PROP(Minimum, OfConvexQuadraticsSatisfiesTheVariationalInequality, ()) {
  const int d = test::integer(1, 5);
  const Problem problem{test::convex_quadratics(test::integer(1, 4), d), test::any_domain(d)};
  const Minimum minimum = minimum_of(problem);
  // Sums of (w − c)ᵀA(w − c) with A ⪰ 0 are bounded below: there is always a minimiser.
  RC_ASSERT(minimum.minimizer.value.has_value());
  RC_ASSERT(is_narrow(*minimum.minimizer.value, 1e-25));
  if (problem.domain.kind() != Domain::Kind::ball) RC_ASSERT(minimum.optimum.value->is_exact());
  for (int k = 0; k < 5; ++k) check_minimum(problem, minimum);
}

RC_GTEST_PROP(Minimum, OfLinearFunctionsSatisfiesTheVariationalInequality, ()) {
  const int d = test::integer(1, 4);
  const Problem problem{linear_sum(test::matrix(2, d), test::vector(2)), test::bounded_domain(d)};
  const Minimum minimum = minimum_of(problem);
  RC_ASSERT(minimum.minimizer.value.has_value());
  for (int k = 0; k < 5; ++k) check_minimum(problem, minimum);
}

// |x_iᵀw − y_i| = max(x_iᵀw − y_i, −x_iᵀw + y_i), with a quadratic now and then.
std::shared_ptr<const FiniteSum> absolute_deviations(int n, int d) {
  std::vector<MaxAffineFunction> functions;
  for (int i = 0; i < n; ++i) {
    const Vector<Rational> x = test::vector(d);
    const Rational y = test::rational();
    const Vector<Rational> q = test::integer(0, 3) == 0
                                   ? Vector<Rational>(test::vector(d).cwiseAbs())
                                   : Vector<Rational>(Vector<Rational>::Zero(d));
    functions.push_back({{{x, -y}, {-x, y}}, q});
  }
  return max_affine_sum(std::move(functions));
}

RC_GTEST_PROP(Minimum, OfAbsoluteDeviationsIsExact, ()) {
  const int d = test::integer(1, 4);
  const Domain domain = test::integer(0, 2) == 0 ? test::box(d) : Domain::all();
  const Problem problem{absolute_deviations(test::integer(1, 6), d), domain};
  const Minimum minimum = minimum_of(problem);
  RC_ASSERT(minimum.minimizer.value.has_value());
  RC_ASSERT(minimum.optimum.value->is_exact());
  for (int k = 0; k < 5; ++k) check_minimum(problem, minimum);
}

Minimum of_one_maximum(const std::vector<AffinePiece>& pieces, const Vector<Rational>& curvature,
                       const Domain& domain = Domain::all()) {
  return minimum_of({max_affine_sum({{pieces, curvature}}), domain});
}

TEST(Minimum, OfMaximaWithoutSlopesIsAnywhere) {
  for (const char* q : {"0", "1"}) {
    const Minimum minimum = of_one_maximum({{vec({"0"}), 3}, {vec({"0"}), 3}}, vec({q}));
    ASSERT_TRUE(minimum.minimizer.value.has_value());
    EXPECT_EQ(minimum.optimum.value->to_string(), "3");
  }
}

TEST(Minimum, OfMaximaIsNotMovedByAConstant) {
  const AffinePiece up{vec({"3"}), -1};
  const AffinePiece down{vec({"-2"}), 1};
  const Problem problem{max_affine_sum(
      {{{up, down}, vec({"0"})}, {{{vec({"0"}), parse_rational("1e30")}}, vec({"0"})}})};
  EXPECT_EQ(written(*minimum_of(problem).minimizer.value), "2/5");
}

TEST(Minimum, OfMaximaIsFoundOnDegenerateBoxesAndInProducts) {
  const std::vector<AffinePiece> distance = {{vec({"1", "0"}), 0}, {vec({"-1", "0"}), 0}};
  const Domain line = Domain::box(vec({"1/3", "-5"}), vec({"1/3", "7"}));
  EXPECT_EQ(written(*of_one_maximum(distance, vec({"0", "1"}), line).minimizer.value), "1/3, 0");
  const Domain product =
      Domain::product({Domain::box(vec({"-1"}), vec({"2"})), Domain::ball(vec({"1"}), 1)});
  EXPECT_EQ(written(*of_one_maximum(distance, vec({"0", "1"}), product).minimizer.value), "0, 0");
}

TEST(Minimum, OfMaximaBeyondFloatingPointIsUnknownOrExact) {
  for (const char* huge : {"1e400", "1e-400", "1e300"}) {
    const Rational x = parse_rational(huge);
    for (const Minimum& minimum :
         {of_one_maximum({{Vector<Rational>::Constant(1, x), 0}, {vec({"-1"}), 0}}, vec({"0"})),
          of_one_maximum({{vec({"1"}), x}, {vec({"-1"}), 0}}, vec({"1"})),
          of_one_maximum(
              {{vec({"1"}), 0}, {vec({"-1"}), 0}}, vec({"1"}),
              Domain::box(Vector<Rational>::Constant(1, -x), Vector<Rational>::Constant(1, x)))}) {
      if (minimum.minimizer.value) {
        EXPECT_TRUE((*minimum.minimizer.value)(0).is_bounded()) << huge;
      }
    }
  }
}

TEST(Minimum, OfMaximaInManyDimensionsIsLeftUnknownSoon) {
  const int d = 400;
  const Vector<Rational> one = Vector<Rational>::Ones(d);
  const Problem problem{max_affine_sum({{{{one, 1}, {-one, 0}}, Vector<Rational>::Zero(d)}}),
                        Domain::box(-one, one)};
  EXPECT_FALSE(minimum_of(problem).minimizer.value.has_value());
}

/// G max_l v_l + (a/2)‖v‖² on each of m blocks v of p coordinates.
std::vector<MaxAffineFunction> resisting_blocks(int m, int p, const Rational& G,
                                                const Rational& a) {
  std::vector<MaxAffineFunction> functions;
  for (int block = 0; block < m; ++block) {
    MaxAffineFunction f{{}, Vector<Rational>::Zero(m * p)};
    for (int l = block * p; l < (block + 1) * p; ++l) {
      f.pieces.push_back({Vector<Rational>::Unit(m * p, l) * G});
      f.curvature(l) = a;
    }
    functions.push_back(std::move(f));
  }
  return functions;
}

// Where all pieces are largest with equal weights the size does not matter: every coordinate is
// −G/(ap), F* = −G²/(2ap).
TEST(Minimum, OfManyBalancedMaximaIsExact) {
  Problem problem{max_affine_sum(resisting_blocks(8, 20, 3, {1, 2}))};
  const Minimum minimum = minimum_of(problem);
  ASSERT_TRUE(minimum.minimizer.value.has_value());
  EXPECT_EQ((*minimum.minimizer.value)(159).to_string(), "-3/10");
  EXPECT_EQ(minimum.optimum.value->to_string(), "-9/20");
  // Still the least where W holds it, and not even looked at where it does not.
  problem.domain =
      Domain::box(Vector<Rational>::Constant(160, Rational(-3, 10)), Vector<Rational>::Zero(160));
  EXPECT_EQ(minimum_of(problem).optimum.value->to_string(), "-9/20");
  problem.domain = Domain::ball(Vector<Rational>::Zero(160), 1);
  EXPECT_FALSE(balanced_max_affine_minimizer(problem));
}

// The point at which equal weights would balance is no minimiser where one piece is not largest
// there.
TEST(Minimum, OfMaximaOutOfBalanceIsNotWhereEqualWeightsPutIt) {
  auto functions = resisting_blocks(1, 2, 1, 1);
  functions[0].pieces[1].offset = {1, 10};
  const Problem problem{max_affine_sum(functions)};
  EXPECT_FALSE(balanced_max_affine_minimizer(problem));
  // v_1 = v_2 + 1/10 and v_1 + v_2 = −1.
  EXPECT_EQ(written(*minimum_of(problem).minimizer.value), "-9/20, -11/20");
  functions[0].pieces[1] = {vec({"0", "2"}), 0};  // at (−1/2, −1) the first piece is above it
  EXPECT_FALSE(balanced_max_affine_minimizer({max_affine_sum(functions)}));
  EXPECT_FALSE(balanced_max_affine_minimizer({max_affine_sum({{{{vec({"1"}), 0}}, vec({"0"})}})}));
}

// On the line F is least at one of its kinks.
RC_GTEST_PROP(Minimum, OfAbsoluteDeviationsOnTheLineIsTheMedian, ()) {
  const int n = test::integer(1, 6);
  const Vector<Rational> y = test::vector(n);
  std::vector<MaxAffineFunction> functions;
  for (int i = 0; i < n; ++i) {
    const Vector<Rational> one = Vector<Rational>::Ones(1);
    functions.push_back({{{one, -y(i)}, {-one, y(i)}}, Vector<Rational>::Zero(1)});
  }
  const Problem problem{max_affine_sum(std::move(functions))};
  Enclosure least = objective(problem, enclose(Vector<Rational>(y.head(1))));
  for (int i = 1; i < n; ++i)
    least = min(least, objective(problem, enclose(Vector<Rational>(y.segment(i, 1)))));
  RC_ASSERT((*minimum_of(problem).optimum.value == least).truth() == Truth::yes);
}

RC_GTEST_PROP(Minimum, OfMaximaIsNeverContradictedByAPoint, ()) {
  const int d = test::integer(1, 4);
  const Problem problem{test::max_affine(test::integer(1, 4), d), test::any_domain(d)};
  const Minimum minimum = minimum_of(problem);
  RC_TAG(minimum.minimizer.value.has_value() && (*minimum.minimizer.value)(0).is_exact() ? "exact"
                                                                                         : "not");
  for (int k = 0; k < 5; ++k) check_minimum(problem, minimum);
}

RC_GTEST_PROP(Minimum, OfAnythingIsNeverContradictedByAPoint, ()) {
  const Problem problem = test::any_problem();
  const Minimum minimum = minimum_of(problem);
  for (int k = 0; k < 3; ++k) check_minimum(problem, minimum);
}

RC_GTEST_PROP(Minimum, OfHuberLossesIsUsuallyExact, ()) {
  const int d = test::integer(1, 4);
  const Problem problem{test::glm(test::integer(1, 5), d, Loss::huber)};
  const Minimum minimum = minimum_of(problem);
  RC_TAG(minimum.minimizer.value.has_value() && (*minimum.minimizer.value)(0).is_exact() ? "exact"
                                                                                         : "not");
  check_minimum(problem, minimum);
}

// What F is unbounded below along, as data: −1 of curvature, little of it as rounded data have, or
// a linear part alone.
TEST(Minimizer, IsNotThereWhereFIsUnboundedBelowAlongADirection) {
  const auto of = [](const char* corner, const char* slope) {
    return QuadraticFunction{SymmetricMatrix::dense(mat({{"1", "1"}, {"1", corner}})),
                             vec({"0", slope}), 0};
  };
  const Rational tiny(Rational(1) / Rational("100000000000000000000"));
  for (const auto& [corner, slope, why] :
       {std::tuple{"-1", "0", "unbounded below"},
        {"0.99999999999999999999", "0", "misses semidefiniteness by 5e-21"},
        {"1", "1", "convex but unbounded below"}}) {
    const QuadraticFunction q = of(corner, slope);
    const Minimum minimum = minimize_quadratic(q, Domain::all());
    EXPECT_FALSE(minimum.minimizer.value || minimum.optimum.value);
    const auto* below = std::get_if<proof::UnboundedBelow>(&minimum.optimum.proof.kind());
    ASSERT_NE(below, nullptr);
    EXPECT_NE(to_sentence(*below).find(why), std::string::npos) << to_sentence(*below);
    const Vector<Rational>& d = *below->direction;
    const Rational curvature = quadratic_form(q.A.dense(), d);
    EXPECT_EQ(below->curvature, curvature / d.squaredNorm());
    EXPECT_TRUE(curvature < 0 || (curvature == 0 && q.b.dot(d) < 0));
    // As much as there is: λ_min is about (corner − 1)/2 for corners near 1.
    if (curvature < 0) {
      EXPECT_LE(below->curvature, -tiny / 3);
    }
  }
}

// ---- not convex, and on products ----------------------------------------------------------------

std::shared_ptr<const FiniteSum> one_quadratic(const Matrix<Rational>& A,
                                               const Vector<Rational>& c) {
  return quadratic_sum({{A, c, 0}});
}

TEST(ANonconvexMinimum, IsAtAVertexOrOnTheSphere) {
  const auto concave = one_quadratic(mat({{"-1"}}), vec({"0"}));
  expect_minimum({concave, Domain::box(vec({"-1"}), vec({"2"}))}, "2", "-2");
  expect_minimum({concave, Domain::ball(vec({"1/2"}), Rational(3, 2))}, "2", "-2");
  // The saddle (x² − y²)/2: the hard case of the ball, where ∇F vanishes in its centre.
  const auto saddle = one_quadratic(mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "0"}));
  EXPECT_EQ(minimum_of({saddle, Domain::ball(vec({"0", "0"}), 3)}).optimum.value->to_string(),
            "-9/2");
  // x y is least at (1, −1) and (−1, 1), and −1/2 on the unit circle.
  const auto product = one_quadratic(mat({{"0", "1"}, {"1", "0"}}), vec({"0", "0"}));
  EXPECT_EQ(minimum_of({product, Domain::box(vec({"-1", "-1"}), vec({"1", "1"}))})
                .optimum.value->to_string(),
            "-1");
  EXPECT_EQ(minimum_of({product, Domain::ball(vec({"0", "0"}), 1)}).optimum.value->to_string(),
            "-1/2");
  // A stationary point strictly inside a face: ½ (4x² + 8xy − y²) on y = −1 is least at x = 1.
  const auto face = one_quadratic(mat({{"4", "4"}, {"4", "-1"}}), vec({"0", "0"}));
  const Minimum inside = minimum_of({face, Domain::box(vec({"-2", "-1"}), vec({"3", "0"}))});
  EXPECT_EQ(written(*inside.minimizer.value), "1, -1");
  EXPECT_EQ(inside.optimum.value->to_string(), "-5/2");
}

// F* is no more than the value at any point of W, and hardly more than the least of many.
RC_GTEST_PROP(ANonconvexMinimum, IsNotAboveAnyPointNorFarBelowTheLeastOfAGrid, ()) {
  const int d = test::integer(1, 2);
  const auto sum = one_quadratic(test::symmetric(d), test::vector(d));
  const Domain W = test::bounded_domain(d);
  const Facts facts({sum, W});
  check_minimum(facts.problem(), {facts.minimizer(), facts.optimum()});
  RC_PRE(facts.optimum().value.has_value());
  const Vector<Enclosure> sides = *W.coordinate_ranges();
  constexpr int steps = 12;
  double least = 1e300;
  for (int k = 0; k < (d == 1 ? steps + 1 : (steps + 1) * (steps + 1)); ++k) {
    Vector<double> w(d);
    for (int j = 0; j < d; ++j) {
      const double part = (j == 0 ? k % (steps + 1) : k / (steps + 1)) / double{steps};
      w(j) = sides(j).lower().approximate() + part * sides(j).width();
    }
    least = std::min(least, objective(facts.problem(), W.project(w)));
  }
  const double lower = facts.optimum().value->lower().approximate();
  const double upper = facts.optimum().value->upper().approximate();
  // Between points of the grid F changes by L times their distance at most.
  const double reach = d * sides(0).width() + (d == 2 ? sides(1).width() : 0);
  RC_ASSERT(lower <= least + 1e-9 * (1 + std::abs(least)));
  RC_ASSERT(upper >= least - facts.lipschitz().value->approximate() * reach / steps - 1e-9);
}

TEST(ANonconvexMinimum, OfManyCoordinatesLiesBetweenAConvexFunctionAndAValue) {
  Matrix<Rational> A(16, 16);
  for (int i = 0; i < 16; ++i)
    for (int j = 0; j < 16; ++j) A(i, j) = (7 * i + 7 * j + i * j) % 11 - 5;
  const Domain W = Domain::box(Vector<Rational>::Constant(16, Rational(-1)),
                               Vector<Rational>::Constant(16, Rational(1)));
  const Problem problem{one_quadratic(A, Vector<Rational>::Zero(16)), W};
  const Minimum minimum = minimum_of(problem);
  ASSERT_TRUE(minimum.optimum.value.has_value());
  for (int k = 0; k < 2000; ++k) {
    Vector<Rational> w(16);
    for (int j = 0; j < 16; ++j) w(j) = (k * (2 * j + 3) * 2654435761L >> 7) % 2 == 0 ? 1 : -1;
    EXPECT_TRUE(can_be_below(minimum.optimum.value->lower(), objective(problem, enclose(w))));
  }
  EXPECT_LT(minimum.optimum.value->upper().approximate(), 0);
}

TEST(AMinimumOnAProduct, OfOneFactorIsThatOfTheFactor) {
  const auto sum = one_quadratic(mat({{"2", "1"}, {"1", "2"}}), vec({"1", "1"}));
  const Domain ball = Domain::ball(vec({"0", "0"}), 1);
  const Facts facts({sum, Domain::product({ball})});
  // w* = (1, 1)/√2 and F* = 3 (1 − 1/√2)²; ‖∇F‖ = ‖A(w − c)‖ ≤ 3 (√2 + 1).
  const Enclosure root = sqrt(Enclosure(2));
  EXPECT_NE((*facts.optimum().value == 3 * square(1 - 1 / root)).truth(), Truth::no);
  EXPECT_LT(facts.optimum().value->width(), 1e-30);
  EXPECT_LT(facts.lipschitz().value->upper().approximate(), 7.2426406873);
  EXPECT_GE(facts.lipschitz().value->upper().approximate(), 7.2426406871);
}

TEST(AMinimumOnAProduct, IsTheSumOverFactorsThatAreNotCoupled) {
  const auto sum =
      one_quadratic(mat({{"1", "0", "0"}, {"0", "2", "1"}, {"0", "1", "2"}}), vec({"3", "1", "1"}));
  const Facts facts({sum, Domain::product({Domain::box(vec({"0"}), vec({"1"})),
                                           Domain::ball(vec({"0", "0"}), 1)})});
  const Enclosure root = sqrt(Enclosure(2));
  EXPECT_NE((*facts.optimum().value == 2 + 3 * square(1 - 1 / root)).truth(), Truth::no);
  EXPECT_LT(facts.optimum().value->width(), 1e-6);
  ASSERT_TRUE(facts.minimizer().value.has_value());
  EXPECT_TRUE((*facts.minimizer().value)(0).contains(1));
}

TEST(AMinimumOnAProduct, IsEnclosedWhereFactorsAreCoupled) {
  const auto sum =
      one_quadratic(mat({{"2", "1", "0"}, {"1", "2", "1"}, {"0", "1", "3"}}), vec({"3", "1", "2"}));
  const Facts facts({sum, Domain::product({Domain::box(vec({"0"}), vec({"1"})),
                                           Domain::ball(vec({"0", "0"}), 1)})});
  ASSERT_TRUE(facts.minimizer().value.has_value());
  EXPECT_LT(facts.optimum().value->width(), 1e-6);
}

TEST(AMinimumOnABall, OfAMaximumIsOnTheSphereAtAKink) {
  MaxAffineFunction f;
  f.pieces = {{vec({"1", "0"}), 0}, {vec({"0", "1"}), 0}};
  f.curvature = vec({"0", "0"});
  const Facts facts({max_affine_sum({f}), Domain::ball(vec({"0", "0"}), 1)});
  EXPECT_NE((*facts.optimum().value == -1 / sqrt(Enclosure(2))).truth(), Truth::no);
  EXPECT_LT(facts.optimum().value->width(), 1e-30);
  EXPECT_LT((*facts.minimizer().value)(0).width(), 1e-15);
  EXPECT_EQ(facts.lipschitz().value->to_string(), "1");
  EXPECT_TRUE(facts.lipschitz().is_best);
}

RC_GTEST_PROP(AMinimumOnABall, OfMaximaIsNotAboveAnyPoint, ()) {
  const int d = test::integer(1, 3);
  const Facts facts({test::max_affine(test::integer(1, 3), d), test::ball(d)});
  check_minimum(facts.problem(), {facts.minimizer(), facts.optimum()});
}

// At the start F is log 2, as 0 ∈ W; floating point led to a point with F = 1582.
TEST(AMinimumOnABall, FarOutIsNotAboveTheValueAtZero) {
  const Facts facts({generalized_linear(mat({{"2", "2/3"}}), vec({"-3"}), Loss::logistic),
                     Domain::ball(vec({"600", "-1000"}), 2000)});
  ASSERT_TRUE(facts.optimum().value.has_value());
  EXPECT_GE(facts.optimum().value->lower().approximate(), 0);
  EXPECT_LT(facts.optimum().value->upper().approximate(), 1e-70);
}

}  // namespace
}  // namespace graddiv
