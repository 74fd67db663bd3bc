#include "problem/problem.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "number/exact.h"
#include "problem/sum_in_doubles.h"

namespace graddiv {

namespace {

double value_of(const SumInDoubles& all, const Vector<double>& w) { return all.value(w); }
Enclosure value_of(const SumInDoubles& all, const Vector<Enclosure>& w) { return all.at(w).value; }
Vector<double> gradient_of(const SumInDoubles& all, const Vector<double>& w) {
  return all.gradient(w);
}
Vector<Enclosure> gradient_of(const SumInDoubles& all, const Vector<Enclosure>& w) {
  return all.at(w).gradient;
}

}  // namespace

template <class T>
T objective(const Problem& problem, const Vector<T>& w) {
  if (const SumInDoubles* all = problem.sum->in_doubles()) return value_of(*all, w);
  T sum(0);
  for (int i = 0; i < problem.size(); ++i) sum += problem.sum->value(i, w);
  return sum / T(problem.size());
}

template <class T>
Vector<T> full_gradient(const Problem& problem, const Vector<T>& w) {
  if (const SumInDoubles* all = problem.sum->in_doubles()) return gradient_of(*all, w);
  Vector<T> sum = problem.sum->gradient(0, w);
  for (int i = 1; i < problem.size(); ++i) sum += problem.sum->gradient(i, w);
  sum /= T(problem.size());
  return sum;
}

template <class T>
std::vector<Vector<T>> gradients(const Problem& problem, const Vector<T>& w) {
  std::vector<Vector<T>> result;
  result.reserve(static_cast<std::size_t>(problem.size()));
  for (int i = 0; i < problem.size(); ++i) result.push_back(problem.sum->gradient(i, w));
  return result;
}

template double objective(const Problem&, const Vector<double>&);
template Enclosure objective(const Problem&, const Vector<Enclosure>&);
template Vector<double> full_gradient(const Problem&, const Vector<double>&);
template Vector<Enclosure> full_gradient(const Problem&, const Vector<Enclosure>&);
template std::vector<Vector<double>> gradients(const Problem&, const Vector<double>&);
template std::vector<Vector<Enclosure>> gradients(const Problem&, const Vector<Enclosure>&);

// φ(t) = F(w + t·step) is smooth or convex, as all families are: φ' is ⟨∇F(w + t·step), step⟩ for
// almost all t, and F(w + step) − F(w) its integral over [0, 1].
Enclosure change_of_objective(const Problem& problem, const Vector<Enclosure>& w,
                              const Vector<Enclosure>& step) {
  const Vector<Enclosure> next = w + step;
  const Enclosure difference = objective(problem, next) - objective(problem, w);
  if (difference.is_exact()) return difference;
  const Vector<Enclosure> segment = w.binaryExpr(
      next, [](const Enclosure& from, const Enclosure& to) { return Enclosure::hull(from, to); });
  const Enclosure integral = full_gradient(problem, segment).dot(step);
  return Enclosure::intersection(difference, integral);
}

std::optional<QuadraticFunction> quadratic_objective(const Problem& problem) {
  if (!problem.sum->facts().is_quadratic()) return std::nullopt;
  std::vector<SymmetricMatrix> curvatures;
  Vector<Rational> b = Vector<Rational>::Zero(problem.dimension());
  Rational c = 0;
  for (const FunctionFacts& f : problem.sum->facts().functions) {
    curvatures.push_back(f.quadratic->A);
    b += f.quadratic->b;
    c += f.quadratic->c;
  }
  const Rational n = problem.size();
  return QuadraticFunction{mean(curvatures), b / n, c / n};
}

CurvatureBounds objective_curvature(const Problem& problem) {
  std::vector<SymmetricMatrix> lower, upper;
  for (const FunctionFacts& f : problem.sum->facts().functions) {
    if (f.curvature.lower) lower.push_back(*f.curvature.lower);
    if (f.curvature.upper) upper.push_back(*f.curvature.upper);
  }
  const auto n = static_cast<std::size_t>(problem.size());
  CurvatureBounds average;
  if (lower.size() == n) average.lower = mean(lower);
  if (upper.size() == n) average.upper = mean(upper);
  return average;
}

std::optional<SymmetricMatrix> least_curvature_within(const Problem& problem,
                                                      const Vector<Enclosure>& box) {
  std::vector<SymmetricMatrix> terms;
  for (int i = 0; i < problem.size(); ++i) {
    const auto term = problem.sum->least_curvature_within(i, box);
    if (!term) return std::nullopt;
    terms.push_back(*term);
  }
  return mean(terms);
}

std::shared_ptr<const FiniteSum> select(const std::shared_ptr<const FiniteSum>& sum,
                                        const std::vector<int>& indices) {
  if (indices.empty()) throw std::invalid_argument("a finite sum needs at least one function");
  for (const int i : indices) {
    if (i < 0 || i >= sum->size()) {
      throw std::out_of_range("there is no function with index " + std::to_string(i));
    }
  }
  return sum->select(indices);
}

Problem replicate(const Problem& problem, int r) {
  if (r < 1) throw std::invalid_argument("the number of copies must be at least 1");
  if (problem.size() > std::numeric_limits<int>::max() / r) {
    throw std::invalid_argument("too many copies");
  }
  std::vector<int> indices;
  for (int i = 0; i < problem.size(); ++i)
    indices.insert(indices.end(), static_cast<std::size_t>(r), i);
  return {select(problem.sum, indices), problem.domain};
}

nlohmann::ordered_json to_json(const Problem& problem) {
  nlohmann::ordered_json result = problem.sum->to_json();
  result["domain"] = problem.domain.to_json();
  return result;
}

}  // namespace graddiv
