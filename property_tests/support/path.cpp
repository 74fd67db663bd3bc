#include "property_tests/support/path.h"

#include <algorithm>

#include "constructions/catalogue.h"
#include "number/exact.h"

namespace graddiv {
namespace {

/// Exact where it is, else a rational in the middle: whatever an adversary computes from it, the
/// step it names is a step.
Rational rounded(const Enclosure& x) {
  return x.is_exact() ? exact_value(x) : rational_from(x.approximate());
}

Vector<Rational> rounded(const Vector<Enclosure>& x) {
  return x.unaryExpr([](const Enclosure& entry) { return rounded(entry); });
}

Rational distance2(const Outlook& now, const Vector<Rational>& w, const Vector<Rational>& s,
                   const Rational& gamma) {
  return Vector<Rational>(w - s * gamma - now.minimizer).squaredNorm();
}

Rational random_step(const Outlook& now, Choices& choices) {
  const Rational scale = choices.positive() / now.B;
  return choices.one_of<Rational>({scale, -scale, scale / 10, 100 * scale, 0});
}

// ½‖w − γs − w*‖² is least at γ = ⟨w − w*, s⟩/‖s‖².
Rational nearest_step(const Outlook& now, Choices&) {
  const Vector<Rational> s = rounded(now.direction);
  const Vector<Rational> offset = rounded(now.w) - now.minimizer;
  return s.isZero() ? Rational(0) : Rational(offset.dot(s) / s.squaredNorm());
}

// γ_k = 1/(aB(K+k)) attains the bound of lower-replicated for m = 1.
Rational attaining_step(const Outlook& now, Choices&) {
  const Parameters p = find_construction("lower-replicated").recognise(*now.problem.sum).value();
  return 1 / (p.at("blocks") * p.at("lambda") * now.B * (p.at("iterations") + now.k));
}

// The best of many for the distance after the step.
Rational grid_step(const Outlook& now, Choices& choices) {
  const Vector<Rational> w = rounded(now.w);
  const Vector<Rational> s = rounded(now.direction);
  const Rational mesh = choices.positive() / (4 * now.B);
  Rational best = 0;
  for (int j = -16; j <= 16; ++j) {
    if (distance2(now, w, s, mesh * j) < distance2(now, w, s, best)) best = mesh * j;
  }
  return best;
}

// (F(w) − F*)/‖g‖² for the mean g = s/B of the batch, as a step for their sum.
Rational polyak_step(const Outlook& now, Choices&) {
  const Rational gap = rounded(objective(now.problem, now.w)) - now.optimum;
  const Rational norm2 = rounded(now.direction).squaredNorm();
  return norm2 == 0 ? Rational(0) : Rational(gap * now.B / norm2);
}

// h(γ) = F(w − γs) is convex and, between the γ at which two coordinates of w − γs change places,
// quadratic with h'' = sᵀ∇²F s. The least of its breakpoints has the minimum of h on one side of
// it.
Rational line_search(const Outlook& now, Choices&) {
  const Vector<Rational> w = rounded(now.w);
  const Vector<Rational> s = rounded(now.direction);
  if (s.isZero()) return 0;
  const auto at = [&](const Rational& gamma) { return enclose(Vector<Rational>(w - s * gamma)); };
  const auto h = [&](const Rational& gamma) {
    return exact_value(objective(now.problem, at(gamma)));
  };
  std::vector<Rational> breaks = {0};
  for (Eigen::Index i = 0; i < w.size(); ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      if (s(i) != s(j)) breaks.push_back((w(i) - w(j)) / (s(i) - s(j)));
    }
  }
  std::sort(breaks.begin(), breaks.end());
  breaks.insert(breaks.begin(), breaks.front() - 1000);
  breaks.push_back(breaks.back() + 1000);
  // A convex sequence falls, then rises.
  auto least = breaks.begin();
  for (auto last = breaks.end() - 1; least != last;) {
    const auto middle = least + (last - least) / 2;
    if (h(*middle) <= h(*(middle + 1))) {
      last = middle;
    } else {
      least = middle + 1;
    }
  }
  const SymmetricMatrix hessian = *objective_curvature(now.problem).lower;
  const Vector<Rational> Hs = hessian * s;
  const Rational bend = s.dot(Hs);
  Rational best = *least;
  const auto try_between = [&](const Rational& from, const Rational& to) {
    const Rational middle = (from + to) / 2;
    const Rational slope = -exact_value(full_gradient(now.problem, at(middle)).dot(enclose(s)));
    const Rational bottom = middle - slope / bend;
    if (from < bottom && bottom < to && h(bottom) < h(best)) best = bottom;
  };
  if (least != breaks.begin()) try_between(*(least - 1), *least);
  if (least + 1 != breaks.end()) try_between(*least, *(least + 1));
  return best;
}

}  // namespace

const std::vector<Adversary>& adversaries() {
  static const std::vector<Adversary> all = {
      {"random steps of any sign", random_step},  {"1/(aB(K+k))", attaining_step},
      {"exact line search", line_search},         {"Polyak step", polyak_step},
      {"nearest to the minimiser", nearest_step}, {"best of a grid", grid_step}};
  return all;
}

}  // namespace graddiv
