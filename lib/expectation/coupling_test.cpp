#include "expectation/coupling.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "number/exact.h"
#include "problem/families.h"
#include "sgd/step.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

struct Totals {
  Enclosure distance;
  Enclosure squared_distance;
  Enclosure value_difference;
};

/// Two problems, S and S', which know nothing of each other, and all index sequences one by one.
class BruteForce {
 public:
  BruteForce(Problem s, Problem s_prime, Run run, int z)
      : s_(std::move(s)), s_prime_(std::move(s_prime)), run_(std::move(run)), z_(z) {
    totals_.resize(static_cast<std::size_t>(run_.iterations) + 1);
    visit(0, enclose(run_.start), enclose(run_.start), 1);
  }
  const std::vector<Totals>& totals() const { return totals_; }

 private:
  void visit(int k, const Vector<Enclosure>& w, const Vector<Enclosure>& w_prime,
             const Rational& probability) {
    const Enclosure p = enclose(probability);
    const Enclosure norm2 = Vector<Enclosure>(w - w_prime).squaredNorm();
    Totals& t = totals_[static_cast<std::size_t>(k)];
    t.distance += p * sqrt(norm2);
    t.squared_distance += p * norm2;
    t.value_difference += p * (s_.sum->value(z_, w) - s_.sum->value(z_, w_prime));
    if (k < run_.iterations) draw(k, run_.batch(k), w, w_prime, w, w_prime, probability);
  }

  /// One index after the other; the iteration's projection comes after the last of them.
  void draw(int k, long left, const Vector<Enclosure>& w, const Vector<Enclosure>& w_prime,
            const Vector<Enclosure>& moved, const Vector<Enclosure>& moved_prime,
            const Rational& probability) {
    if (left == 0) {
      visit(k + 1, s_.domain.project(moved), s_.domain.project(moved_prime), probability);
      return;
    }
    const Enclosure gamma = enclose(run_.step(k));
    for (int i = 0; i < s_.size(); ++i) {
      draw(k, left - 1, w, w_prime, moved - s_.sum->gradient(i, w) * gamma,
           moved_prime - s_prime_.sum->gradient(i, w_prime) * gamma, probability / s_.size());
    }
  }

  Problem s_;
  Problem s_prime_;
  Run run_;
  int z_;
  std::vector<Totals> totals_;
};

void expect_equal(const Enclosure& a, const Enclosure& b) {
  if (a.is_exact() && b.is_exact()) {
    EXPECT_EQ(a.to_string(), b.to_string());
  } else {
    EXPECT_TRUE(test::below(a, b) && test::below(b, a)) << a.to_string() << " " << b.to_string();
  }
}

/// Rows x_i and targets y_i, the last of which replace those of `index`.
void compare(const Matrix<Rational>& X, const Vector<Rational>& y, Loss loss, const Domain& domain,
             const Run& run, int index) {
  const Eigen::Index n = X.rows() - 1;
  Matrix<Rational> X_prime = X.topRows(n);
  Vector<Rational> y_prime = y.head(n);
  X_prime.row(index) = X.row(n);
  y_prime(index) = y(n);
  const Problem s{generalized_linear(X.topRows(n), y.head(n), loss), domain};
  const Problem s_prime{generalized_linear(X_prime, y_prime, loss), domain};
  const Neighbour neighbour{index, generalized_linear(X.bottomRows(1), y.tail(1), loss)};

  const BruteForce expected(s, s_prime, run, 0);
  int visits = 0;
  coupling::visit_law(s, neighbour, run, {}, [&](int k, const auto& pairs) {
    ++visits;
    Enclosure all = 0;
    for (const auto& pair : pairs) all += pair.probability;
    EXPECT_TRUE(all.same_as(1)) << all;
    const Totals& t = expected.totals()[static_cast<std::size_t>(k)];
    expect_equal(coupling::distance(pairs), t.distance);
    expect_equal(coupling::squared_distance(pairs), t.squared_distance);
    expect_equal(coupling::value_difference(pairs, *s.sum, 0), t.value_difference);
  });
  EXPECT_EQ(visits, run.iterations + 1);
}

RC_GTEST_PROP(Coupling, IsTheLawOverAllIndexSequences, ()) {
  const int d = test::integer(1, 3);
  const int n = test::integer(1, 4);
  const Matrix<Rational> X = test::matrix(n + 1, d);
  const Vector<Rational> y = test::vector(n + 1);
  const Vector<Rational> start = test::vector(d);
  const Vector<Rational> one = Vector<Rational>::Ones(d);
  const Domain domain =
      *rc::gen::arbitrary<bool>() ? Domain::all() : Domain::box(start - one, start + one);
  const Loss loss = *rc::gen::element(Loss::squared, Loss::huber);
  const Run run{
      start, {test::rational(), test::rational()}, {test::integer(1, 3), test::integer(1, 3)}, 2};
  compare(X, y, loss, domain, run, test::integer(0, n));
}

// f_1 = w, f_2 = w, and −w in place of the second: after k iterations of B draws from one start the
// runs are 2γ · hits apart.
TEST(Coupling, OfLinearFunctionsCountsHowOftenTheReplacedOneWasDrawn) {
  const Problem s{linear_sum(mat({{"1"}, {"1"}}), vec({"0", "0"}))};
  const Neighbour neighbour{1, linear_sum(mat({{"-1"}}), vec({"0"}))};
  const graddiv::Run run{vec({"5"}), {Rational(1, 4)}, {3}, 4};
  coupling::visit_law(s, neighbour, run, {}, [](int k, const auto& pairs) {
    EXPECT_EQ(pairs.size(), static_cast<std::size_t>(3 * k + 1));
    // E hits = 3k/2, var hits = 3k/4
    EXPECT_EQ((coupling::distance(pairs) == Enclosure(3 * k) / 4).truth(), Truth::yes);
    EXPECT_EQ((coupling::squared_distance(pairs) ==
               (square(Enclosure(3 * k) / 2) + Enclosure(3 * k) / 4) / 4)
                  .truth(),
              Truth::yes);
  });
}

TEST(Coupling, IsRefusedBeforeTheListGetsTooLong) {
  const Problem s{linear_sum(mat({{"1"}, {"1/3"}}), vec({"0", "0"}))};
  const Neighbour neighbour{0, linear_sum(mat({{"-1"}}), vec({"0"}))};
  enumeration::Options options;
  options.largest_transitions = 10;
  EXPECT_THROW(coupling::visit_law(s, neighbour, {vec({"0"}), {Rational(1)}, {9}, 2}, options,
                                   [](int, const auto&) {}),
               ExpectationError);
}

}  // namespace
}  // namespace graddiv
