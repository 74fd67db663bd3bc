#include "reports/figures.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string_view>

namespace graddiv::reports {

namespace {

// More lines than these in one plot cannot be told apart.
constexpr std::size_t largest_number_of_forms = 3;
// From this ratio of the largest value to the smallest on, a linear axis shows nothing of the small
// ones.
constexpr double logarithmic_from = 30;

bool is_drawable(const SeriesPoint& p) {
  return std::isfinite(p.k) && std::isfinite(p.left) && std::isfinite(p.right);
}

bool is_at_iteration(const SeriesPoint& p) { return p.where.starts_with("k = "); }

/// "k = 7, in expectation" → "in expectation". Places that name no iteration have no form.
std::string form_of(const SeriesPoint& p) {
  const std::size_t comma = p.where.find(", ");
  return is_at_iteration(p) && comma != std::string::npos ? p.where.substr(comma + 2)
                                                          : std::string();
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

Sides& sides_of(std::vector<Sides>& forms, const std::string& form) {
  for (Sides& s : forms)
    if (s.left.form == form) return s;
  return forms.emplace_back(Sides{{form, false, {}}, {form, true, {}}});
}

std::vector<Sides> by_form(const std::vector<SeriesPoint>& series) {
  std::vector<Sides> forms;
  for (const SeriesPoint& p : series) {
    if (!is_drawable(p)) continue;
    Sides& sides = sides_of(forms, form_of(p));
    sides.left.points.push_back({p.k, p.left});
    sides.right.points.push_back({p.k, p.right});
  }
  if (forms.size() > largest_number_of_forms) forms.resize(largest_number_of_forms);
  return forms;
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
  plot.along_iterations = !series.empty() && std::ranges::all_of(series, is_at_iteration);
  plot.sides_agree = agree(forms);
  for (const Sides& s : forms) add_if_new(plot.curves, s.left);
  std::vector<Curve> bounds;
  for (const Sides& s : forms) add_if_new(bounds, s.right);
  plot.curves.insert(plot.curves.end(), bounds.begin(), bounds.end());
  choose_axis(plot);
  for (Curve& c : plot.curves) thin(c, static_cast<std::size_t>(std::max(largest, 2)));
  return plot;
}

int iterations_shown(const std::vector<SeriesPoint>& series) {
  std::set<double> shown;
  for (const SeriesPoint& p : series)
    if (is_drawable(p) && is_at_iteration(p)) shown.insert(p.k);
  return static_cast<int>(shown.size());
}

}  // namespace graddiv::reports
