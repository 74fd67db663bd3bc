#pragma once

#include "problem/problem.h"

namespace graddiv {

/// The one step everybody uses: Π_W(w − γ Σ_i counts_i ∇f_i(w)), where counts_i says how often
/// index i was drawn (Σ counts_i = B). `gradients` are those of all functions at w. T = double or
/// Enclosure.
template <class T>
Vector<T> mini_batch_step(const Domain& domain, const Vector<T>& w,
                          const std::vector<Vector<T>>& gradients, const std::vector<long>& counts,
                          const T& gamma);

/// An index that was drawn, and how often (at least once).
struct Drawn {
  std::size_t index;
  long count;
};
/// The same step, told only of what was drawn.
template <class T>
Vector<T> mini_batch_step(const Domain& domain, const Vector<T>& w,
                          const std::vector<Vector<T>>& gradients, const std::vector<Drawn>& drawn,
                          const T& gamma);

}  // namespace graddiv
