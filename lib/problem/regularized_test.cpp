#include "problem/regularized.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "problem/kernel.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

/// ½(w − y)² + ½w² and ½(w + 2y)² + ½w², written as quadratic functions.
std::shared_ptr<const FiniteSum> squares() {
  return least_squares(mat({{"1", "2"}, {"0", "-1"}}), vec({"3", "1/2"}));
}

TEST(Regularized, AddsHalfRhoTimesTheSquaredNorm) {
  const auto plain = squares();
  const auto sum = regularized(plain, Rational(2, 3));
  const Vector<Enclosure> w = enclose(vec({"3", "-1/2"}));
  const Rational half = Rational(1, 3) * Rational(37, 4);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE((sum->value(i, w) == plain->value(i, w) + enclose(half)) == Truth::yes);
    const Vector<Enclosure> more = sum->gradient(i, w) - plain->gradient(i, w);
    EXPECT_TRUE((more(0) == 2) == Truth::yes);
    EXPECT_TRUE((3 * more(1) == -1) == Truth::yes);
  }
  EXPECT_EQ(sum->facts().rows, nullptr);
  EXPECT_EQ(sum->facts(1).support, (std::vector<bool>{true, true}));
  EXPECT_FALSE(sum->facts(1).squared_gradient_bound.has_value());
}

TEST(Regularized, OfNothingIsTheSumItself) {
  const auto plain = squares();
  EXPECT_EQ(regularized(plain, 0), plain);
  EXPECT_EQ(regularization_of(*plain), nullptr);
  EXPECT_THROW(regularized(plain, Rational(-1, 100)), std::invalid_argument);
  const auto twice = regularized(regularized(plain, 1), 2);
  ASSERT_NE(regularization_of(*twice), nullptr);
  EXPECT_EQ(regularization_of(*twice)->rho, 3);
  EXPECT_EQ(regularization_of(*twice)->plain, plain);
}

TEST(Regularized, IsKeptByItsTextAndBySelections) {
  const char* const text = R"({"family": "linear", "regularization": 0.25, "dimension": 1,
    "functions": [{"a": [1]}, {"a": [2]}]})";
  const Problem problem = read_problem(JsonReader::from_text(text, "good.json"));
  EXPECT_EQ(problem.sum->family(), "linear");
  const auto json = to_json(problem);
  EXPECT_EQ(json.at("regularization"), "1/4");
  const Problem again = read_problem(JsonReader::from_text(json.dump(), "again.json"));
  EXPECT_EQ(to_json(again), json);
  EXPECT_EQ(again.sum->facts(1).quadratic->A(0, 0), Rational(1, 4));
  EXPECT_EQ(select(problem.sum, {1, 1})->to_json().at("regularization"), "1/4");
  EXPECT_EQ(regularization_of(*select(problem.sum, {1}))->rho, Rational(1, 4));
}

// Every family takes one.
RC_GTEST_PROP(Regularized, IsThereInEveryFamily, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const Rational rho(test::integer(1, 9), 4);
    nlohmann::ordered_json json = sum.to_json();
    if (json.contains("regularization")) return;
    json["regularization"] = to_string(rho);
    const auto read = read_problem(JsonReader::from_text(json.dump(), "any.json")).sum;
    const Vector<Rational> w = test::vector(sum.dimension());
    const Vector<Enclosure> change = read->gradient(i, enclose(w)) - sum.gradient(i, enclose(w));
    const Vector<Rational> more = w * rho;
    for (int j = 0; j < sum.dimension(); ++j) {
      RC_ASSERT((change(j) <= enclose(more(j))) != Truth::no);
      RC_ASSERT((change(j) >= enclose(more(j))) != Truth::no);
    }
  });
}

TEST(Regularized, HasAKernel) {
  const auto sum = regularized(squares(), Rational(2, 3));
  const auto kernel = make_kernel<double>(*sum);
  const std::vector<double> w{3, -0.5};
  std::vector<double> values(2), norms(2), gradient(2);
  kernel->value_and_gradient(0, w, {values, norms, gradient});
  const Vector<double> point = Eigen::Map<const Vector<double>>(w.data(), 2);
  Vector<double> total = Vector<double>::Zero(2);
  for (int i = 0; i < 2; ++i) {
    const Vector<double> g = sum->gradient(i, point);
    total += g;
    EXPECT_NEAR(values[static_cast<std::size_t>(i)], sum->value(i, point), 1e-14);
    EXPECT_NEAR(norms[static_cast<std::size_t>(i)], g.squaredNorm(), 1e-13);
  }
  EXPECT_NEAR(gradient[0], total(0), 1e-14);
  EXPECT_NEAR(gradient[1], total(1), 1e-14);
}

}  // namespace
}  // namespace graddiv
