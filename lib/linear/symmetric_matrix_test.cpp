#include "linear/symmetric_matrix.h"

#include <gtest/gtest.h>

#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

std::shared_ptr<const Vector<Rational>> shared(Vector<Rational> x) {
  return std::make_shared<const Vector<Rational>>(std::move(x));
}

struct Written {
  SymmetricMatrix A;
  Matrix<Rational> dense;
};

/// Each form, with the matrix written out.
std::vector<Written> forms() {
  return {{SymmetricMatrix::zero(2), mat({{"0", "0"}, {"0", "0"}})},
          {SymmetricMatrix::diagonal(vec({"-1/2", "3"})), mat({{"-1/2", "0"}, {"0", "3"}})},
          {SymmetricMatrix::diagonal(vec({"0", "0"})), mat({{"0", "0"}, {"0", "0"}})},
          {SymmetricMatrix::rank_one(Rational(-1, 2), shared(vec({"2", "3"}))),
           mat({{"-2", "-3"}, {"-3", "-9/2"}})},
          {SymmetricMatrix::rank_one(3, shared(vec({"0", "1"}))), mat({{"0", "0"}, {"0", "3"}})},
          {SymmetricMatrix::rank_one(2, shared(vec({"1", "3"}))).plus_identity(Rational(1, 3)),
           mat({{"7/3", "6"}, {"6", "55/3"}})},
          {SymmetricMatrix::rank_one(-2, shared(vec({"0", "0"}))).plus_identity(Rational(1)),
           mat({{"1", "0"}, {"0", "1"}})},
          {SymmetricMatrix::dense(mat({{"1", "2"}, {"2", "5"}})), mat({{"1", "2"}, {"2", "5"}})}};
}

TEST(SymmetricMatrix, EveryFormIsTheMatrixItStandsFor) {
  const Vector<Rational> v = vec({"5", "-7/3"});
  for (const auto& [A, M] : forms()) {
    EXPECT_EQ(A.dimension(), 2);
    EXPECT_EQ(A.dense(), M);
    EXPECT_EQ(A.trace(), M.trace());
    EXPECT_EQ(A.diagonal(), M.diagonal());
    EXPECT_EQ(A * v, M * v);
    EXPECT_EQ((A * Rational(3, 7)).dense(), M * Rational(3, 7));
    EXPECT_EQ(A.plus_identity(Rational(-5, 7)).dense(),
              M - Matrix<Rational>::Identity(2, 2) * Rational(5, 7));
    EXPECT_EQ(A.plus_identity(1).plus_identity(-1).dense(), M);
    EXPECT_EQ(A.is_zero(), M.isZero());
    Matrix<Rational> total = mat({{"1", "2"}, {"3", "4"}});
    A.add_to(total);
    EXPECT_EQ(total, M + mat({{"1", "2"}, {"3", "4"}}));
    for (int i = 0; i < 2; ++i) {
      for (int j = 0; j < 2; ++j) EXPECT_EQ(A(i, j), M(i, j));
    }
  }
}

TEST(SymmetricMatrix, EqualityLooksAtTheMatrixAndNotAtItsForm) {
  const auto all = forms();
  for (const auto& [A, M] : all) {
    EXPECT_TRUE(A == SymmetricMatrix::dense(M));
    for (const auto& [B, N] : all) EXPECT_EQ(A == B, M == N);
  }
  EXPECT_FALSE(SymmetricMatrix::zero(2) == SymmetricMatrix::zero(3));
}

