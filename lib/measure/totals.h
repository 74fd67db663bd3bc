#pragma once

#include <vector>

#include "measure/compensated_sum.h"
#include "measure/model.h"

namespace graddiv::measure {

/// Sums over examples at one point w: all that gradient diversity is made of.
struct Totals {
  std::int64_t count = 0;
  std::int64_t correct = 0;                   ///< classified rightly
  CompensatedSum losses;                      ///< Σ f_i(w)
  std::vector<CompensatedSum> squared_norms;  ///< of each layer's part: Σ ‖∇f_i(w)‖²
  std::vector<double> gradient;               ///< p: Σ ∇f_i(w)

  void add(const Totals& other);
  double loss_sum() const { return losses.value(); }
  double sum_of_squared_norms() const;
  double squared_norm_of_sum() const;
  /// Σ‖g_i‖² / ‖Σ g_i‖²; +∞ where the sum is 0 (also where all gradients are).
  double gradient_diversity() const;
  double batch_size_bound() const;  ///< B_S = n Δ_S
};

/// Of part of the parameters only: what a layer alone would give.
Totals part_of(const Totals& totals, const Layer& layer, std::size_t number);

/// The leaves of the tree of additions have at most this many examples where nothing else is said.
inline constexpr std::int64_t leaf_size = 2048;

struct PassOptions {
  int threads = 1;
  bool with_norms = true;  ///< else a plain pass for the gradient
  bool with_losses = true;
  std::int64_t leaf = leaf_size;  ///< ≥ 1: what is added up in one go, by one thread
  bool with_gradient = true;      ///< else it is left at 0
};

/// The sums over a selection. The additions are made along a tree that depends on the number of
/// examples and the leaf alone, so the result is the same bit for bit whatever the number of
/// threads is.
template <class T>
Totals totals(const Model<T>& model, const Selection& examples, std::span<const T> w,
              const PassOptions& options = {});

/// Where a node of that tree, of more than `leaf` examples, is cut: between its first so many,
/// which are whole leaves, and the rest.
std::int64_t left_part(std::int64_t count, std::int64_t leaf = leaf_size);

}  // namespace graddiv::measure
