#include <algorithm>
#include <nlohmann/json.hpp>

#include "json/print.h"
#include "problem/families.h"
#include "problem/families/family_of.h"
#include "problem/families/row_kernel.h"

// f_i(w) = ½ (w − c_i)ᵀA_i(w − c_i) + offset_i,  ∇f_i(w) = A_i (w − c_i),  ∇²f_i = A_i.
namespace graddiv {
namespace {

template <class T>
struct Quadratic {
  struct Term {
    Matrix<T> A;
    Vector<T> c;
    T offset;
  };
  std::vector<Term> terms;

  const Term& term(int i) const { return terms[static_cast<std::size_t>(i)]; }
  int dimension() const { return static_cast<int>(terms.front().c.size()); }
  int size() const { return static_cast<int>(terms.size()); }

  T value(int i, const Vector<T>& w) const {
    const Term& f = term(i);
    const Vector<T> r = w - f.c;
    return r.dot(product(f.A, r)) / T(2) + f.offset;
  }

  Vector<T> gradient(int i, const Vector<T>& w) const {
    const Term& f = term(i);
    return product(f.A, w - f.c);
  }

  // Column by column. Eigen's own product of a matrix and a vector compares scalars, which
  // enclosures refuse.
  static Vector<T> product(const Matrix<T>& A, const Vector<T>& r) {
    Vector<T> sum = Vector<T>::Zero(A.rows());
    for (Eigen::Index j = 0; j < A.cols(); ++j) sum += A.col(j) * r(j);
    return sum;
  }

  template <class U>
  Quadratic<U> cast() const {
    Quadratic<U> result;
    for (const Term& f : terms) {
      result.terms.push_back(
          {detail::convert<U>(f.A), detail::convert<U>(f.c), detail::convert<U>(f.offset)});
    }
    return result;
  }

  Quadratic select(const std::vector<int>& indices) const {
    Quadratic result;
    for (const int i : indices) result.terms.push_back(term(i));
    return result;
  }
};

// A symmetric matrix whose diagonal entries are at least the sum of the absolute values beside them
// is positive semidefinite (Gershgorin), and then f_i ≥ offset_i. Other matrices may be
// semidefinite too; this test is the cheap one.
bool is_diagonally_dominant(const Matrix<Rational>& A) {
  for (Eigen::Index j = 0; j < A.rows(); ++j) {
    Rational margin = A(j, j);
    for (Eigen::Index k = 0; k < A.cols(); ++k) {
      if (k != j) margin -= abs(A(j, k));
    }
    if (margin < 0) return false;
  }
  return true;
}

SymmetricMatrix shared(const std::shared_ptr<const Matrix<Rational>>& A) {
  const bool is_diagonal = [&] {
    for (Eigen::Index j = 0; j < A->cols(); ++j) {
      for (Eigen::Index i = 0; i < j; ++i) {
        if ((*A)(i, j) != 0) return false;
      }
    }
    return true;
  }();
  if (!is_diagonal) return SymmetricMatrix::dense(A);
  if (A->diagonal().isZero()) return SymmetricMatrix::zero(A->rows());
  return SymmetricMatrix::diagonal(Vector<Rational>(A->diagonal()));
}

// ½ (w − c)ᵀA(w − c) = ½ wᵀAw − (Ac)ᵀw + ½ cᵀAc. Where A = 0 the gradient is 0; else it has no
// bound.
FamilyFacts quadratic_facts(const std::shared_ptr<const Quadratic<Rational>>& data) {
  FamilyFacts facts;
  CoefficientSizes sizes;
  for (const auto& f : data->terms) {
    FunctionFacts own;
    sizes.squared_norm = std::max(sizes.squared_norm, Rational(f.A.squaredNorm()));
    sizes.squared_shift = std::max(sizes.squared_shift, Rational(f.c.squaredNorm()));
    sizes.offset = std::max(sizes.offset, Rational(abs(f.offset)));
    const SymmetricMatrix A = shared({data, &f.A});
    const Vector<Rational> Ac = A * f.c;
    own.quadratic = QuadraticFunction{A, -Ac, f.c.dot(Ac) / 2 + f.offset};
    own.curvature = {A, A};
    if (is_diagonally_dominant(f.A)) own.lower_bound = f.offset;
    if (A.is_zero()) own.squared_gradient_bound = 0;
    for (Eigen::Index j = 0; j < f.A.cols(); ++j) own.support.push_back(!f.A.col(j).isZero());
    facts.functions.push_back(std::move(own));
  }
  facts.sizes = sizes;
  return facts;
}

// Coordinate by coordinate, r = w − c: g_j = (A r)_j, and f = ½ Σ r_j g_j + offset.
template <class T>
class QuadraticKernel final : public Kernel<T> {
 public:
  explicit QuadraticKernel(const Quadratic<Rational>& data) : data_(data.template cast<T>()) {}
  int dimension() const override { return data_.dimension(); }
  int size() const override { return data_.size(); }

