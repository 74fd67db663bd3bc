#pragma once

#include <cmath>
#include <utility>
#include <vector>

#include "data/dataset.h"
#include "number/rational.h"

namespace graddiv::measure {

/// The rows of a data set as integers over one power of two, and its non-zero features one by one.
class IntegerRows {
 public:
  explicit IntegerRows(const Dataset& data) : data_(data) {
    if (const auto* bytes = std::get_if<DenseBytes>(&data.features)) {
      bytes_ = bytes->values.data();
      return;
    }
    const auto* sparse = std::get_if<SparseRows>(&data.features);
    const auto& values =
        sparse != nullptr ? sparse->value : std::get<DenseNumbers>(data.features).values;
    for (const double x : values) {
      if (x == 0) continue;
      int exponent = 0;
      std::frexp(x, &exponent);  // x is an integer times 2^(exponent − 53)
      bits_ = std::max(bits_, 53 - exponent);
    }
    bits_ = std::max(bits_, 0);
    values_.reserve(values.size());
    for (const double x : values) {
      values_.push_back(numerator(Rational(rational_from(x) * Rational(Integer(1) << power()))));
    }
    columns_ = sparse != nullptr ? sparse->column.data() : nullptr;
    begins_ = sparse != nullptr ? sparse->row_begin.data() : nullptr;
  }

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
  Integer product(std::int64_t i, const std::vector<Integer>& N) const {
    Integer sum = 0;
    if (const std::uint8_t* x = bytes(i)) {
      for (std::size_t j = 0; std::cmp_less(j, data_.columns); ++j) {
        if (x[j] != 0) mpz_addmul_ui(sum.backend().data(), N[j].backend().data(), x[j]);
      }
      return sum;
    }
    each(i, [&](std::int32_t j, const Integer& x) {
      mpz_addmul(sum.backend().data(), N[static_cast<std::size_t>(j)].backend().data(),
                 x.backend().data());
    });
    return sum;
  }
  /// Σ_j X_ij²
  Integer squared_norm(std::int64_t i) const {
    Integer sum = 0;
    if (const std::uint8_t* x = bytes(i)) {
      std::int64_t whole = 0;
      for (int j = 0; j < data_.columns; ++j) whole += std::int64_t{x[j]} * x[j];
      return whole;
    }
    each(i, [&](std::int32_t, const Integer& x) { sum += x * x; });
    return sum;
  }

 private:
  const Dataset& data_;
  const std::uint8_t* bytes_ = nullptr;
  int bits_ = 0;
  std::vector<Integer> values_;
  const std::int32_t* columns_ = nullptr;
  const std::int64_t* begins_ = nullptr;
};

}  // namespace graddiv::measure
