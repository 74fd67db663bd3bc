#pragma once

#include <memory>

#include "problem/domain.h"
#include "problem/finite_sum.h"

namespace graddiv {

/// min over W of F(w) = (1/n) Σ f_i(w). Plain data: cheap to copy, never changed.
struct Problem {
  std::shared_ptr<const FiniteSum> sum;
  Domain domain = Domain::all();

  int dimension() const { return sum->dimension(); }
  int size() const { return sum->size(); }
};

/// F(w) and ∇F(w), and all gradients at once, for T = double or Enclosure. Of a sum with many
/// numbers (FiniteSum::in_doubles) F and ∇F are enclosed from doubles, never exact.
template <class T>
T objective(const Problem& problem, const Vector<T>& w);
template <class T>
Vector<T> full_gradient(const Problem& problem, const Vector<T>& w);
template <class T>
std::vector<Vector<T>> gradients(const Problem& problem, const Vector<T>& w);

/// F(w + step) − F(w), as narrow as both the values of F and the mean value theorem allow: for
/// small steps far out, where the values are all but equal, the latter alone tells something.
Enclosure change_of_objective(const Problem& problem, const Vector<Enclosure>& w,
                              const Vector<Enclosure>& step);

/// F as a quadratic function where every f_i is one.
std::optional<QuadraticFunction> quadratic_objective(const Problem& problem);
/// lower ⪯ ∇²F ⪯ upper: the averages of the bounds of the f_i.
CurvatureBounds objective_curvature(const Problem& problem);
/// lower ⪯ ∇²F(w) for w in a box, likewise.
std::optional<SymmetricMatrix> least_curvature_within(const Problem& problem,
                                                      const Vector<Enclosure>& box);

/// r copies of every function. Throws std::invalid_argument if r < 1.
Problem replicate(const Problem& problem, int r);

nlohmann::ordered_json to_json(const Problem& problem);

}  // namespace graddiv
