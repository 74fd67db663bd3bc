#include "benchmarks/tasks.h"

namespace graddiv::benchmarks {

std::vector<Rational> rational_loop(const Task& task) {
  const auto d = task.run.start.size();
  const auto n = static_cast<long>(task.C.size());
  Matrix<Rational> mean = Matrix<Rational>::Zero(d, d + 1);
  for (const auto& C : task.C) mean += C;
  mean /= Rational(n);

  Vector<Rational> z(d + 1);
  z << task.run.start, Rational(1);
  Matrix<Rational> S = z * z.transpose();
  std::vector<Rational> values;
  for (int k = 0;; ++k) {
    Rational distance = 0;
    for (Eigen::Index j = 0; j < d; ++j) {
      const Rational& x = task.minimizer[j];
      distance += S(j, j) - 2 * x * S(j, d) + x * x;
    }
    values.push_back(distance);
    if (k == task.run.iterations) return values;

    const Rational gamma = task.run.step(k);
    const Rational B = task.run.batch(k);
    Matrix<Rational> M = Matrix<Rational>::Identity(d + 1, d + 1);
    M.topRows(d) -= gamma * B * mean;
    Matrix<Rational> noise = Matrix<Rational>::Zero(d, d);
    for (const auto& C : task.C) noise += C * S * C.transpose();
    noise /= Rational(n);
    noise -= mean * S * mean.transpose();
    const Matrix<Rational> next = M * S * M.transpose();
    S = next;
    S.topLeftCorner(d, d) += gamma * gamma * B * noise;
  }
}

}  // namespace graddiv::benchmarks
