#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"
#include "number/rational.h"

namespace graddiv::measure {

/// The rows of a data set as integers over one power of two, and its non-zero features one by one.
class IntegerRows {
 public:
  explicit IntegerRows(const Dataset& data);

  unsigned power() const { return static_cast<unsigned>(bits_); }  ///< k
  const std::uint8_t* bytes(std::int64_t i) const {
    return bytes_ == nullptr ? nullptr : bytes_ + i * data_.columns;
  }
  /// visit(j, X_ij)
  template <class Visit>
  void each(std::int64_t i, const Visit& visit) const {
    const std::int64_t begin = begins_ != nullptr ? begins_[i] : i * std::int64_t{data_.columns};
    const std::int64_t end = begins_ != nullptr ? begins_[i + 1] : begin + data_.columns;
    for (std::int64_t k = begin; k < end; ++k) {
      const Integer& x = values_[static_cast<std::size_t>(k)];
      if (x == 0) continue;
      visit(columns_ != nullptr ? columns_[k] : static_cast<std::int32_t>(k - begin), x);
    }
  }

  /// Σ_j X_ij N_j
  Integer product(std::int64_t i, const std::vector<Integer>& N) const;
  /// Σ_j X_ij²
  Integer squared_norm(std::int64_t i) const;

 private:
  const Dataset& data_;
  const std::uint8_t* bytes_ = nullptr;
  int bits_ = 0;
  std::vector<Integer> values_;
  const std::int32_t* columns_ = nullptr;
  const std::int64_t* begins_ = nullptr;
};

}  // namespace graddiv::measure
