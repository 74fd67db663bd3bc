#pragma once

#include <boost/align/aligned_allocator.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "problem/finite_sum.h"
#include "sampling/instructions.h"

namespace graddiv {

/// Least squares f_i(w) = ½ (x_iᵀw − y_i)² in doubles, a few rows drawn at a time: four rows
/// side by side, four coordinates a number, products and sums fused. Every processor takes the
/// same roundings.
class RowDraws {
 public:
  /// Numbers of a vector, with zeros up to a multiple of four.
  using Padded = std::vector<double, boost::alignment::aligned_allocator<double, 64>>;

  /// Null for other functions, and where a row is zero, whose target is not known.
  static std::unique_ptr<const RowDraws> of(const FiniteSum& sum,
                                            Instructions instructions = Instructions::best);

  std::size_t padded_dimension() const { return in_.padded; }

  /// Of runs 0, 1, …, each with its vectors, one run after another.
  struct Draws {
    std::size_t runs;
    /// Those of run r are indices[r · stride + ℓ], 0 ≤ ℓ < count.
    const std::uint32_t* indices;
    std::size_t stride, count;
  };
  /// For each run Σ_ℓ ∇f_{s_ℓ}(w) = Σ_ℓ r_ℓ x_{s_ℓ} with the residuals r_ℓ = x_{s_ℓ}ᵀw − y_{s_ℓ},
  /// which have the same stride, for at least a multiple of four. Vectors are padded; nothing is
  /// checked.
  void gradients(const Draws& draws, const double* w, double* residuals, double* sums) const;
  double squared_norm(std::uint32_t i) const { return squared_norms_[i]; }  ///< ‖x_i‖²

  /// ‖w − x‖² for each run.
  void squared_distances(std::size_t runs, const double* w, const double* x, double* result) const;
  /// w −= step × gradient for each run.
  void move(std::size_t runs, double step, const double* gradients, double* w) const;

  /// Where a step leads to.
  struct Move {
    double step;
    double* w;
    const double* x;
    double* distances;  ///< ‖w − x‖² for each run, behind the step
  };
  /// The same as `gradients`, `move` and `squared_distances` one after the other, in one pass over
  /// the rows; `sums` is room.
  void step(const Draws& draws, const Move& move, double* residuals, double* sums) const;

  /// Rows of `padded` numbers and then −y_i, 0, 0, 0. Row `zeros`, the last, is one of zeros.
  struct Rows {
    Padded numbers;
    std::size_t padded = 0;
    std::uint32_t zeros = 0;
    std::size_t size() const { return padded + 4; }
    const double* row(std::size_t i) const { return numbers.data() + i * size(); }
  };

 private:
  RowDraws(const FamilyFacts& facts, Instructions instructions);

  bool is_fused_ = false;
  Rows in_;
  std::vector<double> squared_norms_;
};

}  // namespace graddiv
