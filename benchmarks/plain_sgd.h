#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <random>

// The loop that sampled runs are timed against, as anybody would write it: least squares from
// (1, …, 1) with γ = 1/512. Compiled with the flags of whoever includes it.
namespace graddiv::plain_sgd {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Σ ‖w_k − minimizer‖² over so many runs, k = 0, …, K. Sizes are constants, as they would be in a
/// program of one purpose: the compiler makes use of them.
template <int n, int d, long B, int K, std::int64_t runs>
Eigen::VectorXd sums_of_distances(const RowMajor& X, const Eigen::VectorXd& y,
                                  const Eigen::VectorXd& minimizer) {
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(K + 1);
  std::mt19937_64 random(1);
  std::uniform_int_distribution<int> draw(0, n - 1);
  for (std::int64_t r = 0; r < runs; ++r) {
    Eigen::VectorXd w = Eigen::VectorXd::Ones(d);
    Eigen::VectorXd g(d);
    for (int k = 0; k < K; ++k) {
      sums(k) += (w - minimizer).squaredNorm();
      g.setZero();
      for (long b = 0; b < B; ++b) {
        const int i = draw(random);
        g += (X.row(i).dot(w) - y(i)) * X.row(i).transpose();
      }
      w -= g / 512;
    }
    sums(K) += (w - minimizer).squaredNorm();
  }
  return sums;
}

}  // namespace graddiv::plain_sgd
