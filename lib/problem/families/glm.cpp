#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "json/print.h"
#include "problem/data_rows.h"
#include "problem/families.h"
#include "problem/families/family_of.h"
#include "problem/families/loss_facts.h"
#include "problem/families/losses.h"
#include "problem/families/row_kernel.h"
#include "problem/sum_in_doubles.h"

// f_i(w) = ℓ(x_iᵀw; y_i),  ∇f_i(w) = ℓ'(x_iᵀw; y_i) x_i,  ∇²f_i(w) = ℓ''(x_iᵀw; y_i) x_i x_iᵀ.
// The family `least-squares` is the squared loss under a name of its own.
namespace graddiv {
namespace {

template <class T>
struct GeneralizedLinear {
  Loss loss;
  Matrix<T> X;  // rows x_iᵀ
  Vector<T> y;
  T tau;

  int dimension() const { return static_cast<int>(X.cols()); }
  int size() const { return static_cast<int>(X.rows()); }

  T value(int i, const Vector<T>& w) const {
    return detail::loss_value(loss, T(X.row(i).dot(w)), y(i), tau);
  }

  Vector<T> gradient(int i, const Vector<T>& w) const {
    const T slope = detail::loss_derivative(loss, T(X.row(i).dot(w)), y(i), tau);
    return X.row(i).transpose() * slope;
  }

  template <class U>
  GeneralizedLinear<U> cast() const {
    return {loss, detail::convert<U>(X), detail::convert<U>(y), detail::convert<U>(tau)};
  }

  GeneralizedLinear select(const std::vector<int>& indices) const {
    return {loss, detail::pick_rows(X, indices), detail::pick(y, indices), tau};
  }
};

// f_i depends on x_iᵀw alone, which takes every real value where x_i ≠ 0: ∇²f_i = ℓ_i'' x_i x_iᵀ
// and sup ‖∇f_i‖² = sup ℓ_i'² ‖x_i‖². Every loss here is non-negative.
FamilyFacts glm_facts(const std::shared_ptr<const GeneralizedLinear<Rational>>& data) {
  FamilyFacts facts;
  facts.is_rational = detail::facts(data->loss).is_rational;
  facts.rows = {data, &data->X};
  facts.loss_pl_constant = detail::pl_constant(data->loss);
  CoefficientSizes sizes;
  for (int i = 0; i < data->size(); ++i) {
    FunctionFacts own;
    const auto x = std::make_shared<const Vector<Rational>>(data->X.row(i).transpose());
    const Rational& y = data->y(i);
    sizes.squared_norm = std::max(sizes.squared_norm, Rational(x->squaredNorm()));
    sizes.squared_shift = std::max(sizes.squared_shift, Rational(y * y));
    const auto [lower, upper] = detail::second_derivative(data->loss, y);
    own.curvature = {SymmetricMatrix::rank_one(lower, x), SymmetricMatrix::rank_one(upper, x)};
    // ½ (xᵀw − y)² = ½ wᵀ(xxᵀ)w − y xᵀw + ½ y².
    if (data->loss == Loss::squared) {
      own.quadratic =
          QuadraticFunction{SymmetricMatrix::rank_one(1, x), *x * Rational(-y), y * y / 2};
    }
    own.jumps = detail::jumps_of_second_derivative(data->loss, y, data->tau);
    own.lower_bound = 0;
    const auto squared_slope = detail::largest_squared_derivative(data->loss, y, data->tau);
    if (squared_slope) own.squared_gradient_bound = *squared_slope * x->squaredNorm();
    if (x->isZero()) own.squared_gradient_bound = 0;
    // The logistic loss of y = 0 is the constant log 2.
    own.support = data->loss == Loss::logistic && y == 0
                      ? std::vector<bool>(static_cast<std::size_t>(x->size()), false)
                      : detail::nonzero(*x);
    facts.functions.push_back(std::move(own));
  }
  facts.sizes = sizes;
  return facts;
}

// z = x_iᵀw once for the value and the slope; ‖∇f_i‖² = ℓ'² ‖x_i‖².
template <Loss loss, class T>
void block_with(T tau, const LabelledRows<T>& data, std::span<const T> w,
                const BlockResult<T>& result) {
  const auto point = detail::view(w);
  auto gradient = detail::view(result.gradient);
  for (std::size_t k = 0; k < result.values.size(); ++k) {
    const auto x = detail::view(data.rows.subspan(k * w.size(), w.size()));
    const T z = x.dot(point);
    const T slope = detail::loss_derivative(loss, z, data.targets[k], tau);
    const T norm2 = data.squared_norms.empty() ? x.squaredNorm() : data.squared_norms[k];
    result.values[k] = detail::loss_value(loss, z, data.targets[k], tau);
    result.squared_norms[k] = slope * slope * norm2;
    gradient += slope * x;
  }
}

template <class T>
class GlmKernel final : public Kernel<T> {
 public:
  explicit GlmKernel(const GeneralizedLinear<Rational>& data)
      : loss_(data.loss),
        tau_(detail::convert<T>(data.tau)),
        X_(detail::convert<T>(data.X)),
        y_(detail::convert<T>(data.y)),
        squared_norms_(X_.rowwise().squaredNorm()) {}
  int dimension() const override { return static_cast<int>(X_.cols()); }
  int size() const override { return static_cast<int>(X_.rows()); }

