#include "expectation/foresight.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unordered_set>
#include <utility>

#include "number/exact.h"

namespace graddiv::enumeration {
namespace {

using Point = std::vector<double>;

struct Hash {
  std::size_t operator()(const Point& p) const {
    std::size_t hash = p.size();
    for (const double x : p) hash = hash * 0x9e3779b97f4a7c15U + std::hash<double>()(x);
    return hash;
  }
};

/// Coordinates in units of a grid: equal for points that are one.
Point on_grid(const Vector<double>& x, double grid) {
  Point p(static_cast<std::size_t>(x.size()));
  for (Eigen::Index j = 0; j < x.size(); ++j)
    p[static_cast<std::size_t>(j)] = std::nearbyint(x[j] / grid) + 0.0;  // −0 is 0
  return p;
}

double grid_of(double largest) {
  return std::exp2(std::ceil(std::log2(std::max(largest, 1e-290))) - 36);
}

double largest_coordinate(const Vector<double>& x) {
  return x.size() == 0 ? 0 : x.lpNorm<Eigen::Infinity>();
}

std::vector<Vector<double>> distinct(std::vector<Vector<double>> gradients) {
  double largest = 0;
  for (const auto& g : gradients) largest = std::max(largest, largest_coordinate(g));
  const double grid = grid_of(largest);
  std::unordered_set<Point, Hash> known;
  std::erase_if(gradients,
                [&](const Vector<double>& g) { return !known.insert(on_grid(g, grid)).second; });
  return gradients;
}

/// Each way in which B draws can fall on g gradients, in the order of Draws::for_each_draw.
void for_each_multiset(std::size_t g, long B,
                       const std::function<void(const std::vector<Drawn>&)>& visit) {
  std::vector<Drawn> drawn;
  const auto distribute = [&](const auto& self, std::size_t first, long left) -> void {
    if (left == 0) return visit(drawn);
    for (std::size_t i = g; i-- > first;) {
      for (long c = i + 1 == g ? left : 1; c <= left; ++c) {
        drawn.push_back({i, c});
        self(self, i + 1, left - c);
        drawn.pop_back();
      }
    }
  };
  distribute(distribute, 0, B);
}

/// A point, and the sum of those before it where that is tracked.
struct Sketched {
  Vector<double> w;
  Vector<double> sum;
};

/// Whether the law stays within the limit even if no two points are one.
bool is_small_anyway(const Sketch& sketch, const Run& run, const Options& options) {
  const std::size_t n = sketch.gradients(sketch.start).size();
  double states = 1;
  for (int k = 0; k < run.iterations; ++k) {
    states *= work_of_draws(n, n, run.batch(k));
    if (states > options.largest_transitions) return false;
  }
  return true;
}

}  // namespace

void refuse(int k, std::size_t states, double transitions, double limit) {
  char text[256];
  std::snprintf(text, sizeof text,
                "enumeration: iteration %d would need %.3g transitions from %zu states, more than "
                "the limit of %.3g; "
                "lower the batch size or the number of iterations, or use the moments engine",
                k, transitions, states, limit);
  throw ExpectationError(text);
}

void foresee(const Sketch& sketch, const Run& run, const Options& options) {
  if (run.iterations == 0 || run.full_batch || is_small_anyway(sketch, run, options)) return;
  Sketched start{sketch.start, {}};
  if (options.track_sum) start.sum = Vector<double>::Zero(start.w.size());
  std::vector<Sketched> states{start};
  for (int k = 0; k < run.iterations; ++k) {
    const long B = run.batch(k);
    const double gamma = run.gamma(k).approximate();
    double largest = 0;
    for (const Sketched& s : states) {
      largest = std::max({largest, largest_coordinate(s.w), largest_coordinate(s.sum)});
    }
    const double grid = grid_of(largest);
    std::unordered_set<Point, Hash> known;
    std::vector<Sketched> next;
    double transitions = 0;
    for (std::size_t i = 0; i < states.size(); ++i) {
      const Sketched& s = states[i];
      auto gradients = sketch.gradients(s.w);
      const std::size_t n = gradients.size();
      gradients = distinct(std::move(gradients));
      transitions += work_of_draws(gradients.size(), n, B);
      if (transitions > options.largest_transitions) {
        const double predicted =
            transitions * static_cast<double>(states.size()) / static_cast<double>(i + 1);
        refuse(k, states.size(), predicted, options.largest_transitions);
      }
      if (k + 1 == run.iterations) continue;
      const Vector<double> sum = options.track_sum ? Vector<double>(s.sum + s.w) : s.sum;
      for_each_multiset(gradients.size(), B, [&](const std::vector<Drawn>& drawn) {
        Sketched moved{sketch.step(s.w, gradients, drawn, gamma), sum};
        Point key = on_grid(moved.w, grid);
        const Point of_sum = on_grid(moved.sum, grid);
        key.insert(key.end(), of_sum.begin(), of_sum.end());
        if (known.insert(std::move(key)).second) next.push_back(std::move(moved));
      });
    }
    states = std::move(next);
  }
}

}  // namespace graddiv::enumeration
