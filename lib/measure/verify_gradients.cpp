#include "measure/verify_gradients.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/random.h"
#include "measure/totals.h"

namespace graddiv::measure {
namespace {

double norm(std::span<const double> v) {
  CompensatedSum sum;
  for (const double x : v) sum.add(x * x);
  return std::sqrt(sum.value());
}

double loss_at(const Model<double>& model, std::int64_t i, std::span<const double> w) {
  double loss = 0;
  BlockOutput<double> output;
  output.losses = {&loss, 1};
  model.add_block({i, 1, nullptr}, w, output);
  return loss;
}

/// (f(w + hv) − f(w − hv)) / 2h with its h² term removed.
double difference_quotient(const Model<double>& model, std::int64_t i, std::span<const double> w,
                           const std::vector<double>& v, double h) {
  const auto quotient = [&](double step) {
    std::vector<double> right(w.begin(), w.end());
    std::vector<double> left = right;
    for (std::size_t j = 0; j < v.size(); ++j) {
      right[j] += step * v[j];
      left[j] -= step * v[j];
    }
    return (loss_at(model, i, right) - loss_at(model, i, left)) / (2 * step);
  };
  return (4 * quotient(h) - quotient(2 * h)) / 3;
}

}  // namespace

GradientCheck verify_gradients(const Model<double>& model, std::span<const double> w,
                               std::int64_t examples, std::uint64_t seed) {
  GradientCheck check;
  check.examples = std::min(examples, model.size());
  const CounterRandom random(seed, Purpose::subsample, 0x6368'6563U);
  const std::size_t layers = model.layers().size();
  std::vector<std::int64_t> list;
  std::vector<double> sum(w.size());
  double lengths = 0;
  double squares = 0;
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
    squares += length * length;
    // A smaller step leaves the kinks of relu outside.
    double departure = std::numeric_limits<double>::infinity();
    for (const double h : {1e-4, 1e-5, 1e-6}) {
      departure = std::min(departure, std::abs(slope - difference_quotient(model, i, w, v, h)));
    }
    check.slope = std::max(check.slope, departure);
  }
  if (squares > 0) check.slope /= std::sqrt(squares / static_cast<double>(check.examples));
  const Totals together = totals<double>(model, Selection::of(list), w);
  for (std::size_t j = 0; j < sum.size(); ++j) sum[j] -= together.gradient[j];
  if (lengths > 0) check.sum = norm(sum) / lengths;
  return check;
}

}  // namespace graddiv::measure
