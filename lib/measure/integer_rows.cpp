#include "measure/integer_rows.h"

#include <gmp.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace graddiv::measure {

IntegerRows::IntegerRows(const Dataset& data) : data_(data) {
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

Integer IntegerRows::product(std::int64_t i, const std::vector<Integer>& N) const {
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

Integer IntegerRows::squared_norm(std::int64_t i) const {
  Integer sum = 0;
  if (const std::uint8_t* x = bytes(i)) {
    std::int64_t whole = 0;
    for (int j = 0; j < data_.columns; ++j) whole += std::int64_t{x[j]} * x[j];
    return whole;
  }
  each(i, [&](std::int32_t, const Integer& x) { sum += x * x; });
  return sum;
}

}  // namespace graddiv::measure
