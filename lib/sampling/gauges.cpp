#include "sampling/gauges.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "number/exact.h"
#include "number/precision.h"
#include "problem/kernel_rounding.h"
#include "problem/sum_in_doubles.h"

namespace graddiv {
namespace {

constexpr double u = KernelRounding::u;

UpperBound distance_between(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  return above(sqrt(Vector<Enclosure>(a - b).squaredNorm()));
}

/// max |f_i(x)|
UpperBound largest_value(const FiniteSum& sum, const Vector<Enclosure>& x) {
  if (const SumInDoubles* all = sum.in_doubles()) return all->at(x).largest_value;
  UpperBound largest;
  for (int i = 0; i < sum.size(); ++i) largest = max(largest, above(sum.value(i, x)));
  return largest;
}

/// Cut where that makes the mean narrower, from E X². Numbers in [0, c] have a mean known to about
/// c log(1/α)/n, if their variance is small, beside E X²/(4c) for what is beyond.
Gauge cut(const Gauge& whole, UpperBound second_moment, const MeanLevel& level) {
  const double logs = -std::log(static_cast<double>(level.alpha));
  const double c = std::sqrt(second_moment.value() * static_cast<double>(level.runs) / (4 * logs));
  const bool is_within = !(c < max(whole.below, whole.above).value());
  if (!second_moment.is_finite() || !(c > 0) || is_within) return whole;
  const UpperBound share = std::nextafter(0.25 / c, std::numeric_limits<double>::infinity());
  return {min(whole.below, c), min(whole.above, c), whole.error, second_moment * share};
}

/// What the gauges of a quantity are made of.
class Gauging {
 public:
  Gauging(Quantity quantity, const Problem& problem, const Run& run, const SampledRun& sampled,
          const RunBounds& bounds, const Reference& reference, const Vector<double>& minimizer,
          const MeanLevel& level)
      : quantity_(quantity),
        level_(level),
        problem_(problem),
        run_(run),
        sampled_(sampled),
        bounds_(bounds),
        rounding_(*KernelRounding::of(*problem.sum)),
        origin_(above(sqrt(enclose(bounds.reference).squaredNorm()))) {
    const Vector<Enclosure> x = enclose(bounds.reference);
    if (reference.minimizer) {
      const Vector<Enclosure> computed = enclose(exact_rational(minimizer));
      off_minimizer_ = distance_between(computed, *reference.minimizer);
      to_minimizer_ = distance_between(x, *reference.minimizer);
    }
    const bool is_value =
        quantity == Quantity::suboptimality || quantity == Quantity::average_suboptimality;
    if (is_value) largest_value_ = largest_value(*problem.sum, x);
    std::size_t farthest = 0;
    UpperBound eta;
    for (std::size_t j = 0; j < bounds.distance.size(); ++j) {
      if (bounds.distance[farthest] < bounds.distance[j]) farthest = j;
      eta = max(eta, bounds.rounding[j]);
      farthest_.push_back(farthest);
      most_rounding_.push_back(eta);
    }
  }

  Gauge at(int k) const {
    const auto at_k = static_cast<std::size_t>(k);
    switch (quantity_) {
      case Quantity::distance:
        return distance(at_k);
      case Quantity::suboptimality:
        return value(at_k, bounds_.distance[at_k], bounds_.rounding[at_k], k);
      case Quantity::average_suboptimality:
        return average(at_k, k);
      case Quantity::gradient_norm:
        return sampled_.looks_at_all() ? gradient(at_k, longest_mean(at_k), 0, k)
                                       : gradient(at_k, bounds_.gradient[at_k], 1, k);
      case Quantity::second_moment:
        return gradient(at_k, bounds_.gradient[at_k], 0, k);
      case Quantity::mechanism_variance:
        return noise(at_k, k);
    }
    return {};
  }

 private:
  // ‖ŵ − x̂‖² for ‖w − w*‖², where ‖ŵ − w‖ ≤ η and ‖x̂ − w*‖ ≤ ρ: the distances differ by at most
  // η + ρ, and their sum is at most 2D + η + ρ.
  Gauge distance(std::size_t k) const {
    const UpperBound D = bounds_.distance[k] + to_minimizer_;
    const UpperBound off = bounds_.rounding[k] + off_minimizer_;
    const UpperBound computed = (problem_.dimension() + 8) * u * square(D + off);
    const UpperBound moment = square(square(fourth_root(bounds_.fourth_moment[k]) + to_minimizer_));
    return cut({0, square(D), off * (2 * D + off) + computed, 0}, moment, level_);
  }

