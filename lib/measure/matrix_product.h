#pragma once

namespace graddiv::measure {

/// Row-major C (m × n) = A B + beta C, through BLAS on one thread. `A` is m × k, or k × m where it
/// is to be transposed; `B` likewise.
void multiply(bool transpose_A, bool transpose_B, int m, int n, int k, const double* A,
              const double* B, double beta, double* C);
void multiply(bool transpose_A, bool transpose_B, int m, int n, int k, const float* A,
              const float* B, float beta, float* C);

}  // namespace graddiv::measure
