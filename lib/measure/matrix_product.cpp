#include "measure/matrix_product.h"

#include <cblas.h>

#include <mutex>

namespace graddiv::measure {
namespace {

// The threads are those of who calls. (The build of OpenBLAS without threads is no way out: two
// callers at a time spoil each other's buffers.) Built with OpenMP, OpenBLAS asks the thread that
// calls it how many there are; with more than one, sums would also be cut otherwise.
void stay_on_this_thread() {
  thread_local const bool is_told = [] {
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    openblas_set_num_threads(1);
    return true;
  }();
  static_cast<void>(is_told);
}

CBLAS_TRANSPOSE flag(bool transpose) { return transpose ? CblasTrans : CblasNoTrans; }

}  // namespace

void multiply(bool transpose_A, bool transpose_B, int m, int n, int k, const double* A,
              const double* B, double beta, double* C) {
  stay_on_this_thread();
  cblas_dgemm(CblasRowMajor, flag(transpose_A), flag(transpose_B), m, n, k, 1, A,
              transpose_A ? m : k, B, transpose_B ? k : n, beta, C, n);
}

void multiply(bool transpose_A, bool transpose_B, int m, int n, int k, const float* A,
              const float* B, float beta, float* C) {
  stay_on_this_thread();
  cblas_sgemm(CblasRowMajor, flag(transpose_A), flag(transpose_B), m, n, k, 1, A,
              transpose_A ? m : k, B, transpose_B ? k : n, beta, C, n);
}

}  // namespace graddiv::measure