  void value_and_gradient(int first, std::span<const T> w,
                          const BlockResult<T>& result) const override {
    const auto point = detail::view(w);
    for (std::size_t k = 0; k < result.values.size(); ++k) {
      const auto& [A, c, offset] = data_.term(first + static_cast<int>(k));
      T twice = 0;
      T squared_norm = 0;
      for (Eigen::Index j = 0; j < c.size(); ++j) {
        const T g = A.col(j).dot(point - c);
        twice += g * (point(j) - c(j));
        squared_norm += g * g;
        result.gradient[static_cast<std::size_t>(j)] += g;
      }
      result.values[k] = twice / 2 + offset;
      result.squared_norms[k] = squared_norm;
    }
  }

 private:
  Quadratic<T> data_;
};

class QuadraticSum final : public detail::FamilyOf<Quadratic>, public KernelSource {
 public:
  explicit QuadraticSum(Quadratic<Rational> data) : FamilyOf(std::move(data), quadratic_facts) {}

  std::string family() const override { return "quadratic"; }
  std::unique_ptr<const Kernel<double>> double_kernel() const override {
    return std::make_unique<QuadraticKernel<double>>(data());
  }
  std::unique_ptr<const Kernel<float>> float_kernel() const override {
    return std::make_unique<QuadraticKernel<float>>(data());
  }

  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    return std::make_shared<QuadraticSum>(data().select(indices));
  }

  nlohmann::ordered_json to_json() const override {
    nlohmann::ordered_json functions = nlohmann::ordered_json::array();
    for (const auto& f : data().terms) {
      functions.push_back({{"A", graddiv::to_json(f.A)},
                           {"c", graddiv::to_json(f.c)},
                           {"offset", to_string(f.offset)}});
    }
    return {{"family", family()}, {"dimension", dimension()}, {"functions", std::move(functions)}};
  }
};

Matrix<Rational> symmetric_matrix(const JsonReader& reader, int d) {
  Matrix<Rational> A = reader.matrix(d, d);
  for (int i = 0; i < d; ++i) {
    for (int j = 0; j < i; ++j) {
      if (A(i, j) == A(j, i)) continue;
      reader.at(static_cast<std::size_t>(i))
          .at(static_cast<std::size_t>(j))
          .fail(to_string(A(j, i)) + " as in row " + std::to_string(j) + ", column " +
                std::to_string(i) + ", since A must be symmetric");
    }
  }
  return A;
}

std::shared_ptr<const FiniteSum> read_quadratic(const JsonReader& reader) {
  reader.allow_only({"family", "domain", "regularization", "dimension", "functions"});
  const int d = static_cast<int>(reader.at("dimension").integer(1, largest_dimension));
  const JsonReader functions = reader.at("functions");
  if (!functions.is_array() || functions.size() == 0) {
    functions.fail("an array of at least one function {\"A\": …, \"c\": …}");
  }
  std::vector<QuadraticTerm> terms;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const JsonReader f = functions.at(i);
    f.allow_only({"A", "c", "offset"});
    QuadraticTerm term;
    term.A = symmetric_matrix(f.at("A"), d);
    term.c = f.at("c").vector(d);
    if (f.has("offset")) term.offset = f.at("offset").number();
    terms.push_back(std::move(term));
  }
  return quadratic_sum(std::move(terms));
}

}  // namespace

std::shared_ptr<const FiniteSum> quadratic_sum(std::vector<QuadraticTerm> terms) {
  detail::require(!terms.empty(), "a finite sum needs at least one function");
  Quadratic<Rational> data;
  const Eigen::Index d = terms.front().c.size();
  detail::require(d >= 1, "the dimension must be at least 1");
  for (QuadraticTerm& term : terms) {
    detail::require(term.c.size() == d && term.A.rows() == d && term.A.cols() == d,
                    "every A must be d × d and every c of length d");
    detail::require(is_symmetric(term.A), "every A must be symmetric");
    data.terms.push_back({std::move(term.A), std::move(term.c), std::move(term.offset)});
  }
  return std::make_shared<QuadraticSum>(std::move(data));
}

FamilyEntry quadratic_family() {
  return {"quadratic", "f_i(w) = ½ (w − c_i)ᵀA_i(w − c_i) + offset_i, A_i symmetric",
          read_quadratic};
}

}  // namespace graddiv
