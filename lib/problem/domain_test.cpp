#include "problem/domain.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/problems.h"

namespace graddiv {
namespace {

using test::vec;
using test::written;

Enclosure norm2(const Vector<Enclosure>& v) { return v.squaredNorm(); }

struct Projected {
  Domain domain;
  Vector<Enclosure> point, projection;
};

Domain any_domain_or_product(int d) {
  return test::integer(0, 2) == 0 ? test::product(d) : test::any_domain(d);
}

Projected any_projection() {
  const int d = test::integer(1, 4);
  const Domain domain = any_domain_or_product(d);
  const Vector<Enclosure> w = enclose(test::vector(d));
  return {domain, w, domain.project(w)};
}

// ---- What makes Π the projection onto a closed convex set --------------------------------------

RC_GTEST_PROP(Projection, LiesInTheDomain, ()) {
  const auto [domain, w, projection] = any_projection();
  if (domain.kind() == Domain::Kind::ball) {
    const Enclosure radius = enclose(domain.radius());
    RC_ASSERT(test::below(norm2(projection - enclose(domain.center())), square(radius)));
  } else if (domain.kind() == Domain::Kind::product) {
    RC_ASSERT(domain.contains(projection) != Truth::no);
  } else {
    RC_ASSERT(domain.contains(projection) == Truth::yes);
  }
}

RC_GTEST_PROP(Projection, OntoAProductTakesItsFactorsOneByOne, ()) {
  const Domain domain = Domain::product({test::box(2), test::ball(1), test::ball(3)});
  const Vector<Enclosure> w = enclose(test::vector(6));
  Vector<Enclosure> expected(6);
  expected << domain.factors()[0].project(Vector<Enclosure>(w.head(2))),
      domain.factors()[1].project(Vector<Enclosure>(w.segment(2, 1))),
      domain.factors()[2].project(Vector<Enclosure>(w.tail(3)));
  RC_ASSERT(written(domain.project(w)) == written(expected));
}

TEST(Product, KnowsItsBoxAndRefusesWhatIsNoFactor) {
  const Domain box = Domain::box(vec({"0"}), vec({"1/2"}));
  const Domain ball = Domain::ball(vec({"1", "0"}), 5);
  const Domain product = Domain::product({box, ball});
  EXPECT_EQ(product.dimension(), 3);
  EXPECT_EQ(product.bounding_box().to_json().dump(),
            R"({"kind":"box","lower":["0","-4","-5"],"upper":["1/2","6","5"]})");
  EXPECT_EQ(written(product.project(enclose(vec({"-1", "7", "8"})))), "0, 4, 4");
  EXPECT_EQ(product.contains(enclose(vec({"0", "4", "4"}))), Truth::yes);
  EXPECT_EQ(product.contains(enclose(vec({"0", "4", "5"}))), Truth::no);
  EXPECT_EQ(product.contains(enclose(vec({"1", "4", "4"}))), Truth::no);
  EXPECT_THROW(Domain::product({}), std::invalid_argument);
  EXPECT_THROW(Domain::product({Domain::all()}), std::invalid_argument);
  EXPECT_THROW(Domain::product({product}), std::invalid_argument);
}

RC_GTEST_PROP(Projection, LeavesPointsOfTheDomainWhereTheyAre, ()) {
  const auto [domain, w, projection] = any_projection();
  if (domain.contains(w) == Truth::yes) RC_ASSERT(written(projection) == written(w));
  if (domain.kind() == Domain::Kind::box) {
    RC_ASSERT(written(domain.project(projection)) == written(projection));
  }
}

// ⟨w − Πw, v − Πw⟩ ≤ 0 for every v in the domain: with membership, this characterises Πw.
RC_GTEST_PROP(Projection, MakesAnObtuseAngleWithTheDomain, ()) {
  const auto [domain, w, projection] = any_projection();
  const Vector<Enclosure> v = domain.project(enclose(test::vector(static_cast<int>(w.size()))));
  RC_ASSERT(test::below(test::dot(w - projection, v - projection), 0));
}

RC_GTEST_PROP(Projection, BringsNoTwoPointsFartherApart, ()) {
  const auto [domain, w, projection] = any_projection();
  const Vector<Enclosure> v = enclose(test::vector(static_cast<int>(w.size())));
  RC_ASSERT(test::below(norm2(projection - domain.project(v)), norm2(w - v)));
}

RC_GTEST_PROP(Projection, OfAnEnclosureHoldsTheProjectionsOfItsPoints, ()) {
  const int d = test::integer(1, 4);
  const Domain domain = any_domain_or_product(d);
  const Vector<Rational> a = test::vector(d), b = test::vector(d);
  const Rational t(test::integer(0, 5), 4);
  Vector<Enclosure> hull(d);
  for (int j = 0; j < d; ++j) hull(j) = Enclosure::hull(enclose(a(j)), enclose(b(j)));
  const Vector<Enclosure> wide = domain.project(hull);
  const Vector<Enclosure> exact = domain.project(enclose(Vector<Rational>(a + (b - a) * t)));
  const auto box = domain.coordinate_ranges();
  for (int j = 0; j < d; ++j) {
    // Both are enclosures of one number where the projection is irrational: they must meet.
    RC_ASSERT((exact(j).is_exact() ? wide(j).contains(exact(j))
                                   : (wide(j) == exact(j)).truth() != Truth::no));
    if (!box) continue;
    RC_ASSERT(test::below((*box)(j).lower(), wide(j).lower()));
    RC_ASSERT(test::below(wide(j).upper(), (*box)(j).upper()));
  }
}

RC_GTEST_PROP(Projection, InDoublesAgreesWithEnclosures, ()) {
  const int d = test::integer(1, 4);
  const Domain domain = any_domain_or_product(d);
  const Vector<Rational> w = test::vector(d);
  const Vector<double> fast = domain.project(to_double(w));
  const Vector<Enclosure> rigorous = domain.project(enclose(w));
  for (int j = 0; j < d; ++j) RC_ASSERT(std::abs(fast(j) - rigorous(j).approximate()) < 1e-13);
}

RC_GTEST_PROP(Projection, OnABallIsTightWhereItIsNotExact, ()) {
  const int d = test::integer(1, 4);
  const Vector<Enclosure> projection = test::ball(d).project(enclose(test::vector(d)));
  for (int j = 0; j < d; ++j) RC_ASSERT(projection(j).width() < 1e-35);
}

// ---- By hand -----------------------------------------------------------------------------------

TEST(Box, ClampsEveryCoordinate) {
  const Domain box = Domain::box(vec({"-1", "0", "2"}), vec({"1", "1/2", "2"}));
  EXPECT_EQ(written(box.project(enclose(vec({"-3", "1/3", "5"})))), "-1, 1/3, 2");
  EXPECT_EQ(box.contains(enclose(vec({"1", "1/2", "2"}))), Truth::yes);
  EXPECT_EQ(box.contains(enclose(vec({"1", "2/3", "2"}))), Truth::no);
  EXPECT_EQ((*box.coordinate_ranges())(1).to_string(2), "[0, 0.5]");
}

TEST(Ball, IsExactAtRationalDistances) {
  const Domain ball = Domain::ball(vec({"1", "0"}), 5);
  EXPECT_EQ(written(ball.project(enclose(vec({"7", "8"})))), "4, 4");  // (6, 8) has length 10
  EXPECT_EQ(written(ball.project(enclose(vec({"4", "4"})))), "4, 4");  // on the sphere
  EXPECT_EQ(written(ball.project(enclose(vec({"2", "1"})))), "2, 1");  // inside, at distance √2
  EXPECT_EQ(ball.contains(enclose(vec({"4", "4"}))), Truth::yes);
  EXPECT_EQ(ball.contains(enclose(vec({"4", "4.0001"}))), Truth::no);
  EXPECT_EQ((*ball.coordinate_ranges())(0).to_string(2), "[-4, 6]");
}

TEST(Ball, EnclosesIrrationalProjections) {
  const Vector<Enclosure> p = Domain::ball(vec({"0", "0"}), 1).project(enclose(vec({"1", "1"})));
  EXPECT_FALSE(p(0).is_exact());
  EXPECT_EQ(p(0).decimal_lower(10), "0.7071067811");  // 1/√2
}

TEST(Ball, OfRadiusZeroIsItsCentre) {
  const Domain point = Domain::ball(vec({"1/3", "2"}), 0);
  EXPECT_EQ(written(point.project(enclose(vec({"5", "7"})))), "1/3, 2");
  EXPECT_EQ(written(point.project(enclose(vec({"1/3", "2"})))), "1/3, 2");
  EXPECT_EQ(point.project(to_double(vec({"5", "7"}))), to_double(vec({"1/3", "2"})));
}

TEST(Domain, WithoutBoundsHoldsEverything) {
  EXPECT_EQ(Domain::all().contains(enclose(vec({"1e9"}))), Truth::yes);
  EXPECT_FALSE(Domain::all().coordinate_ranges().has_value());
  EXPECT_FALSE(Domain::all().is_bounded());
  EXPECT_TRUE(Domain::ball(vec({"0"}), 1).is_bounded());
}

TEST(Domain, RefusesWhatIsNoDomain) {
  EXPECT_THROW(Domain::box(vec({"1"}), vec({"0"})), std::invalid_argument);
  EXPECT_THROW(Domain::box(vec({"1"}), vec({"1", "2"})), std::invalid_argument);
  EXPECT_THROW(Domain::ball(vec({"1"}), -1), std::invalid_argument);
  EXPECT_THROW((void)Domain::all().lower(), std::logic_error);
  EXPECT_THROW((void)Domain::box(vec({"0"}), vec({"1"})).radius(), std::logic_error);
}

}  // namespace
}  // namespace graddiv
