#include "measure/matrix_product.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>
#include <vector>

namespace graddiv::measure {
namespace {

template <class T>
std::vector<T> numbers(int count) {
  std::vector<T> values(static_cast<std::size_t>(count));
  for (std::size_t j = 0; j < values.size(); ++j) {
    values[j] = static_cast<T>(std::sin(static_cast<double>(j)));
  }
  return values;
}

/// Of the sizes at which OpenBLAS begins to share a product out among threads.
template <class T>
std::vector<T> product(int m, int n, int k) {
  const auto A = numbers<T>(m * k);
  const auto B = numbers<T>(k * n);
  std::vector<T> C(static_cast<std::size_t>(m * n));
  multiply(false, true, m, n, k, A.data(), B.data(), T(0), C.data());
  return C;
}

template <class T>
void expect_same_on_every_thread() {
  for (const int m : {16, 64, 128, 512}) {
    const auto here = product<T>(m, 16, 784);
    std::vector<T> there;
    std::thread([&] { there = product<T>(m, 16, 784); }).join();
    EXPECT_EQ(there, here) << m;
  }
}

TEST(MatrixProduct, IsTheSameBitForBitOnEveryThread) {
  expect_same_on_every_thread<float>();
  expect_same_on_every_thread<double>();
}

TEST(MatrixProduct, IsTheSumOfTheProducts) {
  const std::vector<double> A = {1, 2, 3, 4, 5, 6};  // 2 × 3, or 3 × 2 to be transposed
  const std::vector<double> B = {7, 8, 9};
  std::vector<double> C = {1, 1};
  multiply(false, false, 2, 1, 3, A.data(), B.data(), 0, C.data());
  EXPECT_EQ(C, (std::vector<double>{50, 122}));
  multiply(true, true, 2, 1, 3, A.data(), B.data(), 1, C.data());
  EXPECT_EQ(C, (std::vector<double>{50 + 76, 122 + 100}));
}

}  // namespace
}  // namespace graddiv::measure
