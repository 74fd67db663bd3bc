// Prints the CPU seconds that a plain loop over Eigen takes for the task of sampling_benchmark.cpp,
// compiled for this processor alone (-O3 -march=native). The numbers of the problem do not matter
// for the time.
#include <cstdio>
#include <ctime>
#include <random>

#include "benchmarks/plain_sgd.h"

int main() {
  constexpr int n = 1000;
  constexpr int d = 20;
  constexpr int B = 8;
  constexpr int K = 2000;
  constexpr int runs = 1000;
  std::mt19937_64 random(1);
  std::uniform_int_distribution<int> entries(-8, 8);
  graddiv::plain_sgd::RowMajor X(n, d);
  Eigen::VectorXd y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = entries(random) / 8.0;
    y(i) = entries(random) / 8.0;
  }
  const Eigen::VectorXd minimizer = (X.transpose() * X).ldlt().solve(X.transpose() * y);
  const std::clock_t start = std::clock();
  const Eigen::VectorXd sums =
      graddiv::plain_sgd::sums_of_distances<n, d, B, K, runs>(X, y, minimizer);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (!(sums(K) > 0)) return 1;
  std::printf("%g\n", seconds);
}
