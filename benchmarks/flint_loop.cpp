#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>

#include "benchmarks/tasks.h"

namespace graddiv::benchmarks {
namespace {

class Fraction {
 public:
  Fraction() { fmpq_init(value_); }
  explicit Fraction(const Rational& x) : Fraction() { fmpq_set_mpq(value_, x.backend().data()); }
  ~Fraction() { fmpq_clear(value_); }
  Fraction(const Fraction&) = delete;
  Fraction& operator=(const Fraction&) = delete;
  fmpq* get() { return value_; }

 private:
  fmpq_t value_;
};

class FractionMatrix {
 public:
  FractionMatrix(Eigen::Index rows, Eigen::Index columns) { fmpq_mat_init(value_, rows, columns); }
  explicit FractionMatrix(const Matrix<Rational>& m) : FractionMatrix(m.rows(), m.cols()) {
    for (Eigen::Index i = 0; i < m.rows(); ++i) {
      for (Eigen::Index j = 0; j < m.cols(); ++j) {
        fmpq_set_mpq(fmpq_mat_entry(value_, i, j), m(i, j).backend().data());
      }
    }
  }
  ~FractionMatrix() { fmpq_mat_clear(value_); }
  FractionMatrix(const FractionMatrix&) = delete;
  FractionMatrix& operator=(const FractionMatrix&) = delete;
  fmpq_mat_struct* get() { return value_; }
  fmpq* at(Eigen::Index i, Eigen::Index j) { return fmpq_mat_entry(value_, i, j); }

 private:
  fmpq_mat_t value_;
};

/// (0 … 0 over C): the square matrix with a zero row below, so that all products are of one shape.
Matrix<Rational> padded(const Matrix<Rational>& C) {
  Matrix<Rational> result = Matrix<Rational>::Zero(C.cols(), C.cols());
  result.topRows(C.rows()) = C;
  return result;
}

}  // namespace

std::vector<Rational> flint_loop(const Task& task) {
  const auto d = task.run.start.size();
  const auto e = d + 1;
  const Rational n = task.C.size();
  Matrix<Rational> mean = Matrix<Rational>::Zero(d, e);
  std::vector<std::unique_ptr<FractionMatrix>> C;
  std::vector<std::unique_ptr<FractionMatrix>> transposed;
  for (const auto& c : task.C) {
    mean += c / n;
    C.push_back(std::make_unique<FractionMatrix>(padded(c)));
    transposed.push_back(std::make_unique<FractionMatrix>(padded(c).transpose()));
  }
  FractionMatrix mean_C(padded(mean));
  FractionMatrix mean_transposed(padded(mean).transpose());

  Vector<Rational> z(e);
  z << task.run.start, Rational(1);
  FractionMatrix S(z * z.transpose());
  FractionMatrix half(e, e);
  FractionMatrix product(e, e);
  FractionMatrix noise(e, e);
  const auto congruence = [&](FractionMatrix& factor, FractionMatrix& its_transposed) {
    fmpq_mat_mul(half.get(), factor.get(), S.get());
    fmpq_mat_mul(product.get(), half.get(), its_transposed.get());
  };
  std::vector<Rational> values;
  for (int k = 0;; ++k) {
    Fraction distance;
    for (Eigen::Index j = 0; j < d; ++j) {
      Fraction x(task.minimizer[j]);
      Fraction minus_twice_x(-2 * task.minimizer[j]);
      fmpq_add(distance.get(), distance.get(), S.at(j, j));
      fmpq_addmul(distance.get(), minus_twice_x.get(), S.at(j, d));
      fmpq_addmul(distance.get(), x.get(), x.get());
    }
    values.emplace_back();
    fmpq_get_mpq(values.back().backend().data(), distance.get());
    if (k == task.run.iterations) return values;

    const Rational gamma = task.run.step(k);
    const Rational B = task.run.batch(k);
    Fraction one_over_n(1 / n);
    Fraction scale(gamma * gamma * B);
    fmpq_mat_zero(noise.get());
    for (std::size_t i = 0; i < C.size(); ++i) {
      congruence(*C[i], *transposed[i]);
      fmpq_mat_add(noise.get(), noise.get(), product.get());
    }
    fmpq_mat_scalar_mul_fmpq(noise.get(), noise.get(), one_over_n.get());
    congruence(mean_C, mean_transposed);
    fmpq_mat_sub(noise.get(), noise.get(), product.get());
    fmpq_mat_scalar_mul_fmpq(noise.get(), noise.get(), scale.get());

    const Matrix<Rational> M = Matrix<Rational>::Identity(e, e) - gamma * B * padded(mean);
    FractionMatrix M_left(M);
    FractionMatrix M_right(M.transpose());
    congruence(M_left, M_right);
    fmpq_mat_add(S.get(), product.get(), noise.get());
  }
}

}  // namespace graddiv::benchmarks
