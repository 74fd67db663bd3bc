#include "measure/confidence.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "measure/compensated_sum.h"
#include "measure/random.h"

namespace graddiv::measure {
namespace {

/// λ_i for a sample of known size: the one that would be best at the variance seen so far.
std::vector<double> bets(std::span<const double> x, double alpha) {
  std::vector<double> lambda(x.size());
  double sum = 0.5;
  double squares = 0.25;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto seen = static_cast<double>(i + 1);
    const double variance = squares / seen;
    lambda[i] = std::sqrt(2 * std::log(1 / alpha) / (variance * static_cast<double>(x.size())));
    sum += x[i];
    const double mean = sum / (seen + 1);
    squares += (x[i] - mean) * (x[i] - mean);
  }
  return lambda;
}

/// Whether the wealth against "the mean is at most m" ever reaches 1/alpha.
bool is_refuted(const DrawnWithoutReplacement& drawn, const std::vector<double>& lambda, double m,
                double alpha) {
  constexpr double share = 0.75;  // of what could be lost at once
  // Above what rounding may add to a sum of logarithms of this many factors.
  const double needed = std::log(1 / alpha) + 1e-12 * static_cast<double>(drawn.x.size());
  double rest = static_cast<double>(drawn.population) * m - drawn.known_sum;
  double left = static_cast<double>(drawn.population - drawn.known);
  // Whole sums of so many numbers in [0, 1] are right to this.
  const double rounding = 1e-14 * static_cast<double>(drawn.population);
  double wealth = 0;
  for (std::size_t i = 0; i < drawn.x.size(); ++i) {
    const double mean = std::max(rest, 0.0) / left;
    const double bet = mean > 0 ? std::min(lambda[i], share / mean) : lambda[i];
    wealth += std::log1p(bet * (drawn.x[i] - mean));
    if (wealth >= needed) return true;
    rest -= drawn.x[i];
    left -= 1;
  }
  return rest < -rounding;  // more was drawn than there would be
}

double mean_of(std::span<const double> x) {
  CompensatedSum sum;
  for (const double value : x) sum.add(value);
  return sum.value() / static_cast<double>(x.size());
}

struct Range {
  double lower;
  double upper;
};

/// The mean of numbers in [least, most], of which some are drawn; both sides with `alpha` each.
struct Drawn {
  std::vector<double> values;
  std::int64_t population;
  std::int64_t known = 0;
  double known_sum = 0;

  Range by_betting(double least, double most, double alpha) const {
    std::vector<double> x;
    std::vector<double> mirrored;
    for (const double value : values) {
      x.push_back(std::clamp((value - least) / (most - least), 0.0, 1.0));
      mirrored.push_back(1 - x.back());
    }
    const auto before = static_cast<double>(known);
    const double sum = (known_sum - before * least) / (most - least);
    const double low = lower_confidence_bound({x, population, known, sum}, alpha);
    const double high = lower_confidence_bound({mirrored, population, known, before - sum}, alpha);
    return {least + (most - least) * low, most - (most - least) * high};
  }

  Range by_central_limit(double alpha) const {
    const double mean = mean_of(values);
    CompensatedSum squares;
    for (const double value : values) squares.add((value - mean) * (value - mean));
    const auto size = static_cast<double>(values.size());
    const auto left = static_cast<double>(population - known);
    // Of the mean of those not known, which the known ones then complete.
    const double deviation = std::sqrt(squares.value() / (size - 1) / size * (1 - size / left));
    const double z = boost::math::quantile(boost::math::complement(boost::math::normal(), alpha));
    const auto all = static_cast<double>(population);
    const double middle = (known_sum + left * mean) / all;
    return {middle - z * deviation * left / all, middle + z * deviation * left / all};
  }
};

/// ‖∇f_i‖² and ∇f_i, one example at a time.
template <class T>
class Gradients {
 public:
  Gradients(const Model<T>& model, std::span<const T> w)
      : model_(model), w_(w), norms_(model.layers().size()), gradient_(w.size()) {}

  double squared_norm(std::int64_t i) {
    std::fill(gradient_.begin(), gradient_.end(), T(0));
    BlockOutput<T> output;
    output.squared_norms = norms_;
    output.gradient = gradient_;
    model_.add_block({i, 1, nullptr}, w_, output);
    double sum = 0;
    for (const T part : norms_) sum += static_cast<double>(part);
    return sum;
  }
  const std::vector<T>& last() const { return gradient_; }

