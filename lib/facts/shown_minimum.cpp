#include "facts/shown_minimum.h"

#include <algorithm>

#include "facts/curvature.h"
#include "number/exact.h"

namespace graddiv {

using proof::DualityGap;

namespace {

bool is_bounded(const Vector<Enclosure>& v) {
  for (Eigen::Index j = 0; j < v.size(); ++j) {
    if (!v(j).is_bounded()) return false;
  }
  return true;
}

// max_{v ∈ W} ⟨g, w − v⟩ for a bounded W.
Enclosure linear_gap(const Domain& W, const Vector<Enclosure>& w, const Vector<Enclosure>& g) {
  Enclosure gap;
  if (W.kind() == Domain::Kind::product) {
    Eigen::Index begin = 0;
    for (const Domain& factor : W.factors()) {
      const Eigen::Index size = factor.dimension();
      gap += linear_gap(factor, w.segment(begin, size), g.segment(begin, size));
      begin += size;
    }
    return gap;
  }
  if (W.kind() == Domain::Kind::ball) {
    for (Eigen::Index j = 0; j < g.size(); ++j) gap += g(j) * (w(j) - enclose(W.center()(j)));
    return gap + enclose(W.radius()) * sqrt(g.squaredNorm());
  }
  for (Eigen::Index j = 0; j < g.size(); ++j) {
    gap += max(g(j) * (w(j) - enclose(W.lower()(j))), g(j) * (w(j) - enclose(W.upper()(j))));
  }
  return gap;
}

// F* ≥ F(w) − max_{v ∈ W} ⟨∇F(w), w − v⟩ for convex F: the Frank–Wolfe gap on a bounded W.
std::optional<Enclosure> frank_wolfe_gap(const Problem& problem, const Vector<Enclosure>& w) {
  if (!problem.domain.is_bounded()) return std::nullopt;
  const Vector<Enclosure> g = full_gradient(problem, w);
  if (!is_bounded(g)) return std::nullopt;
  return linear_gap(problem.domain, w, g);
}

// (1/n) Σ of the numbers that the f_i never fall below.
std::optional<Rational> mean_lower_bound(const Problem& problem) {
  Rational sum = 0;
  for (int i = 0; i < problem.size(); ++i) {
    const auto& bound = problem.sum->facts(i).lower_bound;
    if (!bound) return std::nullopt;
    sum += *bound;
  }
  return Rational(sum / problem.size());
}

}  // namespace

// F ≥ F(v) + F'(v)(w* − v) and F* ≤ F(v), at the lower end v.
Enclosure optimum_between(const Problem& problem, const Rational& lower, const Rational& upper) {
  const Vector<Enclosure> v = Vector<Enclosure>::Constant(1, enclose(lower));
  const Enclosure slope = full_gradient(problem, v)(0);
  const Enclosure most = slope * (enclose(lower, upper) - enclose(lower));
  return objective(problem, v) + Enclosure::hull(0, most);
}

std::pair<Rational, Rational> ends_of_interval(const Domain& W) {
  if (W.kind() == Domain::Kind::box) return {W.lower()(0), W.upper()(0)};
  return {W.center()(0) - W.radius(), W.center()(0) + W.radius()};
}

// For convex F and w ∈ W: F* ≥ F(w) − max over v ∈ W of ⟨∇F(w), w − v⟩, and where it is strongly
// convex
//   F* ≥ F(w) + ⟨∇F(w), w* − w⟩ + (λ/2)‖w* − w‖² ≥ F(w) − ‖∇F(w)‖²/(2λ).
std::optional<Rational> lower_bound_of_optimum(const Problem& problem,
                                               const Vector<Enclosure>& point,
                                               proof::DualityGap::Rule rule,
                                               const std::optional<Rational>& lambda) {
  if (rule == DualityGap::Rule::lower_bounds) return mean_lower_bound(problem);
  Enclosure bound = objective(problem, point);
  if (rule == DualityGap::Rule::frank_wolfe) {
    const auto width = frank_wolfe_gap(problem, point);
    if (!width) return std::nullopt;
    bound -= *width;
  } else {
    if (!lambda || *lambda <= 0) return std::nullopt;
    bound -= full_gradient(problem, point).squaredNorm() / (2 * enclose(*lambda));
  }
  return bound.is_bounded() ? std::optional<Rational>(lower_end(bound)) : std::nullopt;
}

namespace {

/// max(0, M(w_j − upper_j), M(lower_j − w_j)) for every side of a box: zero in W, so that a
/// minimiser of the sum with them is one over W where it lies in W; and steep enough that it does.
void add_sides(const Domain& box, const QuadraticFunction& beside,
               std::vector<MaxAffineFunction>& functions) {
  const Vector<Rational> farthest = box.lower().cwiseAbs().cwiseMax(box.upper().cwiseAbs());
  Rational M = 1 + beside.b.cwiseAbs().maxCoeff();
  if (!beside.A.is_zero()) M += beside.A.dense().cwiseAbs().lazyProduct(farthest).eval().maxCoeff();
  for (const MaxAffineFunction& f : functions) {
    Rational steepest = 0;
    for (const AffinePiece& piece : f.pieces)
      steepest = std::max<Rational>(steepest, piece.a.cwiseAbs().maxCoeff());
    M += steepest;
    for (Eigen::Index j = 0; j < f.curvature.size(); ++j)
      M += f.curvature(j) * std::max<Rational>(abs(box.lower()(j)), abs(box.upper()(j)));
  }
  const Eigen::Index d = box.dimension();
  for (Eigen::Index j = 0; j < d; ++j) {
    const Vector<Rational> normal = Vector<Rational>::Unit(d, j) * M;
    functions.push_back({{{Vector<Rational>::Zero(d), 0},
                          {normal, Rational(-M * box.upper()(j))},
                          {-normal, Rational(M * box.lower()(j))}},
                         Vector<Rational>::Zero(d)});
  }
}

}  // namespace

std::optional<QuadraticFunction> beside_maxima(const Problem& problem) {
  const int d = problem.dimension();
  std::vector<SymmetricMatrix> A;
  Vector<Rational> b = Vector<Rational>::Zero(d);
  Rational c = 0;
  for (const FunctionFacts& f : problem.sum->facts().functions) {
    if (f.max_affine != nullptr) continue;
    if (!f.quadratic) return std::nullopt;
    A.push_back(f.quadratic->A);
    b += f.quadratic->b;
    c += f.quadratic->c;
  }
  if (A.empty()) return QuadraticFunction{SymmetricMatrix::zero(d), b, c};
  const auto count = static_cast<int>(A.size());
  if (count == problem.size() || !curvature::is_certainly_convex(problem)) return std::nullopt;
  return QuadraticFunction{mean(A) * Rational(count), b, c};
}

std::vector<MaxAffineFunction> max_affine_functions(const Problem& problem, bool with_sides) {
  std::vector<MaxAffineFunction> functions;
  const auto beside = beside_maxima(problem);
  if (!beside) return functions;
  for (const FunctionFacts& f : problem.sum->facts().functions) {
    if (f.max_affine != nullptr) functions.push_back(*f.max_affine);
  }
  if (with_sides && problem.domain.kind() == Domain::Kind::box)
    add_sides(problem.domain, *beside, functions);
  return functions;
}

}  // namespace graddiv