  // Means of f_i(w) − f_i(x), where ‖w − x‖ ≤ D and ‖∇f_i‖ ≤ g in between: at most gD, and at most
  // ‖∇f_i(x)‖D + βD²/2; where f_i is convex at least −‖∇f_i(x)‖D. Of all functions the same with F.
  Gauge value(std::size_t k, UpperBound D, UpperBound eta, int iteration) const {
    const UpperBound off_reference = 2 * u * origin_;  // of the doubles for x
    const UpperBound away = D + off_reference;
    const UpperBound g = bounds_.gradient[k] + bounds_.smoothness * off_reference;
    const UpperBound size = largest_value_ + g * away;
    const UpperBound summed = (terms(iteration) + 8) * u * 2 * size;
    const UpperBound error = 2 * rounding_.value_error(origin_ + away) + g * eta + summed;
    const UpperBound slope = (sampled_.looks_at_all() ? bounds_.mean_gradient_at_reference
                                                      : bounds_.gradient_at_reference) +
                             bounds_.smoothness * off_reference;
    const UpperBound rise = min(g, slope + 0.5 * bounds_.smoothness * away) * away;
    return {bounds_.is_convex ? min(rise, slope * away) : rise, rise, error, 0};
  }

  // The mean of w_0, …, w_{k−1} is as near to x as the farthest of them.
  Gauge average(std::size_t k, int iteration) const {
    const std::size_t last = std::max<std::size_t>(k, 1) - 1;
    const std::size_t farthest = farthest_[last];
    const UpperBound eta = most_rounding_[last];
    const UpperBound D = bounds_.distance[farthest];
    const UpperBound summed = (iteration + 4) * u * (origin_ + D);
    return value(farthest, D + summed, eta + summed, iteration);
  }

  /// ‖∇F(w)‖
  UpperBound longest_mean(std::size_t k) const {
    return min(bounds_.gradient[k],
               bounds_.mean_gradient_at_reference + bounds_.smoothness * bounds_.distance[k]);
  }

  // ‖∇F‖², or means of ‖∇f_i‖² or of ⟨∇f_i, ∇f_j⟩ ≥ −negative g², where gradients have length ≤ g.
  Gauge gradient(std::size_t k, UpperBound g, double negative, int iteration) const {
    return {negative * square(g), square(g), of_squares(k, bounds_.gradient[k], iteration), 0};
  }

  Gauge noise(std::size_t k, int iteration) const {
    const Enclosure p = enclose(run_.mechanism.parameter());
    const UpperBound longest = above(max(1, 1 / p - 1)) * bounds_.gradient[k];
    return {0, square(longest), above(square(1 / p)) * of_squares(k, longest, iteration), 0};
  }

  UpperBound of_squares(std::size_t k, UpperBound g, int iteration) const {
    const UpperBound off = rounding_.gradient_error(origin_ + bounds_.distance[k]) +
                           bounds_.smoothness * bounds_.rounding[k];
    const UpperBound summed =
        4 * (terms(iteration) + problem_.dimension() + 8) * u * square(g + off);
    return off * (2 * g + off) + summed;
  }

  double terms(int iteration) const {
    return static_cast<double>(sampled_.looks_at_all() ? problem_.size()
                                                       : sampled_.draws(iteration));
  }

  Quantity quantity_;
  const MeanLevel& level_;
  const Problem& problem_;
  const Run& run_;
  const SampledRun& sampled_;
  const RunBounds& bounds_;
  KernelRounding rounding_;
  UpperBound origin_;         // ‖x‖
  UpperBound off_minimizer_;  // from w* to the doubles that stand for it
  UpperBound to_minimizer_;   // from x to w*
  UpperBound largest_value_;  // max |f_i(x)|
  // Entry k: of 0, …, k, the one farthest from x, and the most that rounding may have done.
  std::vector<std::size_t> farthest_;
  std::vector<UpperBound> most_rounding_;
};

}  // namespace

std::vector<Gauge> gauges(Quantity quantity, const Problem& problem, const Run& run,
                          const SampledRun& sampled, const RunBounds& bounds,
                          const Reference& reference, const Vector<double>& minimizer,
                          const MeanLevel& level) {
  const PrecisionScope scope(64);
  const Gauging gauging(quantity, problem, run, sampled, bounds, reference, minimizer, level);
  std::vector<Gauge> result;
  for (int k = 0; k <= run.iterations; ++k) result.push_back(gauging.at(k));
  return result;
}

}  // namespace graddiv
