#include <algorithm>
#include <utility>

#include "facts/facts.h"
#include "instances/recipes/promises.h"
#include "instances/recipes/recipes.h"
#include "number/exact.h"

namespace graddiv::recipes {
namespace {

Instance any_rational_family(Choices choices) {
  using Family = Instance (*)(Choices);
  const auto family = choices.one_of<Family>({least_squares, linear, convex, any_quadratic,
                                              indefinite_parts, generalized_linear_rational});
  return family(choices);
}

Domain bounded_domain(Choices choices, const Vector<Rational>& inside) {
  return choices.once_in(2) ? ball_around(choices, inside) : box_around(choices, inside);
}

/// A box that holds the start and w*: the run has somewhere to go.
Domain box_to_the_minimizer(Choices choices, const Instance& instance) {
  const auto minimizer = Facts(instance.problem).minimizer().value;
  Domain box = box_around(choices, instance.run.start);
  if (!minimizer) return box;
  Vector<Rational> lower = box.lower();
  Vector<Rational> upper = box.upper();
  for (Eigen::Index j = 0; j < lower.size(); ++j) {
    const Enclosure& w = (*minimizer)(j);
    if (!w.is_exact()) return box;
    lower(j) = std::min(lower(j), exact_value(w));
    upper(j) = std::max(upper(j), exact_value(w));
  }
  return Domain::box(lower, upper);
}

}  // namespace

namespace {

/// A strongly convex run of few paths, on a domain that mostly holds w*.
Instance bounded_strongly_convex(Choices choices) {
  Instance instance = strongly_convex_of_few_paths(choices);
  instance.run = shortened(instance.run, instance.problem.size(), 4096);
  Choices domain = choices.part(part::domain);
  instance.problem.domain = domain.once_in(4) ? bounded_domain(domain, instance.run.start)
                                              : box_to_the_minimizer(domain, instance);
  return instance;
}

}  // namespace

Instance bounded(Choices choices) {
  if (!choices.once_in(4)) {
    return promising(choices, Rate::strongly_convex,
                     [&] { return bounded_strongly_convex(choices); });
  }
  Instance instance = any_rational_family(choices);
  instance.run = shortened(instance.run, instance.problem.size(), 4096);
  instance.problem.domain = bounded_domain(choices.part(part::domain), instance.run.start);
  return instance;
}

Instance any_rational(Choices choices) {
  Instance instance = any_rational_family(choices);
  Vector<Rational>& start = instance.run.start;

  Choices domain = choices.part(part::domain);
  if (domain.up_to(2) > 0) {
    Vector<Rational> inside = start;
    if (domain.once_in(6)) inside += domain.vector(start.size());
    instance.problem.domain = bounded_domain(domain, inside);
  }
  const int n = instance.problem.size();
  instance.run = domain.once_in(3) ? varying_short_run(choices.part(part::run), n, start, 256)
                                   : shortened(instance.run, n, 4096);
  return instance;
}

// A ball would leave the rationals, and an interval that holds a kink has no narrow gradient.
Instance nonsmooth(Choices choices) {
  Instance instance = maxima(choices);
  if (choices.once_in(2))
    instance.problem.domain = box_around(choices.part(part::domain), instance.run.start);
  return instance;
}

}  // namespace graddiv::recipes
