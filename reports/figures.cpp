#include "reports/figures.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

namespace graddiv::reports {

namespace {

// More lines than these in one plot cannot be told apart.
constexpr std::size_t largest_number_of_forms = 3;
// From this ratio of the largest value to the smallest on, a linear axis shows nothing of the small
// ones.
constexpr double logarithmic_from = 30;

bool is_drawable(const SeriesPoint& p) { return std::isfinite(p.left) && std::isfinite(p.right); }

/// What tells the curves of a plot apart: pairs of points, and what has no iteration, make one.
Text form_of(const Place& place) {
  return place.iteration ? to_text(place.without_iteration()) : Text();
}

/// The iteration, or the running number of what has none.
double abscissa(const SeriesPoint& p, std::size_t number) {
  return p.place.iteration ? *p.place.iteration : static_cast<double>(number);
}

bool is_same(const Curve& a, const Curve& b) {
  return std::ranges::equal(a.points, b.points, [](const CurvePoint& p, const CurvePoint& q) {
    return p.x == q.x && p.y == q.y;
  });
}

struct Sides {
  Curve left;
  Curve right;
};

Sides& sides_of(std::vector<Sides>& forms, const Text& form) {
  for (Sides& s : forms)
    if (s.left.form == form) return s;
  return forms.emplace_back(Sides{{form, false, false, {}}, {form, true, false, {}}});
}

std::vector<Sides> by_form(const std::vector<SeriesPoint>& series) {
  std::vector<Sides> forms;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const SeriesPoint& p = series[i];
    if (!is_drawable(p)) continue;
    Sides& sides = sides_of(forms, form_of(p.place));
    sides.left.points.push_back({abscissa(p, i), p.left});
    sides.right.points.push_back({abscissa(p, i), p.right});
  }
  if (forms.size() > largest_number_of_forms) forms.resize(largest_number_of_forms);
  return forms;
}

bool has_several_at_one_place(const Curve& curve) {
  std::set<double> seen;
  return !std::ranges::all_of(curve.points,
                              [&](const CurvePoint& p) { return seen.insert(p.x).second; });
}

void add_if_new(std::vector<Curve>& curves, const Curve& curve) {
  const auto same = std::ranges::find_if(curves, [&](const Curve& c) { return is_same(c, curve); });
  if (same == curves.end())
    curves.push_back(curve);
  else if (same->form != curve.form)
    same->form += ", " + curve.form;
}

bool agree(const std::vector<Sides>& forms) {
  constexpr double rounding = 1e-9;  // only decides what a legend says
  for (const Sides& s : forms)
    for (std::size_t i = 0; i < s.left.points.size(); ++i) {
      const double a = s.left.points[i].y;
      const double b = s.right.points[i].y;
      if (std::abs(a - b) > rounding * std::max(std::abs(a), std::abs(b))) return false;
    }
  return true;
}

void choose_axis(Plot& plot) {
  double smallest = INFINITY;
  double largest = 0;
  int positive = 0;
  int zeros = 0;
  for (const Curve& c : plot.curves)
    for (const CurvePoint& p : c.points) {
      if (p.y < 0) return;
      if (p.y == 0) {
        ++zeros;
        continue;
      }
      ++positive;
      smallest = std::min(smallest, p.y);
      largest = std::max(largest, p.y);
    }
  plot.logarithmic = largest > logarithmic_from * smallest && zeros * 4 <= positive;
  if (plot.logarithmic) plot.zeros_hidden = zeros;
}

void thin(Curve& curve, std::size_t largest) {
  const std::size_t n = curve.points.size();
  if (n <= largest) return;
  std::vector<CurvePoint> kept;
  for (std::size_t i = 0; i < largest; ++i)
    kept.push_back(curve.points[i * (n - 1) / (largest - 1)]);
  curve.points = std::move(kept);
}

}  // namespace

Histogram histogram(std::span<const double> ratios, int bins) {
  if (bins < 1) throw std::invalid_argument("a histogram needs at least one bin");
  Histogram result{std::vector<std::int64_t>(static_cast<std::size_t>(bins)), 0};
  for (const double ratio : ratios) {
    if (!(ratio >= 0 && ratio <= 1)) {
      ++result.outside;
      continue;
    }
    const auto bin = static_cast<int>(ratio * bins);
    ++result.counts[static_cast<std::size_t>(std::min(bin, bins - 1))];
  }
  return result;
}

Plot plot_of(const std::vector<SeriesPoint>& series, int largest) {
  const std::vector<Sides> forms = by_form(series);
  Plot plot;
  plot.along_iterations = !series.empty() && std::ranges::all_of(series, [](const SeriesPoint& p) {
    return p.place.iteration.has_value();
  });
  plot.sides_agree = agree(forms);
  for (const Sides& s : forms) add_if_new(plot.curves, s.left);
  std::vector<Curve> bounds;
  for (const Sides& s : forms) add_if_new(bounds, s.right);
  plot.curves.insert(plot.curves.end(), bounds.begin(), bounds.end());
  for (Curve& c : plot.curves) c.is_scattered = has_several_at_one_place(c);
  choose_axis(plot);
  for (Curve& c : plot.curves) thin(c, static_cast<std::size_t>(std::max(largest, 2)));
  return plot;
}

int iterations_shown(const std::vector<SeriesPoint>& series) {
  std::set<int> shown;
  for (const SeriesPoint& p : series) {
    if (is_drawable(p) && p.place.iteration) shown.insert(*p.place.iteration);
  }
  return static_cast<int>(shown.size());
}

}  // namespace graddiv::reports
