#include "measure/matrix_product.h"

#include <cblas.h>

namespace graddiv::measure {
namespace {

// The threads are those of who calls. (The build of OpenBLAS without threads is no way out: two
// callers at a time spoil each other's buffers.)
const bool on_one_thread = [] {
  openblas_set_num_threads(1);
  return true;
}();

CBLAS_TRANSPOSE flag(bool transpose) { return transpose ? CblasTrans : CblasNoTrans; }

}  // namespace

void multiply(bool transpose_A, bool transpose_B, int m, int n, int k, const double* A,
              const double* B, double beta, double* C) {
  cblas_dgemm(CblasRowMajor, flag(transpose_A), flag(transpose_B), m, n, k, 1, A,
              transpose_A ? m : k, B, transpose_B ? k : n, beta, C, n);
}

void multiply(bool transpose_A, bool transpose_B, int m, int n, int k, const float* A,
              const float* B, float beta, float* C) {
  cblas_sgemm(CblasRowMajor, flag(transpose_A), flag(transpose_B), m, n, k, 1, A,
              transpose_A ? m : k, B, transpose_B ? k : n, beta, C, n);
}

}  // namespace graddiv::measure
