#include "measure/verify_gradients.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/random.h"
#include "measure/totals.h"

namespace graddiv::measure {
namespace {

double norm(std::span<const double> v) { return std::sqrt(compensated_squared_norm(v)); }

double loss_at(const Model<double>& model, std::int64_t i, std::span<const double> w) {
  double loss = 0;
  BlockOutput<double> output;
  output.losses = {&loss, 1};
  model.add_block({i, 1, nullptr}, w, output);
  return loss;
}

/// (f(w + hv) − f(w − hv)) / 2h with its h² term removed; `size` is the largest |f| on the way.
double difference_quotient(const Model<double>& model, std::int64_t i, std::span<const double> w,
                           const std::vector<double>& v, double h, double& size) {
  const auto quotient = [&](double step) {
    std::vector<double> right(w.begin(), w.end());
    std::vector<double> left = right;
    for (std::size_t j = 0; j < v.size(); ++j) {
      right[j] += step * v[j];
      left[j] -= step * v[j];
    }
    const double above = loss_at(model, i, right);
    const double below = loss_at(model, i, left);
    size = std::max({size, std::abs(above), std::abs(below)});
    return (above - below) / (2 * step);
  };
  return (4 * quotient(h) - quotient(2 * h)) / 3;
}

/// How far the slope departs from the difference quotient, relative to the gradient's length, at
/// the step that explains it best; infinite where rounding of the losses hides it at any step.
/// The quotient is off by h⁴ times a fifth derivative, and by the rounding of the losses over h.
/// Neither is known beforehand: losses of 1e14 need steps that take a network beyond its kinks. So
/// every power of ten is tried, and those that rounding spoils are left out; a slope that is wrong
/// is wrong at all others.
double slope_departure(const Model<double>& model, std::int64_t i, std::span<const double> w,
                       const std::vector<double>& v, double slope, double length) {
  double least = std::numeric_limits<double>::infinity();
  for (double h = 1e3; h > 1e-13; h /= 10) {
    double size = 0;
    const double found = difference_quotient(model, i, w, v, h, size);
    const double rounding = 64 * 0x1p-52 * size / h;
    if (rounding > GradientCheck::largest_slope / 2 * length) continue;
    least = std::min(least, std::abs(slope - found) / length);
  }
  return least;
}

/// Near w, off the kinks of relu, where a start puts inputs of 0 and biases of 0.
std::vector<double> moved_a_little(std::span<const double> w, std::uint64_t seed) {
  const CounterRandom random(seed, Purpose::noise, 0x6368'6563U);
  const double size = norm(w) / std::sqrt(static_cast<double>(w.size()));
  std::vector<double> moved(w.begin(), w.end());
  for (std::size_t j = 0; j < moved.size(); ++j) {
    moved[j] += 1e-3 * size * random.normal(j);
  }
  return moved;
}

}  // namespace

GradientCheck verify_gradients(const Model<double>& model, std::span<const double> at,
                               std::int64_t examples, std::uint64_t seed) {
  const std::vector<double> w = moved_a_little(at, seed);
  GradientCheck check;
  check.examples = std::min(examples, model.size());
  const CounterRandom random(seed, Purpose::subsample, 0x6368'6563U);
  const std::size_t layers = model.layers().size();
  std::vector<std::int64_t> list;
  std::vector<double> sum(w.size());
  double lengths = 0;
  for (std::int64_t k = 0; k < check.examples; ++k) {
    const auto number = static_cast<std::uint64_t>(k);
    const std::int64_t i = random.below(model.size(), number);
    list.push_back(i);
    std::vector<double> gradient(w.size());
    std::vector<double> norms(layers);
    BlockOutput<double> output;
    output.squared_norms = norms;
    output.gradient = gradient;
    model.add_block({i, 1, nullptr}, w, output);
    const double length = norm(gradient);
    lengths += length;
    double reported = 0;
    for (const double part : norms) reported += part;
    if (length > 0) {
      check.squared_norm = std::max(check.squared_norm, std::abs(reported / (length * length) - 1));
    }
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += gradient[j];

    const CounterRandom directions(seed, Purpose::search, number);
    std::vector<double> v(w.size());
    for (std::size_t j = 0; j < v.size(); ++j) v[j] = directions.normal(j);
    const double scale = norm(v);
    double slope = 0;
    for (std::size_t j = 0; j < v.size(); ++j) {
      v[j] /= scale;
      slope += gradient[j] * v[j];
    }
    const double departure = slope_departure(model, i, w, v, slope, length);
    if (std::isfinite(departure)) {
      ++check.slopes;
      check.slope = std::max(check.slope, departure);
    }
  }
  const Totals together = totals<double>(model, Selection::of(list), w);
  for (std::size_t j = 0; j < sum.size(); ++j) sum[j] -= together.gradient[j];
  if (lengths > 0) check.sum = norm(sum) / lengths;
  return check;
}

}  // namespace graddiv::measure
