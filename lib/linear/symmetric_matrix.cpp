#include "linear/symmetric_matrix.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "linear/gram.h"

namespace graddiv {
namespace {

using Index = Eigen::Index;

// One function of a form for each form.
template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

using Zero = SymmetricMatrix::Zero;
using Diagonal = SymmetricMatrix::Diagonal;
using RankOne = SymmetricMatrix::RankOne;
using ShiftedRankOne = SymmetricMatrix::ShiftedRankOne;
using Dense = SymmetricMatrix::Dense;

SymmetricMatrix plain(const RankOne& f) { return SymmetricMatrix::rank_one(f.c, f.x); }

void require(bool condition, const char* message) {
  if (!condition) throw std::invalid_argument(message);
}

Vector<Rational> times(const Matrix<Rational>& A, const Vector<Rational>& v) {
  return A.lazyProduct(v);
}

}  // namespace

SymmetricMatrix SymmetricMatrix::zero(Index d) {
  require(d >= 1, "a matrix needs at least one row");
  return SymmetricMatrix(Zero{d});
}

SymmetricMatrix SymmetricMatrix::diagonal(Vector<Rational> entries) {
  require(entries.size() >= 1, "a matrix needs at least one row");
  return SymmetricMatrix(Diagonal{std::make_shared<const Vector<Rational>>(std::move(entries))});
}

SymmetricMatrix SymmetricMatrix::rank_one(Rational c, SharedVector x) {
  require(x->size() >= 1, "a matrix needs at least one row");
  return SymmetricMatrix(RankOne{std::move(c), std::move(x)});
}

SymmetricMatrix SymmetricMatrix::dense(Matrix<Rational> A) {
  return dense(std::make_shared<const Matrix<Rational>>(std::move(A)));
}

SymmetricMatrix SymmetricMatrix::dense(SharedMatrix A) {
  require(A->rows() >= 1, "a matrix needs at least one row");
  require(is_symmetric(*A), "the matrix is not symmetric");
  return SymmetricMatrix(Dense{std::move(A)});
}

Index SymmetricMatrix::dimension() const {
  return std::visit(Overloaded{[](const Zero& f) { return f.d; },
                               [](const Diagonal& f) { return f.entries->size(); },
                               [](const RankOne& f) { return f.x->size(); },
                               [](const ShiftedRankOne& f) { return f.plain.x->size(); },
                               [](const Dense& f) { return f.A->rows(); }},
                    form_);
}

Rational SymmetricMatrix::operator()(Index i, Index j) const {
  return std::visit(
      Overloaded{[](const Zero&) { return Rational(0); },
                 [&](const Diagonal& f) { return i == j ? (*f.entries)(i) : Rational(0); },
                 [&](const RankOne& f) { return Rational(f.c * (*f.x)(i) * (*f.x)(j)); },
                 [&](const ShiftedRankOne& f) {
                   return Rational(plain(f.plain)(i, j) + (i == j ? f.shift : Rational(0)));
                 },
                 [&](const Dense& f) { return (*f.A)(i, j); }},
      form_);
}

Rational SymmetricMatrix::trace() const {
  return std::visit(
      Overloaded{[](const Zero&) { return Rational(0); },
                 [](const Diagonal& f) { return Rational(f.entries->sum()); },
                 [](const RankOne& f) { return Rational(f.c * f.x->squaredNorm()); },
                 [](const ShiftedRankOne& f) {
                   return Rational(plain(f.plain).trace() + f.shift * f.plain.x->size());
                 },
                 [](const Dense& f) { return Rational(f.A->trace()); }},
      form_);
}

Vector<Rational> SymmetricMatrix::diagonal() const {
  Vector<Rational> result(dimension());
  for (Index j = 0; j < result.size(); ++j) result(j) = (*this)(j, j);
  return result;
}

Vector<Rational> SymmetricMatrix::operator*(const Vector<Rational>& v) const {
  require(v.size() == dimension(), "the vector is not as long as the matrix is wide");
  using V = Vector<Rational>;
  return std::visit(
      Overloaded{[&](const Zero& f) { return V(V::Zero(f.d)); },
                 [&](const Diagonal& f) { return V(f.entries->cwiseProduct(v)); },
                 [&](const RankOne& f) { return V(*f.x * Rational(f.c * f.x->dot(v))); },
                 [&](const ShiftedRankOne& f) { return V(plain(f.plain) * v + v * f.shift); },
                 [&](const Dense& f) { return times(*f.A, v); }},
      form_);
}

SymmetricMatrix SymmetricMatrix::operator*(const Rational& factor) const {
  return std::visit(
      Overloaded{[&](const Zero&) { return *this; },
                 [&](const Diagonal& f) { return diagonal(Vector<Rational>(*f.entries * factor)); },
                 [&](const RankOne& f) { return rank_one(f.c * factor, f.x); },
                 [&](const ShiftedRankOne& f) {
                   return (plain(f.plain) * factor).plus_identity(f.shift * factor);
                 },
                 [&](const Dense& f) { return dense(Matrix<Rational>(*f.A * factor)); }},
      form_);
}

SymmetricMatrix SymmetricMatrix::plus_identity(const Rational& shift) const {
  if (shift == 0) return *this;
  const auto shifted = [&](const Vector<Rational>& entries) {
    return diagonal(Vector<Rational>(entries.array() + shift));
  };
  return std::visit(Overloaded{[&](const Zero& f) { return shifted(Vector<Rational>::Zero(f.d)); },
                               [&](const Diagonal& f) { return shifted(*f.entries); },
                               [&](const RankOne& f) {
                                 return SymmetricMatrix(ShiftedRankOne{f, shift});
                               },
                               [&](const ShiftedRankOne& f) {
                                 return plain(f.plain).plus_identity(f.shift + shift);
                               },
                               [&](const Dense& f) {
                                 Matrix<Rational> A = *f.A;
                                 A.diagonal().array() += shift;
                                 return dense(std::move(A));
                               }},
                    form_);
}

namespace {

// The eigenvalues of c·xxᵀ are moved by s.
std::optional<SymmetricMatrix::Range> shifted_range(const ShiftedRankOne& f) {
  const auto range = plain(f.plain).evident_eigenvalues();
  return SymmetricMatrix::Range{range->smallest + f.shift, range->largest + f.shift};
}

}  // namespace

bool SymmetricMatrix::is_zero() const {
  return std::visit(Overloaded{[](const Zero&) { return true; },
                               [](const Diagonal& f) { return f.entries->isZero(); },
                               [](const RankOne& f) { return f.c == 0 || f.x->isZero(); },
                               [](const ShiftedRankOne& f) {
                                 const auto range = *shifted_range(f);
                                 return range.smallest == 0 && range.largest == 0;
                               },
                               [](const Dense& f) { return f.A->isZero(); }},
                    form_);
}

// c·xxᵀ has the eigenvalue c‖x‖², and 0 on what is orthogonal to x: there is such a direction where
// d ≥ 2.
std::optional<SymmetricMatrix::Range> SymmetricMatrix::evident_eigenvalues() const {
  using Result = std::optional<Range>;
  return std::visit(
      Overloaded{[](const Zero&) {
                   return Result({0, 0});
                 },
                 [](const Diagonal& f) {
                   return Result({f.entries->minCoeff(), f.entries->maxCoeff()});
                 },
                 [](const RankOne& f) {
                   const Rational along = f.c * f.x->squaredNorm();
                   if (f.x->size() == 1) return Result({along, along});
                   return Result({std::min(along, Rational(0)), std::max(along, Rational(0))});
                 },
                 [](const ShiftedRankOne& f) { return shifted_range(f); },
                 [](const Dense&) { return Result(); }},
      form_);
}

Matrix<Rational> SymmetricMatrix::dense() const {
  if (const auto* f = std::get_if<Dense>(&form_)) return *f->A;
  Matrix<Rational> result = Matrix<Rational>::Zero(dimension(), dimension());
  add_to(result);
  return result;
}

void SymmetricMatrix::add_to(Matrix<Rational>& total) const {
  std::visit(
      Overloaded{[](const Zero&) {}, [&](const Diagonal& f) { total.diagonal() += *f.entries; },
                 [&](const RankOne& f) {
                   const Vector<Rational>& x = *f.x;
                   for (Index j = 0; j < x.size(); ++j) {
                     const Rational factor = f.c * x(j);
                     if (factor == 0) continue;
                     for (Index i = 0; i < x.size(); ++i) {
                       if (x(i) != 0) total(i, j) += factor * x(i);
                     }
                   }
                 },
                 [&](const ShiftedRankOne& f) {
                   plain(f.plain).add_to(total);
                   total.diagonal().array() += f.shift;
                 },
                 [&](const Dense& f) { total += *f.A; }},
      form_);
}

bool operator==(const SymmetricMatrix& A, const SymmetricMatrix& B) {
  if (A.dimension() != B.dimension()) return false;
  const auto* x = std::get_if<RankOne>(&A.form());
  const auto* y = std::get_if<RankOne>(&B.form());
  if (x != nullptr && y != nullptr && x->c == y->c && (x->x == y->x || *x->x == *y->x)) return true;
  const auto is_diagonal = [](const SymmetricMatrix& M) {
    return std::holds_alternative<Zero>(M.form()) || std::holds_alternative<Diagonal>(M.form());
  };
  if (A.diagonal() != B.diagonal()) return false;
  return (is_diagonal(A) && is_diagonal(B)) || A.dense() == B.dense();
}

SymmetricMatrix mean(const std::vector<SymmetricMatrix>& matrices) {
  require(!matrices.empty(), "a mean needs at least one matrix");
  if (matrices.size() == 1) return matrices.front();
  const Index d = matrices.front().dimension();
  const Rational n(static_cast<long>(matrices.size()));
  const auto all = [&](auto&& holds) { return std::ranges::all_of(matrices, holds); };
  const auto is_zero = [](const SymmetricMatrix& A) {
    return std::holds_alternative<Zero>(A.form());
  };
  if (all(is_zero)) return SymmetricMatrix::zero(d);
  if (all([&](const SymmetricMatrix& A) {
        return is_zero(A) || std::holds_alternative<Diagonal>(A.form());
      })) {
    Vector<Rational> total = Vector<Rational>::Zero(d);
    for (const SymmetricMatrix& A : matrices) {
      if (const auto* f = std::get_if<Diagonal>(&A.form())) total += *f->entries;
    }
    return SymmetricMatrix::diagonal(Vector<Rational>(total / n));
  }
  Matrix<Rational> X = Matrix<Rational>::Zero(static_cast<Index>(matrices.size()), d);
  Vector<Rational> weights = Vector<Rational>::Zero(X.rows());
  Rational shift = 0;
  for (std::size_t i = 0; i < matrices.size(); ++i) {
    const auto* f = std::get_if<RankOne>(&matrices[i].form());
    if (const auto* g = std::get_if<ShiftedRankOne>(&matrices[i].form())) {
      f = &g->plain;
      shift += g->shift;
    }
    if (f != nullptr) {
      weights(static_cast<Index>(i)) = f->c;
      X.row(static_cast<Index>(i)) = f->x->transpose();
    }
  }
  Matrix<Rational> total = weighted_gram(X, weights);
  total.diagonal().array() += shift;
  for (const SymmetricMatrix& A : matrices) {
    if (!std::holds_alternative<RankOne>(A.form()) &&
        !std::holds_alternative<ShiftedRankOne>(A.form()))
      A.add_to(total);
  }
  return SymmetricMatrix::dense(Matrix<Rational>(total / n));
}

}  // namespace graddiv
