#include "linear/spectrum.h"

#include <Eigen/Eigenvalues>

namespace graddiv {

Spectrum guess_spectrum(const Matrix<double>& A) {
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(A);
  return {solver.eigenvalues(), solver.eigenvectors()};
}

}  // namespace graddiv
