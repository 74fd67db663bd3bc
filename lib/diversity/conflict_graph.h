#pragma once

#include <vector>

#include "problem/finite_sum.h"

namespace graddiv {

/// Vertices are the functions; an edge joins two whose gradients can share a non-zero coordinate
/// (paper, before Theorem 2).
class ConflictGraph {
 public:
  explicit ConflictGraph(const FiniteSum& sum);
  int size() const { return static_cast<int>(neighbours_.size()); }
  const std::vector<int>& neighbours(int i) const {
    return neighbours_[static_cast<std::size_t>(i)];
  }
  int maximum_degree() const;
  /// Twice the number of edges: n times the mean degree.
  long degree_sum() const;

 private:
  std::vector<std::vector<int>> neighbours_;
};

}  // namespace graddiv
