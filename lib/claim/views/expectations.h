#pragma once

#include <vector>

#include "claim/place.h"
#include "claim/views/asked.h"

namespace graddiv {

/// A pair (δ, M²) for which H-batch and H-moment hold before iteration k, and in which form they
/// were established.
struct BatchCondition {
  BatchForm form;
  Enclosure delta;
  Enclosure second_moment;
};

/// Expectations along the run, for k = 0, …, K. What is not to be had throws NotCertified.
class ExpectationsView {
 public:
  Enclosure distance(int k) const;                 ///< E‖w_k − w*‖²
  Enclosure objective(int k) const;                ///< E F(w_k)
  Enclosure suboptimality(int k) const;            ///< E[F(w_k) − F*]
  Enclosure average_suboptimality(int k) const;    ///< E[F(w̄_k) − F*], k ≥ 1
  Enclosure gradient_norm2(int k) const;           ///< E‖∇F(w_k)‖²
  Enclosure second_moment(int k) const;            ///< E M²(w_k)
  Enclosure smallest_gradient_norm2(int k) const;  ///< min over j < k of E‖∇F(w_j)‖², k ≥ 1
  Enclosure mean_gradient_norm2(int k) const;      ///< (1/k) Σ_{j<k} E‖∇F(w_j)‖², k ≥ 1

  /// For constant batches: every form in which H-batch and H-moment could be established for
  /// iterations 0, …, k − 1, k ≥ 1.
  const std::vector<BatchCondition>& batch_conditions(int k) const;

 protected:
  explicit ExpectationsView(AskedPtr asked) : asked_(std::move(asked)) {}

 private:
  AskedPtr asked_;
};

}  // namespace graddiv
