#pragma once

#include "linear/matrix.h"

namespace graddiv {

/// A = V diag(values) Vᵀ for a symmetric matrix, values ascending.
struct Spectrum {
  Vector<double> values;
  Matrix<double> vectors;
};

/// Fast and inexact: nothing is claimed of it. Eigen's decomposition is used here only, for it is
/// slow to compile.
Spectrum guess_spectrum(const Matrix<double>& A);

}  // namespace graddiv
