#pragma once

#include <cstdint>
#include <span>

#include "measure/model.h"

// What others use in place of B_S, to be held against it. On a finite set of examples with the 1/n
// covariance Σ of the gradients, M² = ‖∇F‖² + tr Σ, so B_S = 1 + tr Σ/‖∇F‖²: one more than the
// simple noise scale of McCandlish et al. 2018.
namespace graddiv::measure {

struct AuditOptions {
  std::int64_t small_batch = 32;
  std::int64_t large_batch = 1024;
  int repetitions = 10;      ///< of the two batches, averaged before the ratio is taken
  double epoch_step = 3e-4;  ///< γ of the run that moves w
  std::int64_t epoch_batch = 32;
  std::uint64_t seed = 1;
};

/// An estimate of B_S(w), and how far it departs from the value at the fixed w: estimate/value − 1.
struct Audited {
  double estimate = 0;
  double departure = 0;
};

/// The two-batch estimator (McCandlish et al. 2018, appendix A.1): with G_b a mean of b gradients,
/// ‖∇F‖² ≈ (B|G_B|² − b|G_b|²)/(B − b), tr Σ ≈ (|G_b|² − |G_B|²)/(1/b − 1/B).
template <class T>
Audited two_batch_estimate(const Model<T>& model, std::span<const T> w, double batch_size_bound,
                           const AuditOptions& options);

/// n Σ‖g_i‖²/‖Σ g_i‖² with the gradients of one epoch of SGD, each taken where w was by then.
template <class T>
Audited moving_estimate(const Model<T>& model, std::span<const T> w, double batch_size_bound,
                        const AuditOptions& options);

}  // namespace graddiv::measure