  void value_and_gradient(int first, std::span<const T> w,
                          const BlockResult<T>& result) const override {
    const std::size_t m = result.values.size();
    const LabelledRows<T> block = {{X_.data() + first * X_.cols(), m * w.size()},
                                   {y_.data() + first, m},
                                   {squared_norms_.data() + first, m}};
    graddiv::value_and_gradient(loss_, tau_, block, w, result);
  }

 private:
  Loss loss_;
  T tau_;
  detail::RowMajor<T> X_;
  Vector<T> y_;
  Vector<T> squared_norms_;
};

class GlmSum final : public detail::FamilyOf<GeneralizedLinear>, public KernelSource {
 public:
  GlmSum(GeneralizedLinear<Rational> data, std::string family, std::optional<DrawnRows> drawn = {})
      : FamilyOf(std::move(data), glm_facts),
        family_(std::move(family)),
        drawn_(drawn),
        is_large_(this->data().X.size() > SumInDoubles::most_exact_numbers) {}

  std::shared_ptr<const FiniteSum> as_large() const {
    auto result = std::make_shared<GlmSum>(data(), family_);
    result->is_large_ = true;
    return result;
  }
  const SumInDoubles* in_doubles() const override {
    if (!is_large_) return nullptr;
    std::call_once(once_, [this] {
      try {
        in_doubles_ = std::make_unique<SumInDoubles>(*this, data().loss, data().tau, data().y);
      } catch (const std::invalid_argument&) {  // numbers that doubles cannot hold
      }
    });
    return in_doubles_.get();
  }

  std::string family() const override { return family_; }
  std::unique_ptr<const Kernel<double>> double_kernel() const override {
    return std::make_unique<GlmKernel<double>>(data());
  }
  std::unique_ptr<const Kernel<float>> float_kernel() const override {
    return std::make_unique<GlmKernel<float>>(data());
  }

  CurvatureBounds curvature_between(int i, const Rational& lower,
                                    const Rational& upper) const override {
    const auto x = std::make_shared<const Vector<Rational>>(data().X.row(i).transpose());
    const Rational& y = data().y(i);
    const Rational highest = detail::second_derivative(data().loss, y).upper;
    const auto [least, most] =
        detail::second_derivative_between(data().loss, lower, upper, y, data().tau);
    return {SymmetricMatrix::rank_one(on_the_grid_below(least, highest), x),
            SymmetricMatrix::rank_one(-on_the_grid_below(-most, highest), x)};
  }
  std::optional<SymmetricMatrix> least_curvature_within(
      int i, const Vector<Enclosure>& box) const override {
    const Vector<Rational> x = data().X.row(i).transpose();
    const Enclosure z = enclose(x).dot(box);
    if (!z.is_bounded()) return facts(i).curvature.lower;
    return curvature_between(i, lower_end(z), upper_end(z)).lower;
  }

  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    return std::make_shared<GlmSum>(data().select(indices), family_);
  }

  nlohmann::ordered_json to_json() const override {
    nlohmann::ordered_json result = {{"family", family_}, {"dimension", dimension()}};
    if (family_ == "glm") result["loss"] = detail::facts(data().loss).name;
    if (data().loss == Loss::huber) result["tau"] = to_string(data().tau);
    if (drawn_) {
      result["drawn"] = graddiv::to_json(*drawn_);
    } else {
      result["rows"] = graddiv::to_json(data().X);
      result["targets"] = graddiv::to_json(data().y);
    }
    return result;
  }

 private:
  /// Curvatures far out have thousands of digits, which are slow to factorise: multiples of 2^−128
  /// of the highest have few.
  static Rational on_the_grid_below(const Rational& curvature, const Rational& highest) {
    if (highest == 0) return curvature;
    const Rational steps = curvature / highest * Rational(Integer(1) << 128U);
    Integer whole = numerator(steps) / denominator(steps);  // towards 0
    if (steps < 0 && Rational(whole) != steps) whole -= 1;
    return Rational(whole, Integer(1) << 128U) * highest;
  }

