#include "measure/shared_totals.h"

#include <algorithm>
#include <map>
#include <vector>

namespace graddiv::measure {
namespace {

/// Rank r has the leaves ⌊Lr/P⌋, …, ⌊L(r+1)/P⌋ − 1 of L: the cuts of the tree are among these where
/// P is a power of two.
class Shares {
 public:
  Shares(std::int64_t count, std::int64_t leaf, int size)
      : leaf_(leaf), leaves_((count + leaf - 1) / leaf), size_(size) {}

  /// The rank that computes the leaf with this example: the largest r with ⌊Lr/P⌋ ≤ its number.
  int owner(std::int64_t example) const {
    return static_cast<int>(((example / leaf_ + 1) * size_ - 1) / leaves_);
  }
  std::int64_t first_of(std::int64_t rank, std::int64_t count) const {
    return std::min(count, leaves_ * rank / size_ * leaf_);
  }

 private:
  std::int64_t leaf_;
  std::int64_t leaves_;
  std::int64_t size_;
};

std::vector<double> packed(const Totals& sums) {
  std::vector<double> numbers{static_cast<double>(sums.count), static_cast<double>(sums.correct),
                              sums.losses.sum(), sums.losses.lost()};
  numbers.reserve(numbers.size() + 2 * sums.squared_norms.size() + sums.gradient.size());
  for (const auto& layer : sums.squared_norms) {
    numbers.push_back(layer.sum());
    numbers.push_back(layer.lost());
  }
  numbers.insert(numbers.end(), sums.gradient.begin(), sums.gradient.end());
  return numbers;
}

Totals unpacked(const std::vector<double>& numbers, std::size_t layers) {
  const double* next = numbers.data();
  Totals sums;
  sums.count = static_cast<std::int64_t>(*next++);
  sums.correct = static_cast<std::int64_t>(*next++);
  const auto take_sum = [&next] {
    const double sum = *next++;
    return CompensatedSum(sum, *next++);
  };
  sums.losses = take_sum();
  for (std::size_t l = 0; l < layers; ++l) sums.squared_norms.push_back(take_sum());
  sums.gradient.assign(next, numbers.data() + numbers.size());
  return sums;
}

template <class T>
class SharedTree {
 public:
  SharedTree(const Model<T>& model, const Selection& examples, std::span<const T> w,
             const PassOptions& options, Communicator& ranks)
      : model_(model),
        examples_(examples),
        w_(w),
        options_(options),
        ranks_(ranks),
        shares_(examples.count, options.leaf, ranks.size()),
        layers_(model.layers().size()) {}

  Totals sum() {
    compute(0, examples_.count);
    combine(0, examples_.count);
    std::vector<double> numbers = message();
    const int root = shares_.owner(0);
    if (ranks_.rank() == root) numbers = packed(sums_.at(0));
    ranks_.broadcast(root, numbers);
    return unpacked(numbers, layers_);
  }

 private:
  bool is_of_one_rank(std::int64_t first, std::int64_t count) const {
    return shares_.owner(first) == shares_.owner(first + count - 1);
  }
  std::vector<double> message() const { return std::vector<double>(4 + 2 * layers_ + w_.size()); }

  /// The largest nodes that are this rank's alone, before anybody waits for anybody.
  void compute(std::int64_t first, std::int64_t count) {
    if (shares_.owner(first) > ranks_.rank() || shares_.owner(first + count - 1) < ranks_.rank()) {
      return;
    }
    if (is_of_one_rank(first, count)) {
      sums_[first] = totals<T>(model_, examples_.part(first, count), w_, options_);
      return;
    }
    const std::int64_t left = left_part(count, options_.leaf);
    compute(first, left);
    compute(first + left, count - left);
  }

  /// The sum of a node comes to the rank of its first leaf. All ranks walk in the same order, so
  /// nobody waits for what waits for him.
  void combine(std::int64_t first, std::int64_t count) {
    if (is_of_one_rank(first, count)) return;
    const std::int64_t left = left_part(count, options_.leaf);
    combine(first, left);
    combine(first + left, count - left);
    const int here = shares_.owner(first);
    const int there = shares_.owner(first + left);
    if (ranks_.rank() == here) {
      if (here == there) {
        sums_.at(first).add(sums_.at(first + left));
      } else {
        std::vector<double> numbers = message();
        ranks_.receive(there, numbers);
        sums_.at(first).add(unpacked(numbers, layers_));
      }
    } else if (ranks_.rank() == there) {
      ranks_.send(here, packed(sums_.at(first + left)));
    }
  }

  const Model<T>& model_;
  const Selection& examples_;
  std::span<const T> w_;
  const PassOptions& options_;
  Communicator& ranks_;
  Shares shares_;
  std::size_t layers_;
  std::map<std::int64_t, Totals> sums_;  // of nodes, by their first example
};

}  // namespace

std::int64_t largest_share(std::int64_t count, std::int64_t leaf, int size) {
  const Shares shares(count, leaf, size);
  std::int64_t largest = 0;
  for (int rank = 0; rank < size; ++rank) {
    largest = std::max(largest, shares.first_of(rank + 1, count) - shares.first_of(rank, count));
  }
  return largest;
}

template <class T>
Totals shared_totals(const Model<T>& model, const Selection& examples, std::span<const T> w,
                     const PassOptions& options, Communicator& ranks) {
  if (ranks.size() == 1 || examples.count == 0) return totals<T>(model, examples, w, options);
  return SharedTree<T>(model, examples, w, options, ranks).sum();
}

template Totals shared_totals(const Model<double>&, const Selection&, std::span<const double>,
                              const PassOptions&, Communicator&);
template Totals shared_totals(const Model<float>&, const Selection&, std::span<const float>,
                              const PassOptions&, Communicator&);

}  // namespace graddiv::measure
