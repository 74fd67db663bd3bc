#pragma once

#include <cstdint>
#include <vector>

#include "measure/communicator.h"
#include "measure/model.h"
#include "measure/totals.h"

namespace graddiv::measure {

/// Mini-batch SGD as the paper writes it: w ← w − γ Σ_{ℓ=1}^B ∇f_{s_ℓ}(w), a sum and no mean, with
/// s_ℓ independent and uniform on the examples.
struct SgdOptions {
  double step = 0;         ///< γ > 0
  std::int64_t batch = 1;  ///< B ≥ 1
  std::uint64_t seed = 1;
  std::uint64_t repetition = 0;  ///< runs of different repetitions are independent
  int threads = 1;
  /// Where given, data-parallel: every rank makes the same run, computes its part of each batch,
  /// and has the whole sum. Outlives the run.
  Communicator* ranks = nullptr;
};

/// How many examples are added up in one go: max(16, ⌈B/64⌉), so that a batch has up to 64 parts to
/// share out. A function of the batch size alone: a run is the same bit for bit for any number of
/// threads and ranks.
std::int64_t sgd_leaf(std::int64_t batch);

/// A run. The index of the T-th gradient is a function of seed, repetition and T alone: runs of
/// different batch sizes or on data that differ in one example see the same stream of indices.
template <class T>
class Sgd {
 public:
  /// `population`: the examples are drawn from the first so many (0: all).
  Sgd(const Model<T>& model, std::vector<T> start, const SgdOptions& options,
      std::int64_t population = 0);

  void step();
  const std::vector<T>& point() const { return w_; }
  std::int64_t gradients() const { return gradients_; }  ///< evaluated so far
  /// Data passes so far: gradients / n.
  double passes() const;
  const std::vector<std::int64_t>& last_batch() const { return drawn_; }
  const Totals& last_sums() const { return sums_; }  ///< with losses, no norms unless asked for
  void keep_norms(bool keep) { norms_ = keep; }

 private:
  const Model<T>& model_;
  SgdOptions options_;
  std::int64_t population_;
  std::vector<T> w_;
  std::int64_t gradients_ = 0;
  std::vector<std::int64_t> drawn_;
  Totals sums_;
  bool norms_ = false;
};

}  // namespace graddiv::measure
