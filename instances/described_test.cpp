#include "instances/described.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "claim/case.h"
#include "linear/ldlt.h"
#include "problem/regularized.h"

namespace graddiv {
namespace {

using Family = Description::Family;
using Start = Description::Start;
using Kind = Domain::Kind;

constexpr int descriptions_drawn = 120;

void for_each_described(const Description& description,
                        const std::function<void(const Instance&)>& look) {
  for (int number = 0; number < descriptions_drawn; ++number) {
    const Instance instance = draw(description, "described", 1, number);
    SCOPED_TRACE(std::to_string(number) + ":\n" + to_text(instance));
    look(instance);
  }
}

bool has_spectrum_within(const SymmetricMatrix& A, const Rational& from, const Rational& to) {
  const auto d = A.dimension();
  const Matrix<Rational> one = Matrix<Rational>::Identity(d, d);
  return certify_psd(Matrix<Rational>(A.dense() - from * one)).positive_semidefinite &&
         certify_psd(Matrix<Rational>(to * one - A.dense())).positive_semidefinite;
}
/// det(A − x·1) = 0.
bool has_eigenvalue(const SymmetricMatrix& A, const Rational& x) {
  const auto d = A.dimension();
  const Matrix<Rational> shifted = A.dense() - x * Matrix<Rational>::Identity(d, d);
  return certify_psd(Matrix<Rational>(shifted * shifted)).positive_semidefinite &&
         !certify_psd(Matrix<Rational>(shifted * shifted)).positive_definite;
}

TEST(Described, HaveTheSizesThatAreAskedFor) {
  Description asked;
  asked.families = {Family::quadratics, Family::linear_functions, Family::least_squares,
                    Family::glm, Family::max_affine};
  asked.dimension = {2, 4};
  asked.functions = {3, 6};
  asked.batch = Description::Counts{2, 3};
  asked.iterations = Description::Counts{1, 4};
  std::map<std::string, std::set<long>> seen;
  std::set<std::string> families;
  for_each_described(asked, [&](const Instance& instance) {
    seen["d"].insert(instance.problem.dimension());
    seen["n"].insert(instance.problem.size());
    seen["B"].insert(instance.run.batch(0));
    seen["K"].insert(instance.run.iterations);
    families.insert(instance.problem.sum->family());
    EXPECT_EQ(instance.problem.domain.kind(), Kind::all);
    EXPECT_TRUE(instance.run.has_constant_step());
    EXPECT_GT(instance.run.step(0), 0);
  });
  EXPECT_EQ(seen["d"], (std::set<long>{2, 3, 4}));
  EXPECT_EQ(seen["n"], (std::set<long>{3, 4, 5, 6}));
  EXPECT_EQ(seen["B"], (std::set<long>{2, 3}));
  EXPECT_EQ(seen["K"], (std::set<long>{1, 2, 3, 4}));
  EXPECT_EQ(families,
            (std::set<std::string>{"quadratic", "linear", "least-squares", "glm", "max-affine"}));
}

TEST(Described, HaveTheSpectrumThatIsAskedFor) {
  Description asked;
  asked.dimension = {1, 3};
  asked.spectrum = Description::Range{Rational(-1, 2), 3};
  int indefinite = 0;
  int extreme = 0;
  for_each_described(asked, [&](const Instance& instance) {
    for (int i = 0; i < instance.problem.size(); ++i) {
      const SymmetricMatrix& A = instance.problem.sum->facts(i).quadratic->A;
      EXPECT_TRUE(has_spectrum_within(A, Rational(-1, 2), 3));
      indefinite += !certify_psd(A.dense()).positive_semidefinite;
      extreme += has_eigenvalue(A, Rational(-1, 2)) && has_eigenvalue(A, 3);
    }
  });
  EXPECT_GE(indefinite, descriptions_drawn / 4);
  EXPECT_GE(extreme, descriptions_drawn / 4);

  asked.spectrum.reset();
  asked.eigenvalues = {1, Rational(1, 10)};
  asked.dimension = {2, 3};
  int of_F = 0;
  for_each_described(asked, [&](const Instance& instance) {
    for (int i = 0; i < instance.problem.size(); ++i) {
      const SymmetricMatrix& A = instance.problem.sum->facts(i).quadratic->A;
      EXPECT_TRUE(has_spectrum_within(A, Rational(1, 10), 1));
      EXPECT_TRUE(has_eigenvalue(A, 1) && has_eigenvalue(A, Rational(1, 10)));
    }
    const SymmetricMatrix A = quadratic_objective(instance.problem)->A;
    of_F += has_eigenvalue(A, 1) && has_eigenvalue(A, Rational(1, 10));
  });
  EXPECT_GE(of_F, descriptions_drawn / 4) << "the condition number of F is 10";

  asked.families = {Family::max_affine};
  asked.eigenvalues.clear();
  asked.spectrum = Description::Range{0, 2};
  for_each_described(asked, [&](const Instance& instance) {
    for (const Rational& q : instance.problem.sum->facts(0).max_affine->curvature)
      EXPECT_TRUE(0 <= q && q <= 2);
  });
}

TEST(Described, HaveRowsAndLossesThatAreAskedFor) {
  Description asked;
  asked.families = {Family::glm};
  asked.losses = {Loss::huber, Loss::logistic};
  asked.row_length = Description::Range{1, 1};
  std::set<std::string> losses;
  for_each_described(asked, [&](const Instance& instance) {
    const auto json = to_json(instance.problem);
    losses.insert(json.at("loss").get<std::string>());
    const Matrix<Rational>& X = *instance.problem.sum->facts().rows;
    for (Eigen::Index i = 0; i < X.rows(); ++i) EXPECT_EQ(X.row(i).squaredNorm(), 1);
  });
  EXPECT_EQ(losses, (std::set<std::string>{"huber", "logistic"}));

  asked.families = {Family::least_squares, Family::linear_functions};
  asked.losses.clear();
  asked.row_length = Description::Range{Rational(1, 2), 3};
  for_each_described(asked, [&](const Instance& instance) {
    const auto& rows = instance.problem.sum->facts().rows;
    if (!rows) return;
    for (Eigen::Index i = 0; i < rows->rows(); ++i) {
      const Rational length2 = rows->row(i).squaredNorm();
      EXPECT_TRUE(Rational(1, 4) <= length2 && length2 <= 9);
    }
  });
}

/// ‖w_0 − c‖ = r, or w_0 in a corner; of a product, of one of its factors.
bool is_on_boundary(const Domain& domain, const Vector<Rational>& w) {
  if (domain.kind() == Kind::ball)
    return (w - domain.center()).squaredNorm() == domain.radius() * domain.radius();
  if (domain.kind() == Kind::box) {
    for (Eigen::Index j = 0; j < w.size(); ++j)
      if (w(j) != domain.lower()(j) && w(j) != domain.upper()(j)) return false;
    return true;
  }
  Eigen::Index begin = 0;
  for (const Domain& factor : domain.factors()) {
    if (is_on_boundary(factor, w.segment(begin, factor.dimension()))) return true;
    begin += factor.dimension();
  }
  return false;
}

TEST(Described, StartInTheSetThatIsAskedFor) {
  for (const Kind kind : {Kind::box, Kind::ball, Kind::product}) {
    for (const Start place : {Start::inside, Start::boundary}) {
      for (const bool is_interpolated : {false, true}) {
        Description asked;
        asked.domains = {kind};
        asked.starts = {place};
        asked.is_interpolated = is_interpolated;
        for_each_described(asked, [&](const Instance& instance) {
          const Domain& domain = instance.problem.domain;
          EXPECT_EQ(domain.kind(), kind);
          EXPECT_EQ(domain.contains(enclose(instance.run.start)), Truth::yes);
          EXPECT_EQ(is_on_boundary(domain, instance.run.start), place == Start::boundary);
        });
      }
    }
  }
  Description asked;
  asked.domains = {Kind::all, Kind::box, Kind::ball, Kind::product};
  std::set<Kind> kinds;
  for_each_described(
      asked, [&](const Instance& instance) { kinds.insert(instance.problem.domain.kind()); });
  EXPECT_EQ(kinds.size(), 4U);
}

TEST(Described, HaveOnePointThatIsBestForAllWhereAskedFor) {
  Description asked;
  asked.families = {Family::quadratics, Family::least_squares, Family::glm};
  asked.losses = {Loss::squared, Loss::huber};
  asked.is_interpolated = true;
  asked.domains = {Kind::all, Kind::box, Kind::ball, Kind::product};
  for_each_described(asked, [&](const Instance& instance) {
    const Evaluation evaluation(instance);
    EXPECT_EQ(Case(evaluation).interpolation(), Truth::yes);
  });
}

TEST(Described, HaveNeighboursRegularizationAndFullBatchesWhereAskedFor) {
  Description asked;
  asked.families = {Family::quadratics, Family::linear_functions, Family::least_squares,
                    Family::glm, Family::max_affine};
  asked.has_neighbour = true;
  asked.regularization = Description::Range{Rational(1, 10), Rational(1, 2)};
  asked.has_full_batch = true;
  int others = 0;
  for_each_described(asked, [&](const Instance& instance) {
    ASSERT_TRUE(instance.neighbour);
    EXPECT_LT(instance.neighbour->index, instance.problem.size());
    const auto own = select(instance.problem.sum, {instance.neighbour->index});
    others += own->to_json() != instance.neighbour->replacement->to_json();
    const Regularization* added = regularization_of(*instance.problem.sum);
    ASSERT_NE(added, nullptr);
    EXPECT_TRUE(Rational(1, 10) <= added->rho && added->rho <= Rational(1, 2));
    EXPECT_TRUE(instance.run.full_batch);
    EXPECT_EQ(instance.run.batches, std::vector<long>{instance.problem.size()});
  });
  EXPECT_GE(others, descriptions_drawn * 9 / 10);
}

TEST(Described, MixFamiliesWhereAskedFor) {
  Description asked;
  asked.families = {Family::quadratics, Family::glm};
  asked.functions = {2, 5};
  asked.is_mixed = true;
  asked.has_neighbour = true;
  int of_several = 0;
  for_each_described(asked, [&](const Instance& instance) {
    std::set<bool> are_quadratic;
    for (int i = 0; i < instance.problem.size(); ++i)
      are_quadratic.insert(instance.problem.sum->facts(i).quadratic.has_value());
    of_several += are_quadratic.size() > 1;
  });
  EXPECT_GE(of_several, descriptions_drawn / 3);
}

TEST(Described, HaveAMechanismThatIsAskedFor) {
  Description asked;
  asked.mechanisms = {Description::Noise::dropout, Description::Noise::quantization};
  std::set<std::string> names;
  for_each_described(asked, [&](const Instance& instance) {
    names.insert(instance.run.mechanism.name());
    EXPECT_LE(instance.run.evaluations(instance.run.iterations), 6);
  });
  EXPECT_EQ(names, (std::set<std::string>{"dropout", "quantization"}));
}

// All that can be asked for at once, and nothing of it.
TEST(Described, AreInstancesThatTheirFilesGiveBack) {
  Description all;
  all.families = {Family::quadratics, Family::linear_functions, Family::least_squares, Family::glm,
                  Family::max_affine};
  all.domains = {Kind::all, Kind::box, Kind::ball, Kind::product};
  all.has_neighbour = true;
  all.regularization = Description::Range{0, 1};
  for (const Description& asked : {all, Description{}}) {
    std::set<std::string> texts;
    for_each_described(asked, [&](const Instance& instance) {
      const std::string text = to_text(instance);
      EXPECT_EQ(to_text(read_instance(JsonReader::from_text(text, "drawn"))), text);
      texts.insert(text);
    });
    EXPECT_GE(texts.size(), descriptions_drawn * 19 / 20U);
    EXPECT_EQ(to_text(draw(asked, "a", 1, 7)), to_text(draw(asked, "a", 1, 7)));
    EXPECT_NE(to_text(draw(asked, "a", 1, 7)), to_text(draw(asked, "b", 1, 7)));
    EXPECT_NE(to_text(draw(asked, "a", 1, 7)), to_text(draw(asked, "a", 2, 7)));
  }
}

}  // namespace
}  // namespace graddiv
