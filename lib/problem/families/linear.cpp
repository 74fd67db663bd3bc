#include <algorithm>
#include <nlohmann/json.hpp>

#include "json/print.h"
#include "problem/families.h"
#include "problem/families/family_of.h"
#include "problem/families/row_kernel.h"

// f_i(w) = ⟨a_i, w⟩ + offset_i,  ∇f_i = a_i,  ∇²f_i = 0.
namespace graddiv {
namespace {

template <class T>
struct Linear {
  Matrix<T> A;
  Vector<T> offsets;

  int dimension() const { return static_cast<int>(A.cols()); }
  int size() const { return static_cast<int>(A.rows()); }

  T value(int i, const Vector<T>& w) const { return A.row(i).dot(w) + offsets(i); }

  Vector<T> gradient(int i, const Vector<T>&) const { return A.row(i).transpose(); }

  template <class U>
  Linear<U> cast() const {
    return {detail::convert<U>(A), detail::convert<U>(offsets)};
  }

  Linear select(const std::vector<int>& indices) const {
    return {detail::pick_rows(A, indices), detail::pick(offsets, indices)};
  }
};

// A linear function is bounded below only where it is constant.
FamilyFacts linear_facts(const std::shared_ptr<const Linear<Rational>>& data) {
  FamilyFacts facts;
  facts.rows = {data, &data->A};
  const auto zero = SymmetricMatrix::zero(data->dimension());
  CoefficientSizes sizes;
  for (int i = 0; i < data->size(); ++i) {
    FunctionFacts own;
    const Vector<Rational> a = data->A.row(i).transpose();
    own.quadratic = QuadraticFunction{zero, a, data->offsets(i)};
    own.curvature = {zero, zero};
    if (a.isZero()) own.lower_bound = data->offsets(i);
    own.squared_gradient_bound = a.squaredNorm();
    sizes.squared_norm = std::max(sizes.squared_norm, *own.squared_gradient_bound);
    sizes.offset = std::max(sizes.offset, Rational(abs(data->offsets(i))));
    own.support = detail::nonzero(a);
    facts.functions.push_back(std::move(own));
  }
  facts.sizes = sizes;
  return facts;
}

template <class T>
class LinearKernel final : public Kernel<T> {
 public:
  explicit LinearKernel(const Linear<Rational>& data)
      : A_(detail::convert<T>(data.A)), offsets_(detail::convert<T>(data.offsets)) {}
  int dimension() const override { return static_cast<int>(A_.cols()); }
  int size() const override { return static_cast<int>(A_.rows()); }

  void value_and_gradient(int first, std::span<const T> w,
                          const BlockResult<T>& result) const override {
    const auto point = detail::view(w);
    auto gradient = detail::view(result.gradient);
    for (std::size_t k = 0; k < result.values.size(); ++k) {
      const Eigen::Index i = first + static_cast<Eigen::Index>(k);
      const auto a = A_.row(i).transpose();
      result.values[k] = a.dot(point) + offsets_(i);
      result.squared_norms[k] = a.squaredNorm();
      gradient += a;
    }
  }

 private:
  detail::RowMajor<T> A_;
  Vector<T> offsets_;
};

class LinearSum final : public detail::FamilyOf<Linear>, public KernelSource {
 public:
  explicit LinearSum(Linear<Rational> data) : FamilyOf(std::move(data), linear_facts) {}

  std::string family() const override { return "linear"; }
  std::unique_ptr<const Kernel<double>> double_kernel() const override {
    return std::make_unique<LinearKernel<double>>(data());
  }
  std::unique_ptr<const Kernel<float>> float_kernel() const override {
    return std::make_unique<LinearKernel<float>>(data());
  }

  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    return std::make_shared<LinearSum>(data().select(indices));
  }

  nlohmann::ordered_json to_json() const override {
    nlohmann::ordered_json functions = nlohmann::ordered_json::array();
    for (int i = 0; i < size(); ++i) {
      const Vector<Rational> a = data().A.row(i).transpose();
      functions.push_back({{"a", graddiv::to_json(a)}, {"offset", to_string(data().offsets(i))}});
    }
    return {{"family", family()}, {"dimension", dimension()}, {"functions", std::move(functions)}};
  }
};

std::shared_ptr<const FiniteSum> read_linear(const JsonReader& reader) {
  reader.allow_only({"family", "domain", "regularization", "dimension", "functions"});
  const int d = static_cast<int>(reader.at("dimension").integer(1, largest_dimension));
  const JsonReader functions = reader.at("functions");
  if (!functions.is_array() || functions.size() == 0) {
    functions.fail("an array of at least one function {\"a\": …}");
  }
  const auto n = static_cast<Eigen::Index>(functions.size());
  std::vector<Vector<Rational>> slopes;
  Vector<Rational> offsets = Vector<Rational>::Zero(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const JsonReader f = functions.at(static_cast<std::size_t>(i));
    f.allow_only({"a", "offset"});
    slopes.push_back(f.at("a").vector(d));
    if (f.has("offset")) offsets(i) = f.at("offset").number();
  }
  Matrix<Rational> A(n, d);
  for (Eigen::Index i = 0; i < n; ++i) A.row(i) = slopes[static_cast<std::size_t>(i)].transpose();
  return linear_sum(std::move(A), std::move(offsets));
}

}  // namespace

std::shared_ptr<const FiniteSum> linear_sum(Matrix<Rational> A, Vector<Rational> offsets) {
  detail::require(A.rows() >= 1, "a finite sum needs at least one function");
  detail::require(A.cols() >= 1, "the dimension must be at least 1");
  detail::require(offsets.size() == A.rows(), "there must be one offset for each function");
  return std::make_shared<LinearSum>(Linear<Rational>{std::move(A), std::move(offsets)});
}

FamilyEntry linear_family() { return {"linear", "f_i(w) = ⟨a_i, w⟩ + offset_i", read_linear}; }

}  // namespace graddiv
