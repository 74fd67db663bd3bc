#include "measure/row_products.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace graddiv::measure {
namespace {

template <class X, class T>
void expect_four_rows_to_be_one_after_the_other(std::int64_t n) {
  const auto size = static_cast<std::size_t>(n);
  std::vector<std::vector<X>> rows(4, std::vector<X>(size));
  std::vector<T> one_by_one(size);
  for (std::size_t j = 0; j < size; ++j) {
    for (std::size_t r = 0; r < 4; ++r) {
      rows[r][j] = static_cast<X>((j * j * 31 + r * 77 + j * r) % 251);
    }
    one_by_one[j] = static_cast<T>(j % 13) / T(7);
  }
  std::vector<T> together = one_by_one;
  const T factors[4] = {T(1) / 3, T(-2) / 7, T(5) / 11, T(1) / 9};
  const X* const at[4] = {rows[0].data(), rows[1].data(), rows[2].data(), rows[3].data()};
  for (std::size_t r = 0; r < 4; ++r) add_row(factors[r], at[r], one_by_one.data(), n);
  add_four_rows(factors, at, together.data(), n);
  EXPECT_EQ(std::memcmp(together.data(), one_by_one.data(), size * sizeof(T)), 0) << n;
}

template <class T>
void expect_fetching_to_change_nothing(std::int64_t n) {
  std::vector<T> row(static_cast<std::size_t>(n));
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = static_cast<T>(j * j % 251) / T(3);
  std::vector<T> plain(row.rbegin(), row.rend());
  std::vector<T> fetching = plain;
  add_row(T(5) / 7, row.data(), plain.data(), n);
  add_row(T(5) / 7, row.data(), fetching.data(), n, row.data());
  EXPECT_EQ(std::memcmp(fetching.data(), plain.data(), row.size() * sizeof(T)), 0) << n;
}

/// Whole numbers, so small that no operation rounds: every order gives the same.
template <class X, class T>
void expect_each_number_in_its_place(std::int64_t n) {
  std::vector<X> x;
  std::vector<T> w;
  std::vector<T> y;
  T sum = 0;
  for (std::int64_t j = 0; j < n; ++j) {
    x.push_back(static_cast<X>((j * j * 31 + 7 * j + 3) % 256));
    w.push_back(static_cast<T>(j % 13 - 6));
    y.push_back(w.back() + 5 * static_cast<T>(x.back()));
    sum += static_cast<T>(x.back()) * w.back();
  }
  EXPECT_EQ(row_product(x.data(), w.data(), n), sum) << n;
  add_row(T(5), x.data(), w.data(), n);
  EXPECT_EQ(w, y);
  if constexpr (sizeof(X) == 1) {
    scale_row(T(3), x.data(), y.data(), n);
    for (std::size_t j = 0; j < x.size(); ++j) EXPECT_EQ(y[j], 3 * static_cast<T>(x[j])) << j;
  }
}

TEST(RowProducts, TakeEachNumberInItsPlace) {
  for (const std::int64_t n : {0, 1, 3, 7, 8, 15, 16, 17, 31, 63, 64, 65, 784, 785}) {
    expect_each_number_in_its_place<std::uint8_t, double>(n);
    expect_each_number_in_its_place<std::uint8_t, float>(n);
    expect_each_number_in_its_place<double, double>(n);
    expect_each_number_in_its_place<float, float>(n);
  }
}

// Also where sums of squares do not fit 32 bits.
TEST(SquaredRow, IsExact) {
  for (const std::int64_t n : {0, 1, 7, 8, 15, 16, 17, 63, 64, 65, 784, 785}) {
    std::vector<std::uint8_t> x;
    std::int64_t sum = 0;
    for (std::int64_t j = 0; j < n; ++j) {
      x.push_back(static_cast<std::uint8_t>((j * j * 31 + 7 * j + 254) % 256));
      sum += std::int64_t{x.back()} * x.back();
    }
    EXPECT_EQ(squared_row(x.data(), n), sum) << n;
  }
  constexpr std::int64_t many = 3'000'001;
  const std::vector<std::uint8_t> largest(many, 255);
  EXPECT_EQ(squared_row(largest.data(), many), many * 255 * 255);
}

TEST(AddRow, GivesTheSameWhileItFetches) {
  for (const std::int64_t n : {1, 7, 8, 15, 16, 17, 64, 784, 785}) {
    expect_fetching_to_change_nothing<double>(n);
    expect_fetching_to_change_nothing<float>(n);
  }
}

// Whole registers, parts of one, and both.
TEST(AddFourRows, GivesWhatOneAfterTheOtherGives) {
  for (const std::int64_t n : {1, 7, 8, 15, 16, 17, 64, 784, 785}) {
    expect_four_rows_to_be_one_after_the_other<std::uint8_t, double>(n);
    expect_four_rows_to_be_one_after_the_other<std::uint8_t, float>(n);
    expect_four_rows_to_be_one_after_the_other<double, double>(n);
    expect_four_rows_to_be_one_after_the_other<float, float>(n);
  }
}

}  // namespace
}  // namespace graddiv::measure
