#include "problem/regularized.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "problem/families/coefficients.h"
#include "problem/families/row_kernel.h"
#include "problem/sum_in_doubles.h"

namespace graddiv {
namespace {

std::optional<SymmetricMatrix> shifted(const std::optional<SymmetricMatrix>& A,
                                       const Rational& rho) {
  if (!A) return std::nullopt;
  return A->plus_identity(rho);
}

// ½ρ‖w‖² ≥ 0 has the gradient ρw, which no number bounds, and the Hessian ρI.
FamilyFacts facts_of(const Regularization& r) {
  const FamilyFacts& plain = r.plain->facts();
  FamilyFacts facts;
  facts.is_rational = plain.is_rational;
  facts.sizes = plain.sizes;
  for (const FunctionFacts& f : plain.functions) {
    FunctionFacts own;
    if (f.quadratic)
      own.quadratic =
          QuadraticFunction{f.quadratic->A.plus_identity(r.rho), f.quadratic->b, f.quadratic->c};
    if (f.max_affine) {
      MaxAffineFunction curved = *f.max_affine;
      curved.curvature.array() += r.rho;
      own.max_affine = std::make_shared<const MaxAffineFunction>(std::move(curved));
    }
    own.curvature = {shifted(f.curvature.lower, r.rho), shifted(f.curvature.upper, r.rho)};
    own.lower_bound = f.lower_bound;
    own.support.assign(f.support.size(), true);
    facts.functions.push_back(std::move(own));
  }
  return facts;
}

/// One function after the other: ‖∇f_i(w) + ρw‖² needs ∇f_i by itself.
template <class T>
class RegularizedKernel final : public Kernel<T> {
 public:
  explicit RegularizedKernel(const Regularization& r)
      : plain_(make_kernel<T>(*r.plain)), rho_(detail::convert<T>(r.rho)) {}
  int dimension() const override { return plain_->dimension(); }
  int size() const override { return plain_->size(); }

  void value_and_gradient(int first, std::span<const T> w,
                          const BlockResult<T>& result) const override {
    const auto point = detail::view(w);
    const T penalty = rho_ * point.squaredNorm() / 2;
    std::vector<T> own(w.size());
    for (std::size_t k = 0; k < result.values.size(); ++k) {
      std::ranges::fill(own, T(0));
      plain_->value_and_gradient(
          first + static_cast<int>(k), w,
          {result.values.subspan(k, 1), result.squared_norms.subspan(k, 1), std::span<T>(own)});
      auto g = detail::view(std::span<T>(own));
      g += rho_ * point;
      result.values[k] += penalty;
      result.squared_norms[k] = g.squaredNorm();
      detail::view(result.gradient) += g;
    }
  }

 private:
  std::unique_ptr<const Kernel<T>> plain_;
  T rho_;
};

class RegularizedSum final : public FiniteSum, public KernelSource {
 public:
  explicit RegularizedSum(Regularization r) : r_(std::move(r)), facts_(facts_of(r_)) {}

  const Regularization& regularization() const { return r_; }

  std::string family() const override { return r_.plain->family(); }
  int dimension() const override { return r_.plain->dimension(); }
  int size() const override { return r_.plain->size(); }

  double value(int i, const Vector<double>& w) const override { return value_of(i, w); }
  Enclosure value(int i, const Vector<Enclosure>& w) const override { return value_of(i, w); }
  Vector<double> gradient(int i, const Vector<double>& w) const override {
    return gradient_of(i, w);
  }
  Vector<Enclosure> gradient(int i, const Vector<Enclosure>& w) const override {
    return gradient_of(i, w);
  }

  const FamilyFacts& facts() const override { return facts_; }
  using FiniteSum::facts;
  std::optional<SymmetricMatrix> least_curvature_within(
      int i, const Vector<Enclosure>& box) const override {
    return shifted(r_.plain->least_curvature_within(i, box), r_.rho);
  }

  const SumInDoubles* in_doubles() const override {
    const SumInDoubles* plain = r_.plain->in_doubles();
    if (plain == nullptr) return nullptr;
    std::call_once(
        once_, [&] { in_doubles_ = std::make_unique<SumInDoubles>(plain->regularized(r_.rho)); });
    return in_doubles_.get();
  }

  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    return regularized(r_.plain->select(indices), r_.rho);
  }
  nlohmann::ordered_json to_json() const override {
    nlohmann::ordered_json result = r_.plain->to_json();
    result["regularization"] = to_string(r_.rho);
    return result;
  }

  std::unique_ptr<const Kernel<double>> double_kernel() const override {
    return std::make_unique<RegularizedKernel<double>>(r_);
  }
  std::unique_ptr<const Kernel<float>> float_kernel() const override {
    return std::make_unique<RegularizedKernel<float>>(r_);
  }

 private:
  template <class T>
  T value_of(int i, const Vector<T>& w) const {
    T squared_norm(0);
    for (const T& entry : w) squared_norm += square(entry);
    return r_.plain->value(i, w) + detail::convert<T>(r_.rho) * squared_norm / T(2);
  }
  template <class T>
  Vector<T> gradient_of(int i, const Vector<T>& w) const {
    return r_.plain->gradient(i, w) + w * detail::convert<T>(r_.rho);
  }
  static double square(double x) { return x * x; }
  static Enclosure square(const Enclosure& x) { return graddiv::square(x); }

  Regularization r_;
  FamilyFacts facts_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const SumInDoubles> in_doubles_;
};

}  // namespace

std::shared_ptr<const FiniteSum> regularized(std::shared_ptr<const FiniteSum> sum,
                                             const Rational& rho) {
  if (rho < 0) throw std::invalid_argument("a regularization must not be negative");
  if (rho == 0) return sum;
  if (const auto* r = regularization_of(*sum))
    return std::make_shared<RegularizedSum>(Regularization{r->plain, r->rho + rho});
  return std::make_shared<RegularizedSum>(Regularization{std::move(sum), rho});
}

const Regularization* regularization_of(const FiniteSum& sum) {
  const auto* made = dynamic_cast<const RegularizedSum*>(&sum);
  return made == nullptr ? nullptr : &made->regularization();
}

}  // namespace graddiv
