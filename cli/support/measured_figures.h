#pragma once

#include <cmath>

#include "measure/totals.h"

namespace graddiv::cli {

/// What is told of the sums at a point. M² and ‖∇F‖² are means, the first two sums.
struct Figures {
  double sum_squared_norms;
  double squared_norm_of_sum;
  double diversity;
  double bound;
  double second_moment;
  double squared_gradient_norm;
  double noise_scale;

  explicit Figures(const measure::Totals& sums)
      : sum_squared_norms(sums.sum_of_squared_norms()),
        squared_norm_of_sum(sums.squared_norm_of_sum()),
        diversity(sums.gradient_diversity()),
        bound(sums.batch_size_bound()),
        second_moment(sum_squared_norms / static_cast<double>(sums.count)),
        squared_gradient_norm(squared_norm_of_sum / static_cast<double>(sums.count) /
                              static_cast<double>(sums.count)),
        noise_scale(bound - 1) {}
};

/// 1 + δ B_S, a whole number.
inline double recommended(double bound, double delta) {
  return delta == 0 ? 1 : std::floor(1 + delta * bound);
}

}  // namespace graddiv::cli
