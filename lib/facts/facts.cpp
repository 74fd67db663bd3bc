#include "facts/facts.h"

#include <algorithm>
#include <utility>

#include "facts/batch_size_infimum.h"
#include "facts/curvature.h"
#include "facts/lazy.h"
#include "facts/minimizer.h"
#include "facts/pl_constant.h"
#include "facts/rows.h"
#include "facts/slopes.h"

namespace graddiv {

struct Facts::State {
  explicit State(Problem p) : problem(std::move(p)) {}

  Problem problem;
  Lazy<Fact<Rational>> smoothness, component_smoothness, strong_convexity,
      component_strong_convexity, pl_constant;
  Lazy<Fact<Enclosure>> lipschitz, second_moment_bound, smallest_row_norm2, largest_singular_value2,
      largest_singular_value2_of_unit_rows;
  Lazy<Fact<BatchSizeInfimum>> batch_size_infimum;
  Lazy<Minimum> minimum;
};

namespace {

// Facts are kept for all threads, so they must not depend on the precision of the one that asks
// first: exact numbers stay exact whatever their size, and intervals are at least this narrow.
Precision precision_of_facts() {
  return {std::max(current_precision().bits, 256U), Precision::unlimited};
}

template <class T, class Compute>
const T& compute_once(Lazy<T>& lazy, const Compute& compute) {
  return lazy.get([&] {
    const PrecisionScope scope(precision_of_facts());
    return compute();
  });
}

}  // namespace

Facts::Facts(Problem problem) : state_(std::make_shared<State>(std::move(problem))) {}

const Problem& Facts::problem() const { return state_->problem; }

const Fact<Rational>& Facts::smoothness() const {
  return compute_once(state_->smoothness, [&] { return curvature::smoothness(problem()); });
}

const Fact<Rational>& Facts::component_smoothness() const {
  return compute_once(state_->component_smoothness,
                      [&] { return curvature::component_smoothness(problem()); });
}

const Fact<Rational>& Facts::strong_convexity() const {
  return compute_once(state_->strong_convexity,
                      [&] { return curvature::strong_convexity(problem()); });
}

const Fact<Rational>& Facts::component_strong_convexity() const {
  return compute_once(state_->component_strong_convexity,
                      [&] { return curvature::component_strong_convexity(problem()); });
}

const Fact<Rational>& Facts::pl_constant() const {
  return compute_once(state_->pl_constant,
                      [&] { return graddiv::pl_constant(problem(), strong_convexity()); });
}

const Fact<Enclosure>& Facts::lipschitz() const {
  return compute_once(state_->lipschitz, [&] { return slopes::lipschitz(problem()); });
}

namespace {

const Minimum& minimum_of(const Facts& facts, Lazy<Minimum>& lazy) {
  return compute_once(lazy, [&] {
    // Quadratic functions need no curvature constants.
    if (facts.problem().sum->quadratic(0)) return minimize(facts.problem(), {}, {});
    return minimize(facts.problem(), facts.smoothness(), facts.strong_convexity());
  });
}

}  // namespace

const Fact<Vector<Enclosure>>& Facts::minimizer() const {
  return minimum_of(*this, state_->minimum).minimizer;
}

const Fact<Enclosure>& Facts::optimum() const { return minimum_of(*this, state_->minimum).optimum; }

const Fact<BatchSizeInfimum>& Facts::batch_size_infimum() const {
  return compute_once(state_->batch_size_infimum, [&] {
    // The minimiser matters on bounded domains only.
    if (!problem().domain.is_bounded()) return graddiv::batch_size_infimum(problem(), {});
    return graddiv::batch_size_infimum(problem(), minimizer());
  });
}

const Fact<Enclosure>& Facts::second_moment_bound() const {
  return compute_once(state_->second_moment_bound,
                      [&] { return slopes::second_moment_bound(problem()); });
}

const Fact<Enclosure>& Facts::smallest_row_norm2() const {
  return compute_once(state_->smallest_row_norm2, [&] { return rows::smallest_norm2(problem()); });
}

const Fact<Enclosure>& Facts::largest_singular_value2() const {
  return compute_once(state_->largest_singular_value2,
                      [&] { return rows::largest_singular_value2(problem()); });
}

const Fact<Enclosure>& Facts::largest_singular_value2_of_unit_rows() const {
  return compute_once(state_->largest_singular_value2_of_unit_rows,
                      [&] { return rows::largest_singular_value2_of_unit_rows(problem()); });
}

}  // namespace graddiv
