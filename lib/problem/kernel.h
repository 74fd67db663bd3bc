#pragma once

#include <memory>
#include <span>

#include "problem/families.h"

// The functions of a family over machine numbers, T = double or float: what goes over data of
// any size, with the formulas of the theorems (families/losses.h) and without a certificate. No
// call allocates, and virtual calls are one a block, not one an example.
namespace graddiv {

/// What a block of m functions f_i gives at a point w. The buffers are the caller's.
template <class T>
struct BlockResult {
  std::span<T> values;         ///< m: f_i(w), written
  std::span<T> squared_norms;  ///< m: ‖∇f_i(w)‖², written
  std::span<T> gradient;       ///< d: Σ ∇f_i(w), added to what is there
};

template <class T>
class Kernel {
 public:
  virtual ~Kernel() = default;
  virtual int dimension() const = 0;  ///< d
  virtual int size() const = 0;       ///< n
  /// The block of f_first, …, f_{first+m−1} at w (d numbers), m = result.values.size(). All
  /// sizes must fit: nothing is checked.
  virtual void value_and_gradient(int first, std::span<const T> w,
                                  const BlockResult<T>& result) const = 0;
};

/// What a family implements beside FiniteSum to have kernels.
class KernelSource {
 public:
  virtual ~KernelSource() = default;
  virtual std::unique_ptr<const Kernel<double>> double_kernel() const = 0;
  virtual std::unique_ptr<const Kernel<float>> float_kernel() const = 0;
};

/// The functions of a sum, their coefficients rounded to T once. Throws std::invalid_argument
/// where the family is no KernelSource.
template <class T>
std::unique_ptr<const Kernel<T>> make_kernel(const FiniteSum& sum);

/// m rows x_iᵀ of d numbers, one after another, with their targets, where they are: a block of data
/// that nobody copies. ‖x_i‖² may be given; where it is not, it is computed on the way.
template <class T>
struct LabelledRows {
  std::span<const T> rows;           ///< m × d
  std::span<const T> targets;        ///< m
  std::span<const T> squared_norms;  ///< m, or empty
};

/// The block of the functions f_i(w) = ℓ(x_iᵀw; y_i), likewise. τ is that of Huber's loss.
template <class T>
void value_and_gradient(Loss loss, T tau, const LabelledRows<T>& data, std::span<const T> w,
                        const BlockResult<T>& result);

}  // namespace graddiv