TEST(SymmetricMatrix, EigenvaluesAreReadOffWhereTheFormShowsThem) {
  const auto range = [](const SymmetricMatrix& A) {
    const auto found = A.evident_eigenvalues();
    return found ? to_string(found->smallest) + " " + to_string(found->largest) : "unknown";
  };
  EXPECT_EQ(range(SymmetricMatrix::zero(3)), "0 0");
  EXPECT_EQ(range(SymmetricMatrix::diagonal(vec({"2", "-1", "5"}))), "-1 5");
  EXPECT_EQ(range(SymmetricMatrix::rank_one(2, shared(vec({"3", "4"})))), "0 50");
  EXPECT_EQ(range(SymmetricMatrix::rank_one(-2, shared(vec({"3", "4"})))), "-50 0");
  // In one dimension nothing is orthogonal to x: 0 is no eigenvalue.
  EXPECT_EQ(range(SymmetricMatrix::rank_one(2, shared(vec({"3"})))), "18 18");
  EXPECT_EQ(range(SymmetricMatrix::dense(mat({{"1"}}))), "unknown");
}

TEST(SymmetricMatrix, MeansKeepTheFormThatAllShare) {
  const auto zero = SymmetricMatrix::zero(2);
  const auto diagonal = SymmetricMatrix::diagonal(vec({"1", "2"}));
  const auto row = SymmetricMatrix::rank_one(1, shared(vec({"1", "1"})));
  EXPECT_TRUE(std::holds_alternative<SymmetricMatrix::Zero>(mean({zero, zero}).form()));
  const auto half = mean({zero, diagonal});
  EXPECT_TRUE(std::holds_alternative<SymmetricMatrix::Diagonal>(half.form()));
  EXPECT_EQ(half.dense(), mat({{"1/2", "0"}, {"0", "1"}}));
  EXPECT_TRUE(std::holds_alternative<SymmetricMatrix::RankOne>(mean({row}).form()));
  EXPECT_EQ(mean({zero, diagonal, row, row}).dense(), mat({{"3/4", "1/2"}, {"1/2", "1"}}));
  EXPECT_THROW(mean({}), std::invalid_argument);
}

// Rows of either sign, over many denominators, among matrices of other forms.
TEST(SymmetricMatrix, MeansOfManyRowsAreTheirSums) {
  std::vector<SymmetricMatrix> matrices{SymmetricMatrix::diagonal(vec({"1", "-1/7"}))};
  Matrix<Rational> total = matrices.front().dense();
  for (int i = 0; i < 1030; ++i) {
    const auto x = shared(Vector<Rational>{{Rational(i - 500, 1 + i % 7), Rational(1, 2 + i % 5)}});
    const Rational c(i % 11 - 4, 3);
    matrices.push_back(SymmetricMatrix::rank_one(c, x));
    total += c * *x * x->transpose();
  }
  matrices.push_back(SymmetricMatrix::dense(mat({{"1", "2"}, {"2", "5"}})));
  total += mat({{"1", "2"}, {"2", "5"}});
  EXPECT_EQ(mean(matrices).dense(), total / Rational(1032));
}

TEST(SymmetricMatrix, RefusesWhatIsNotSymmetric) {
  EXPECT_THROW(SymmetricMatrix::dense(mat({{"1", "2"}, {"3", "4"}})), std::invalid_argument);
  EXPECT_THROW(SymmetricMatrix::dense(mat({{"1", "2"}})), std::invalid_argument);
  EXPECT_THROW(SymmetricMatrix::zero(0), std::invalid_argument);
}

// The square of this dimension is 10^10 numbers: nothing here may be dense.
TEST(SymmetricMatrix, FormsThatAreNotDenseStayLinearInTheDimension) {
  const int d = 100'000;
  const auto ones = shared(Vector<Rational>::Constant(d, 1));
  const auto rank_one = SymmetricMatrix::rank_one(2, ones);
  EXPECT_EQ(rank_one.trace(), 2 * d);
  EXPECT_EQ((rank_one * *ones)(d - 1), 2 * d);
  EXPECT_EQ(rank_one.evident_eigenvalues()->largest, 2 * d);
  EXPECT_TRUE(rank_one == SymmetricMatrix::rank_one(2, ones));
  EXPECT_TRUE(mean({SymmetricMatrix::zero(d), SymmetricMatrix::zero(d)}).is_zero());
}

}  // namespace
}  // namespace graddiv
