#include "sampling/gauges.h"

#include <algorithm>

#include "number/exact.h"
#include "number/precision.h"
#include "sampling/kernel_rounding.h"

namespace graddiv {
namespace {

Enclosure distance_between(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  return above(sqrt(Vector<Enclosure>(a - b).squaredNorm()));
}

/// What the gauges of all quantities are made of.
class Gauging {
 public:
  Gauging(const Problem& problem, const Run& run, const SampledRun& sampled,
          const RunBounds& bounds, const Reference& reference, const Vector<double>& minimizer)
      : problem_(problem),
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
    for (int i = 0; i < problem.size(); ++i) {
      const Enclosure value = abs(problem.sum->value(i, x));
      if ((value > largest_value_).truth() != Truth::no) largest_value_ = above(value);
    }
    std::size_t farthest = 0;
    Enclosure eta = 0;
    for (std::size_t j = 0; j < bounds.distance.size(); ++j) {
      if ((bounds.distance[j] > bounds.distance[farthest]).truth() == Truth::yes) farthest = j;
      eta = max(eta, bounds.rounding[j]);
      farthest_.push_back(farthest);
      most_rounding_.push_back(eta);
    }
  }

  Gauge at(Quantity q, int k) const {
    const auto at_k = static_cast<std::size_t>(k);
    switch (q) {
      case Quantity::distance:
        return distance(at_k);
      case Quantity::suboptimality:
        return value(at_k, bounds_.distance[at_k], bounds_.rounding[at_k], k);
      case Quantity::average_suboptimality:
        return average(at_k, k);
      case Quantity::gradient_norm:
        return gradient(at_k, sampled_.looks_at_all() ? 0 : -1, k);
      case Quantity::second_moment:
        return gradient(at_k, 0, k);
      case Quantity::mechanism_variance:
        return noise(at_k, k);
    }
    return {};
  }

 private:
  static Gauge within(const Enclosure& least, const Enclosure& most, const Enclosure& error) {
    const Rational from = lower_end(least);
    return {from, upper_end(most) - from, above(error)};
  }

  // ‖ŵ − x̂‖² for ‖w − w*‖², where ‖ŵ − w‖ ≤ η and ‖x̂ − w*‖ ≤ ρ: the distances differ by at most
  // η + ρ, and their sum is at most 2D + η + ρ.
  Gauge distance(std::size_t k) const {
    const Enclosure D = bounds_.distance[k] + to_minimizer_;
    const Enclosure off = bounds_.rounding[k] + off_minimizer_;
    const Enclosure computed = (problem_.dimension() + 8) * KernelRounding::u() * square(D + off);
    return within(0, square(D), off * (2 * D + off) + computed);
  }

  // Means of f_i(w) − f_i(x), where ‖w − x‖ ≤ D and ‖∇f_i‖ ≤ g in between.
  Gauge value(std::size_t k, const Enclosure& D, const Enclosure& eta, int iteration) const {
    const Enclosure off_reference = 2 * KernelRounding::u() * origin_;  // of the doubles for x
    const Enclosure away = D + off_reference;
    const Enclosure g = bounds_.gradient[k] + bounds_.smoothness * off_reference;
    const Enclosure size = largest_value_ + g * away;
    const Enclosure summed = (terms(iteration) + 8) * KernelRounding::u() * 2 * size;
    const Enclosure error = 2 * rounding_.value_error(origin_ + away) + g * eta + summed;
    return within(-g * away, g * away, error);
  }

  // The mean of w_0, …, w_{k−1} is as near to x as the farthest of them.
  Gauge average(std::size_t k, int iteration) const {
    const std::size_t last = std::max<std::size_t>(k, 1) - 1;
    const std::size_t farthest = farthest_[last];
    const Enclosure eta = most_rounding_[last];
    const Enclosure D = bounds_.distance[farthest];
    const Enclosure summed = (iteration + 4) * KernelRounding::u() * (origin_ + D);
    return value(farthest, D + summed, eta + summed, iteration);
  }

  // Means of ‖∇f_i‖² or of ⟨∇f_i, ∇f_j⟩ ≥ least g², where ‖∇f_i‖ ≤ g.
  Gauge gradient(std::size_t k, int least, int iteration) const {
    const Enclosure g = bounds_.gradient[k];
    return within(least * square(g), square(g), of_squares(k, g, iteration));
  }

  Gauge noise(std::size_t k, int iteration) const {
    const Enclosure p = enclose(run_.mechanism.parameter());
    const Enclosure longest = max(1, 1 / p - 1) * bounds_.gradient[k];
    return within(0, square(longest), square(1 / p) * of_squares(k, longest, iteration));
  }

  Enclosure of_squares(std::size_t k, const Enclosure& g, int iteration) const {
    const Enclosure off = rounding_.gradient_error(origin_ + bounds_.distance[k]) +
                          bounds_.smoothness * bounds_.rounding[k];
    const Enclosure summed =
        4 * (terms(iteration) + problem_.dimension() + 8) * KernelRounding::u() * square(g + off);
    return off * (2 * g + off) + summed;
  }

  Enclosure terms(int iteration) const {
    return sampled_.looks_at_all() ? Enclosure(problem_.size())
                                   : Enclosure(sampled_.draws(iteration));
  }

  const Problem& problem_;
  const Run& run_;
  const SampledRun& sampled_;
  const RunBounds& bounds_;
  KernelRounding rounding_;
  Enclosure origin_;             // ‖x‖
  Enclosure off_minimizer_ = 0;  // from w* to the doubles that stand for it
  Enclosure to_minimizer_ = 0;   // from x to w*
  Enclosure largest_value_ = 0;  // max |f_i(x)|
  // Entry k: of 0, …, k, the one farthest from x, and the most that rounding may have done.
  std::vector<std::size_t> farthest_;
  std::vector<Enclosure> most_rounding_;
};

}  // namespace

std::vector<Gauge> gauges(Quantity quantity, const Problem& problem, const Run& run,
                          const SampledRun& sampled, const RunBounds& bounds,
                          const Reference& reference, const Vector<double>& minimizer) {
  const PrecisionScope scope(64);
  const Gauging gauging(problem, run, sampled, bounds, reference, minimizer);
  std::vector<Gauge> result;
  for (int k = 0; k <= run.iterations; ++k) result.push_back(gauging.at(quantity, k));
  return result;
}

}  // namespace graddiv
