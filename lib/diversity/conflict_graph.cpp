#include "diversity/conflict_graph.h"

#include <algorithm>

namespace graddiv {

ConflictGraph::ConflictGraph(const FiniteSum& sum)
    : neighbours_(static_cast<std::size_t>(sum.size())) {
  const auto d = static_cast<std::size_t>(sum.dimension());
  std::vector<std::vector<bool>> supports;
  std::vector<std::vector<int>> users(d);  // the functions whose gradients use each coordinate
  for (int i = 0; i < sum.size(); ++i) {
    supports.push_back(sum.facts(i).support);
    for (std::size_t j = 0; j < d; ++j) {
      if (supports.back()[j]) users[j].push_back(i);
    }
  }
  for (int i = 0; i < sum.size(); ++i) {
    std::vector<int>& neighbours = neighbours_[static_cast<std::size_t>(i)];
    std::vector<bool> seen(neighbours_.size(), false);
    seen[static_cast<std::size_t>(i)] = true;
    for (std::size_t j = 0; j < d; ++j) {
      if (!supports[static_cast<std::size_t>(i)][j]) continue;
      for (const int other : users[j]) {
        if (seen[static_cast<std::size_t>(other)]) continue;
        seen[static_cast<std::size_t>(other)] = true;
        neighbours.push_back(other);
      }
    }
    std::sort(neighbours.begin(), neighbours.end());
  }
}

int ConflictGraph::maximum_degree() const {
  std::size_t degree = 0;
  for (const auto& neighbours : neighbours_) degree = std::max(degree, neighbours.size());
  return static_cast<int>(degree);
}

long ConflictGraph::degree_sum() const {
  long sum = 0;
  for (const auto& neighbours : neighbours_) sum += static_cast<long>(neighbours.size());
  return sum;
}

}  // namespace graddiv
