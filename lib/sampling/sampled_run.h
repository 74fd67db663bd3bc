#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "expectation/trajectory.h"
#include "problem/kernel.h"
#include "problem/problem.h"
#include "sampling/row_draws.h"
#include "sampling/run_random.h"
#include "sgd/run.h"

namespace graddiv {

/// Mini-batch SGD in doubles, and what is recorded of it. Of a sum of more than 32 functions F, ∇F
/// and M² are estimated without bias from the draws of the iteration, at least two, in place of
/// passes over all: E f_s(w) = F(w), E⟨∇f_s, ∇f_t⟩ = ‖∇F‖² for independent s and t,
/// E‖∇f_s‖² = M²(w).
class SampledRun {
 public:
  /// Distances are those from `minimizer`, where it is not empty; values those above the values at
  /// `reference`, F(w) − F(reference).
  SampledRun(const Problem& problem, const Run& run, std::vector<Quantity> quantities,
             const Vector<double>& minimizer, const Vector<double>& reference);

  /// So many runs side by side, the first of this name. One number a quantity, iteration and run:
  /// recorded[(q (K + 1) + k) count + r], k = 0, …, K, for quantities[q].
  void make(const RunName& first, std::size_t count, std::span<double> recorded) const;
  std::size_t numbers() const;  ///< of one run

  /// Whether F, ∇F and M² are those of all functions.
  bool looks_at_all() const;
  /// How many draws an iteration has at least.
  long draws(int k) const;

 private:
  struct Runs;
  void draw(Runs& runs, DrawnFor purpose, int k) const;
  void look(Runs& runs, int k) const;
  void look_at_rows(Runs& runs, std::size_t batch, std::size_t m) const;
  void look_at_functions(Runs& runs, int k, std::size_t r, std::size_t batch, std::size_t m) const;
  void look_at_all(Runs& runs, std::size_t r, std::span<const double> w) const;
  void look_at_averages(Runs& runs, int k) const;
  void record(Runs& runs, Quantity q, double* recorded) const;
  void step(Runs& runs, double step) const;
  void make_distances(Runs& runs, double* recorded) const;

  Problem problem_;
  Run run_;
  std::vector<Quantity> quantities_;
  std::unique_ptr<const Kernel<double>> kernel_;
  std::unique_ptr<const RowDraws> rows_;  // where they can take the place of the kernel
  Vector<double> start_;
  RowDraws::Padded minimizer_;
  bool wants_more_than_distances_;
  std::vector<double> steps_;
  std::vector<double> at_reference_;  // f_i(reference)
};

}  // namespace graddiv