 private:
  const Model<T>& model_;
  std::span<const T> w_;
  std::vector<T> norms_;
  std::vector<T> gradient_;
};

/// What ‖∇F − u‖ exceeds with probability at most `alpha`, u the mean of m gradients of length at
/// most G and mean square at most M². With Z = m‖u − ∇F‖, the supremum of Σ⟨g_i − ∇F, v⟩ over unit
/// vectors v: EZ ≤ √m M, each term at most b = 2G with variance at most M², and
///   P(Z ≥ EZ + √(2t(mM² + 2b EZ)) + bt/3) ≤ e^{−t}.
double distance_of_mean(double m, double second_moment, double G, double alpha) {
  const double t = std::log(1 / alpha);
  const double expected = std::sqrt(m * second_moment);
  const double b = 2 * G;
  return (expected + std::sqrt(2 * t * (m * second_moment + 2 * b * expected)) + b * t / 3) / m;
}

/// Without a G: m‖u − ∇F‖²/M² as the square of one standard normal number, whose tail is longer
/// than that of several with the same sum of variances.
double likely_distance(double m, double second_moment, double alpha) {
  const double z = boost::math::quantile(boost::math::complement(boost::math::normal(), alpha / 2));
  return z * std::sqrt(second_moment / m);
}

}  // namespace

double lower_confidence_bound(const DrawnWithoutReplacement& drawn, double alpha) {
  for (const double value : drawn.x) {
    if (!(value >= 0 && value <= 1)) throw std::invalid_argument("numbers in [0, 1] expected");
  }
  const auto lambda = bets(drawn.x, alpha);
  double refuted = 0;
  double open = 1;
  for (;;) {
    const double m = (refuted + open) / 2;
    if (open - refuted <= 1e-15 * open || m == refuted || m == open) return refuted;
    (is_refuted(drawn, lambda, m, alpha) ? refuted : open) = m;
  }
}

template <class T>
DiversityInterval subsampled_diversity(const Model<T>& model, std::span<const T> w,
                                       const SubsampleOptions& options) {
  if (options.examples < 8) throw std::invalid_argument("a subsample needs at least 8 examples");
  if (options.examples > model.size()) {
    throw std::invalid_argument("a subsample cannot have more examples than there are");
  }
  if (!(options.level > 0 && options.level < 1)) {
    throw std::invalid_argument("the level must lie between 0 and 1");
  }
  const auto list =
      draw_without_replacement(model.size(), options.examples,
                               CounterRandom(options.seed, Purpose::subsample, options.repetition));
  const std::size_t half = list.size() / 2;
  Gradients<T> gradients(model, w);
  Drawn norms{{}, model.size()};
  std::vector<double> u(w.size());
  for (std::size_t k = 0; k < half; ++k) {
    norms.values.push_back(gradients.squared_norm(list[k]));
    for (std::size_t j = 0; j < u.size(); ++j) {
      u[j] += static_cast<double>(gradients.last()[j]);
    }
  }
  for (double& x : u) x /= static_cast<double>(half);
  const double u2 = compensated_squared_norm(u);
  Drawn products{{}, model.size(), static_cast<std::int64_t>(half), static_cast<double>(half) * u2};
  for (std::size_t k = half; k < list.size(); ++k) {
    norms.values.push_back(gradients.squared_norm(list[k]));
    CompensatedSum product;
    for (std::size_t j = 0; j < u.size(); ++j) {
      product.add(static_cast<double>(gradients.last()[j]) * u[j]);
    }
    products.values.push_back(product.value());
  }

  DiversityInterval result;
  result.examples = options.examples;
  result.level = options.level;
  const double G = model.gradient_bound(w);
  result.is_rigorous = std::isfinite(G);
  const double alpha = options.level / 5;
  const double reach = G * std::sqrt(u2);
  const Range moment = result.is_rigorous ? norms.by_betting(0, std::max(G * G, 1e-300), alpha)
                                          : norms.by_central_limit(alpha);
  const Range along = reach > 0 && result.is_rigorous ? products.by_betting(-reach, reach, alpha)
                                                      : products.by_central_limit(alpha);
  // Without replacement the mean of m of N gradients is off by no more than that of m others.
  const double off = result.is_rigorous
                         ? distance_of_mean(static_cast<double>(half), moment.upper, G, alpha)
                         : likely_distance(static_cast<double>(half), moment.upper, alpha);
  result.second_moment_lower = std::max(0.0, moment.lower);
  result.second_moment_upper = moment.upper;
  const double length = std::max(0.0, along.lower) / std::sqrt(u2);
  result.squared_norm_lower = u2 > 0 ? length * length : 0;
  result.squared_norm_upper =
      std::min(moment.upper, std::max(0.0, 2 * along.upper - u2 + off * off));
  // ‖∇F‖² ≤ M², so B_S ≥ 1 without any sample.
  result.lower = result.squared_norm_upper > 0
                     ? std::max(1.0, result.second_moment_lower / result.squared_norm_upper)
                     : 1;
  result.upper = result.squared_norm_lower > 0
                     ? std::max(1.0, moment.upper / result.squared_norm_lower)
                     : std::numeric_limits<double>::infinity();
  result.lower = std::min(result.lower, result.upper);
  const double squared = products.values.empty() ? u2 : mean_of(products.values);
  result.estimate =
      squared > 0 ? mean_of(norms.values) / squared : std::numeric_limits<double>::infinity();
  return result;
}

template DiversityInterval subsampled_diversity(const Model<double>&, std::span<const double>,
                                                const SubsampleOptions&);
template DiversityInterval subsampled_diversity(const Model<float>&, std::span<const float>,
                                                const SubsampleOptions&);

}  // namespace graddiv::measure
