#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "facts/facts.h"
#include "instances/recipes/recipes.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"
#include "problem/random_rows.h"

namespace graddiv {
namespace {

constexpr int draws = 300;

void for_each_draw(InstanceClass drawn_from, const std::function<void(const Instance&)>& look) {
  for (int number = 0; number < draws; ++number) {
    const Instance instance = draw(drawn_from, 1, number);
    SCOPED_TRACE(to_string(drawn_from) + ", number " + std::to_string(number) + ":\n" +
                 to_text(instance));
    look(instance);
  }
}

bool is_convex(const Problem& problem) {
  return certify_psd(quadratic_objective(problem)->A.dense()).positive_semidefinite;
}

TEST(Draw, GivesTheSameInstanceForTheSameNumberAndOthersForOthers) {
  for (const InstanceClass drawn_from : instance_classes()) {
    std::set<std::string> texts;
    for (int number = 0; number < 100; ++number) {
      const std::string text = to_text(draw(drawn_from, 7, number));
      EXPECT_EQ(text, to_text(draw(drawn_from, 7, number)));
      texts.insert(text);
      texts.insert(to_text(draw(drawn_from, 8, number)));
    }
    EXPECT_GE(texts.size(), 150U) << to_string(drawn_from);
  }
}

TEST(Generators, MakeInstancesThatTheirFilesGiveBack) {
  for (const InstanceClass drawn_from : instance_classes()) {
    for_each_draw(drawn_from, [](const Instance& instance) {
      const std::string text = to_text(instance);
      EXPECT_EQ(to_text(read_instance(JsonReader::from_text(text, "drawn"))), text);
    });
  }
}

TEST(Generators, KeepThePromisesOfTheirClasses) {
  for (const InstanceClass name :
       {InstanceClass::strongly_convex, InstanceClass::strongly_convex_serial}) {
    for_each_draw(name, [](const Instance& instance) {
      EXPECT_TRUE(certify_psd(quadratic_objective(instance.problem)->A.dense()).positive_definite);
    });
  }
  for_each_draw(InstanceClass::strongly_convex_serial,
                [](const Instance& instance) { EXPECT_EQ(instance.run.batch(0), 1); });
  for_each_draw(InstanceClass::convex, [](const Instance& instance) {
    for (int i = 0; i < instance.problem.size(); ++i) {
      EXPECT_TRUE(
          certify_psd(instance.problem.sum->facts(i).quadratic->A.dense()).positive_semidefinite);
    }
  });
  for_each_draw(InstanceClass::rank_deficient, [](const Instance& instance) {
    const Matrix<Rational>& X = *instance.problem.sum->facts().rows;
    EXPECT_LT(independent_rows(X).size(), static_cast<std::size_t>(X.cols()));
  });
  int indefinite = 0;
  for_each_draw(InstanceClass::indefinite_parts, [&](const Instance& instance) {
    EXPECT_TRUE(is_convex(instance.problem));
    for (int i = 0; i < instance.problem.size(); ++i) {
      if (!certify_psd(instance.problem.sum->facts(i).quadratic->A.dense()).positive_semidefinite) {
        ++indefinite;
        return;
      }
    }
  });
  EXPECT_GE(indefinite, draws / 2);
  for_each_draw(InstanceClass::sparse, [](const Instance& instance) {
    for (int i = 0; i < instance.problem.size(); ++i) {
      const std::vector<bool> support = instance.problem.sum->facts(i).support;
      EXPECT_LE(std::count(support.begin(), support.end(), true), 2);
    }
  });
  for_each_draw(InstanceClass::bounded, [](const Instance& instance) {
    EXPECT_TRUE(instance.problem.domain.is_bounded());
    EXPECT_EQ(instance.problem.domain.contains(enclose(instance.run.start)), Truth::yes);
  });
  int telling = 0;
  for (const RowLaw::Kind kind : {RowLaw::Kind::gaussian, RowLaw::Kind::rademacher}) {
    const auto drawn_from = kind == RowLaw::Kind::gaussian ? InstanceClass::gaussian_rows
                                                           : InstanceClass::rademacher_rows;
    for_each_draw(drawn_from, [&](const Instance& instance) {
      ASSERT_NE(instance.problem.sum->row_law(), nullptr);
      EXPECT_EQ(instance.problem.sum->row_law()->kind, kind);
      if (instance.problem.dimension() > 50) ++telling;
    });
  }
  EXPECT_GE(telling, 2 * draws * 6 / 10);
  for (const InstanceClass name :
       {InstanceClass::bounded, InstanceClass::any_rational,
        InstanceClass::generalized_linear_rational, InstanceClass::linear}) {
    for_each_draw(name, [](const Instance& instance) {
      EXPECT_TRUE(instance.problem.sum->facts().is_rational);
      const auto& run = instance.run;
      EXPECT_LE(std::pow(instance.problem.size(), run.evaluations(run.iterations)), 4096);
    });
  }
}

TEST(Generators, ReachEveryCorner) {
  std::map<std::string, int> corners;
  const auto look = [&](const Instance& instance) {
    const Problem& problem = instance.problem;
    const auto& run = instance.run;
    const int n = problem.size();
    if (n == 1) ++corners["n = 1"];
    if (problem.dimension() == 1) ++corners["d = 1"];
    if (run.iterations == 0) ++corners["K = 0"];
    if (run.batch(0) == 1) ++corners["B = 1"];
    if (n > 1 && run.batch(0) > n) ++corners["B > n > 1"];
    if (run.steps.size() > 1) ++corners["a step for each iteration"];
    if (run.batches.size() > 1) ++corners["a batch for each iteration"];

    const Domain& domain = problem.domain;
    if (domain.kind() == Domain::Kind::ball && domain.radius() == 0) ++corners["radius 0"];
    if (domain.kind() == Domain::Kind::box && domain.lower() == domain.upper()) {
      ++corners["a box of one point"];
    }
    if (domain.contains(enclose(run.start)) == Truth::no) ++corners["a start outside"];

    if (problem.dimension() > 10) return;  // no corner
    const auto& first = problem.sum->facts(0).quadratic;
    if (!first) return;
    bool equal = n > 1;
    for (int i = 0; i < n; ++i) {
      const QuadraticFunction& f = *problem.sum->facts(i).quadratic;
      equal = equal && f.A == first->A && f.b == first->b;
      if (f.A.is_zero() && f.b.isZero()) ++corners["a zero gradient"];
    }
    if (equal) ++corners["equal functions"];
    const QuadraticFunction F = *quadratic_objective(problem);
    if ((F.A * run.start + F.b).isZero()) ++corners["w_0 = w*"];
    if (F.A.is_zero() && F.b.isZero()) ++corners["a zero objective"];
    const Eigen::Index d = F.A.dimension();
    const auto multiple =
        SymmetricMatrix::diagonal(Vector<Rational>(Vector<Rational>::Constant(d, F.A(0, 0))));
    if (d > 1 && F.A(0, 0) > 0 && F.A == multiple) ++corners["λ = β, d > 1"];
    const Rational trace = F.A.trace();
    const Rational smallest = Facts(problem).strong_convexity().value.value_or(0);
    if (smallest > 0 && trace >= 100 * smallest) ++corners["κ ≥ 50"];
  };
  for (const InstanceClass drawn_from : instance_classes()) for_each_draw(drawn_from, look);

  for (const char* corner :
       {"n = 1", "d = 1", "K = 0", "B = 1", "B > n > 1", "a step for each iteration",
        "a batch for each iteration", "radius 0", "a box of one point", "a start outside",
        "a zero gradient", "equal functions", "w_0 = w*", "a zero objective", "λ = β, d > 1",
        "κ ≥ 50"}) {
    EXPECT_GE(corners[corner], 5) << corner;
  }
}

// One decision more in a part moves no other part; a seed, a class and a number move everything.
TEST(Choices, AreAFunctionOfSeedStreamNumberPartAndPlace) {
  const auto decisions = [](const Choices::Source& source, std::size_t part, int count) {
    Choices choices = Choices(source, 100).part(part);
    std::vector<long> made;
    for (int i = 0; i < count; ++i) made.push_back(choices.up_to(1'000'000));
    return made;
  };
  const auto these = decisions({1, 2, 3}, 4, 9);
  EXPECT_EQ(decisions({1, 2, 3}, 4, 9), these);
  EXPECT_EQ(decisions({1, 2, 3}, 4, 5), std::vector<long>(these.begin(), these.begin() + 5));
  EXPECT_EQ(std::set<long>(these.begin(), these.end()).size(), 9U);
  for (const auto& others : {decisions({2, 2, 3}, 4, 9), decisions({1, 3, 3}, 4, 9),
                             decisions({1, 2, 4}, 4, 9), decisions({1, 2, 3}, 5, 9)}) {
    for (std::size_t i = 0; i < 9; ++i) EXPECT_NE(others[i], these[i]);
  }
}

}  // namespace
}  // namespace graddiv
