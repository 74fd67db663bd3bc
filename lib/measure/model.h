#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "measure/examples.h"
#include "problem/families.h"

namespace graddiv::measure {

/// A part of the parameters: `count` numbers from `first` on.
struct Layer {
  std::string name;
  std::int64_t first = 0;
  std::int64_t count = 0;
};

/// What m examples give at a point w of p parameters. The buffers are the caller's; one that is
/// empty is not filled.
template <class T>
struct BlockOutput {
  std::span<T> losses;         ///< m: f_i(w)
  std::span<T> squared_norms;  ///< layers × m, layer by layer: ‖∇f_i(w)‖², of each layer's part
  std::span<T> gradient;       ///< p: Σ ∇f_i(w), added to what is there
  std::int64_t* correct =
      nullptr;  ///< classifiers: how many examples are classified rightly, added
};

/// Functions f_i of p parameters, one an example. T = double or float.
template <class T>
class Model {
 public:
  virtual ~Model() = default;
  virtual std::int64_t size() const = 0;          ///< n
  virtual std::int64_t parameters() const = 0;    ///< p
  virtual std::vector<Layer> layers() const = 0;  ///< at least one; together all parameters
  virtual bool is_classifier() const = 0;
  /// Products of two numbers that f_i(w) takes, about: by them the costs of models compare.
  virtual std::int64_t products() const { return parameters(); }
  /// The block of at most `largest_block` examples. Costs what the gradient costs: no gradient of a
  /// single example is ever formed.
  virtual void add_block(const Selection& block, std::span<const T> w,
                         const BlockOutput<T>& output) const = 0;
  /// Where runs begin: 0 for convex models, random for networks.
  virtual std::vector<T> start(std::uint64_t seed) const;
  /// A number that no ‖∇f_i(w)‖ exceeds, from the data alone; +∞ where none is known.
  virtual double gradient_bound(std::span<const T> w) const;

  static constexpr std::int64_t largest_block = 128;
};

/// f_i(w) = ℓ(x_iᵀw; y_i) + ½ρ‖w‖².
template <class T>
std::unique_ptr<const Model<T>> generalized_linear_model(std::shared_ptr<const Examples<T>> data,
                                                         Loss loss, double tau, double rho);

/// f_i(W) = log Σ_c exp(W_c·x_i) − W_{y_i}·x_i + ½ρ‖W‖², the rows W_c one after another.
template <class T>
std::unique_ptr<const Model<T>> softmax_model(std::shared_ptr<const Examples<T>> data, double rho);

enum class Activation { relu, tanh };

/// A fully connected network: a_0 = x, z_l = V_l a_{l−1} + b_l, a_l = σ(z_l), and the loss of
/// softmax on the last z_l. The parameters are V_1, b_1, V_2, …, matrices row by row (outputs ×
/// inputs). With δ_l = ∂f_i/∂z_l the part of layer l is δ_l a_{l−1}ᵀ, so its squared norm is
/// ‖δ_l‖² (‖a_{l−1}‖² + 1).
template <class T>
std::unique_ptr<const Model<T>> network_model(std::shared_ptr<const Examples<T>> data,
                                              const std::vector<int>& hidden, Activation activation,
                                              double rho);

}  // namespace graddiv::measure
