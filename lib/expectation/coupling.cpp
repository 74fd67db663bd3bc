#include "expectation/coupling.h"

#include "number/exact.h"
#include "sgd/step.h"

namespace graddiv::coupling {
namespace {

/// ∇f_i(w), with that of the replacement in its place: the gradients of S' at w.
template <class T>
std::vector<Vector<T>> gradients_of_neighbour(const Problem& problem, const Neighbour& neighbour,
                                              const Vector<T>& w) {
  auto result = gradients(problem, w);
  result.at(static_cast<std::size_t>(neighbour.index)) = neighbour.replacement->gradient(0, w);
  return result;
}

// The two runs are one walk in R^{2d}, at (w; w').
template <class T>
Vector<T> stacked(const Vector<T>& w, const Vector<T>& w_prime) {
  Vector<T> x(w.size() + w_prime.size());
  x << w, w_prime;
  return x;
}

template <class T>
std::vector<Vector<T>> gradients_of_both(const Problem& problem, const Neighbour& neighbour,
                                         const Vector<T>& x) {
  const Eigen::Index d = problem.dimension();
  auto result = gradients(problem, Vector<T>(x.head(d)));
  const auto others = gradients_of_neighbour(problem, neighbour, Vector<T>(x.tail(d)));
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = stacked(result[i], others[i]);
  return result;
}

template <class T>
Vector<T> step_of_both(const Problem& problem, const Vector<T>& x,
                       const std::vector<Vector<T>>& gradients, const std::vector<Drawn>& drawn,
                       const T& gamma) {
  const Eigen::Index d = problem.dimension();
  const Vector<T> moved = mini_batch_step(Domain::all(), x, gradients, drawn, gamma);
  return stacked(problem.domain.project(Vector<T>(moved.head(d))),
                 problem.domain.project(Vector<T>(moved.tail(d))));
}

bool same(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  for (Eigen::Index j = 0; j < a.size(); ++j) {
    if (!a[j].same_as(b[j])) return false;
  }
  return true;
}

// Two enclosures of one point are no proof that the points are one.
bool have_not_parted(const Pair& p) {
  for (Eigen::Index j = 0; j < p.w.size(); ++j) {
    if (!p.w[j].is_exact()) return false;
  }
  return same(p.w, p.w_prime);
}

template <class Value>
Enclosure mean(const std::vector<Pair>& law, Value value) {
  Enclosure sum = 0;
  for (const Pair& p : law) sum += p.probability * value(p);
  return sum;
}

Enclosure norm2(const Pair& p) { return Vector<Enclosure>(p.w - p.w_prime).squaredNorm(); }

}  // namespace

void visit_law(const Problem& problem, const Neighbour& neighbour, const Run& run,
               const enumeration::Options& options,
               const std::function<void(int, const std::vector<Pair>&)>& visit) {
  const Eigen::Index d = problem.dimension();
  const auto gradients_at = [&](const auto& x) { return gradients_of_both(problem, neighbour, x); };
  const auto step = [&](const auto& x, const auto& gradients, const auto& drawn,
                        const auto& gamma) {
    return step_of_both(problem, x, gradients, drawn, gamma);
  };
  const Vector<Enclosure> start = enclose(run.start);
  const Vector<double> near_start = to_double(run.start);
  const enumeration::Walk walk{stacked(start, start),
                               gradients_at,
                               step,
                               {stacked(near_start, near_start), gradients_at, step}};
  enumeration::visit_law(walk, run, options,
                         [&](int k, const std::vector<enumeration::State>& states) {
                           std::vector<Pair> pairs;
                           pairs.reserve(states.size());
                           for (const auto& s : states)
                             pairs.push_back({s.w.head(d), s.w.tail(d), s.probability});
                           visit(k, pairs);
                         });
}

Enclosure distance(const std::vector<Pair>& law) {
  return mean(law, [](const Pair& p) {
    return p.w.size() == 1 ? abs(p.w[0] - p.w_prime[0]) : sqrt(norm2(p));
  });
}

Enclosure squared_distance(const std::vector<Pair>& law) { return mean(law, norm2); }

Enclosure value_difference(const std::vector<Pair>& law, const FiniteSum& sum, int i) {
  return mean(law, [&](const Pair& p) {
    return have_not_parted(p) ? Enclosure(0) : sum.value(i, p.w) - sum.value(i, p.w_prime);
  });
}

}  // namespace graddiv::coupling
