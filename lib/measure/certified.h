#pragma once

#include <optional>
#include <vector>

#include "measure/examples.h"
#include "number/enclosure.h"
#include "number/rational.h"
#include "problem/families.h"

namespace graddiv::measure {

/// A model whose gradients are certified: f_i(w) = ℓ(x_iᵀw; y_i), or softmax where there is no
/// loss, and + ½ρ‖w‖².
struct CertifiedModel {
  std::optional<Loss> loss;
  Rational tau = 1;
  Rational rho = 0;
  Rational scale = 1;  ///< what the features are multiplied by, exactly
};

/// What Totals are, with evidence: exact where slopes and w are rational, else rigorous intervals.
struct CertifiedSums {
  Enclosure squared_norms;        ///< Σ ‖∇f_i(w)‖²
  Enclosure squared_norm_of_sum;  ///< ‖Σ ∇f_i(w)‖²
  std::int64_t count = 0;

  /// None where the sum of the gradients is 0 (the ratio is +∞) or may be.
  std::optional<Enclosure> gradient_diversity() const;
  std::optional<Enclosure> batch_size_bound() const;
};

/// Of the rows as they were read (bytes, or doubles taken exactly) at w, exactly; d numbers, or
/// C × d for softmax. Intervals have the precision of the thread. The scale in `data` is not used.
/// Throws std::invalid_argument where w has another length.
CertifiedSums certified_sums(const Examples<double>& data, const CertifiedModel& model,
                             const std::vector<Rational>& w);

}  // namespace graddiv::measure