  std::string family_;
  std::optional<DrawnRows> drawn_;
  bool is_large_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const SumInDoubles> in_doubles_;
};

std::shared_ptr<const FiniteSum> make(LabelledExactRows rows, Loss loss, Rational tau,
                                      std::string family) {
  auto& [X, y, drawn] = rows;
  detail::require(X.rows() >= 1, "a finite sum needs at least one function");
  detail::require(X.cols() >= 1, "the dimension must be at least 1");
  detail::require(y.size() == X.rows(), "there must be one target for each row");
  detail::require(tau > 0, "tau must be positive");
  return std::make_shared<GlmSum>(
      GeneralizedLinear<Rational>{loss, std::move(X), std::move(y), std::move(tau)},
      std::move(family), drawn);
}

std::shared_ptr<const FiniteSum> read_least_squares(const JsonReader& reader) {
  reader.allow_only(
      {"family", "domain", "regularization", "dimension", "rows", "targets", "data", "drawn"});
  return make(read_labelled_rows(reader), Loss::squared, 1, "least-squares");
}

Loss read_loss(const JsonReader& reader) {
  std::vector<std::string> names;
  for (const auto& entry : detail::losses()) names.push_back(entry.name);
  const std::string name = reader.one_of(names);
  for (const auto& entry : detail::losses()) {
    if (entry.name == name) return entry.loss;
  }
  throw std::logic_error("unreachable: one_of gives one of the names");
}

/// Classes are often called 0 and 1, or by many numbers: the logistic loss would take any, and mean
/// something else.
void expect_two_classes(const JsonReader& data, const Vector<Rational>& y) {
  for (const Rational& label : y) {
    if (label == 1 || label == -1) continue;
    data.fail("labels 1 and -1 for the logistic loss, not " + to_string(label) +
              "; \"positive\": [" + to_string(label) + ", …] lists those that become 1");
  }
}

std::shared_ptr<const FiniteSum> read_glm(const JsonReader& reader) {
  reader.allow_only({"family", "domain", "regularization", "dimension", "loss", "tau", "rows",
                     "targets", "data", "drawn"});
  const Loss loss = read_loss(reader.at("loss"));
  Rational tau = 1;
  if (loss == Loss::huber) {
    const JsonReader value = reader.at("tau");
    tau = value.number();
    if (tau <= 0) value.fail("a number above 0");
  } else if (reader.has("tau")) {
    reader.at("tau").fail("no tau here: only the loss \"huber\" has one");
  }
  LabelledExactRows rows = read_labelled_rows(reader);
  if (loss == Loss::logistic && reader.has("data")) expect_two_classes(reader.at("data"), rows.y);
  return make(std::move(rows), loss, std::move(tau), "glm");
}

}  // namespace

template <class T>
void value_and_gradient(Loss loss, T tau, const LabelledRows<T>& data, std::span<const T> w,
                        const BlockResult<T>& result) {
  switch (loss) {
    case Loss::squared:
      return block_with<Loss::squared>(tau, data, w, result);
    case Loss::huber:
      return block_with<Loss::huber>(tau, data, w, result);
    case Loss::geman_mcclure:
      return block_with<Loss::geman_mcclure>(tau, data, w, result);
    case Loss::sine:
      return block_with<Loss::sine>(tau, data, w, result);
    case Loss::logistic:
      return block_with<Loss::logistic>(tau, data, w, result);
  }
  throw std::logic_error("a loss without a kernel");
}

template void value_and_gradient(Loss, double, const LabelledRows<double>&, std::span<const double>,
                                 const BlockResult<double>&);
template void value_and_gradient(Loss, float, const LabelledRows<float>&, std::span<const float>,
                                 const BlockResult<float>&);

std::shared_ptr<const FiniteSum> least_squares(Matrix<Rational> X, Vector<Rational> y) {
  return make({std::move(X), std::move(y)}, Loss::squared, 1, "least-squares");
}

std::shared_ptr<const FiniteSum> generalized_linear(Matrix<Rational> X, Vector<Rational> y,
                                                    Loss loss, Rational tau) {
  return make({std::move(X), std::move(y)}, loss, std::move(tau), "glm");
}

std::shared_ptr<const FiniteSum> treated_as_large(const FiniteSum& sum) {
  const auto* rows = dynamic_cast<const GlmSum*>(&sum);
  if (rows == nullptr) throw std::invalid_argument("the functions are not those of rows");
  return rows->as_large();
}

FamilyEntry least_squares_family() {
  return {"least-squares", "f_i(w) = ½ (x_iᵀw − y_i)²", read_least_squares};
}

FamilyEntry glm_family() {
  std::string names;
  for (const auto& entry : detail::losses()) names += (names.empty() ? "" : ", ") + entry.name;
  return {"glm", "f_i(w) = ℓ(x_iᵀw; y_i) with a loss ℓ: " + names, read_glm};
}

}  // namespace graddiv
