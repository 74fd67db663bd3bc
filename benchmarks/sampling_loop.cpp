// Prints the CPU seconds that a plain loop over Eigen takes for the task of sampling_benchmark.cpp,
// compiled for this processor alone (-O3 -march=native). The numbers of the problem do not matter
// for the time.
#include <Eigen/Dense>
#include <cstdio>
#include <ctime>
#include <random>

int main() {
  constexpr int n = 1000;
  constexpr int d = 20;
  constexpr int B = 8;
  constexpr int K = 2000;
  constexpr int runs = 1000;
  std::mt19937_64 random(1);
  std::uniform_int_distribution<int> entries(-8, 8);
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> X(n, d);
  Eigen::VectorXd y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = entries(random) / 8.0;
    y(i) = entries(random) / 8.0;
  }
  const Eigen::VectorXd minimizer = (X.transpose() * X).ldlt().solve(X.transpose() * y);
  std::uniform_int_distribution<int> draw(0, n - 1);
  const std::clock_t start = std::clock();
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(K + 1);
  for (int r = 0; r < runs; ++r) {
    Eigen::VectorXd w = Eigen::VectorXd::Ones(d);
    Eigen::VectorXd g(d);
    for (int k = 0; k < K; ++k) {
      sums(k) += (w - minimizer).squaredNorm();
      g.setZero();
      for (int b = 0; b < B; ++b) {
        const int i = draw(random);
        g += (X.row(i).dot(w) - y(i)) * X.row(i).transpose();
      }
      w -= g / 512;
    }
    sums(K) += (w - minimizer).squaredNorm();
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (!(sums(K) > 0)) return 1;
  std::printf("%g\n", seconds);
}
