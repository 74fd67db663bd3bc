#include "facts/facts.h"

#include <algorithm>
#include <utility>

#include "facts/batch_size_infimum.h"
#include "facts/curvature.h"
#include "facts/gradient_bound.h"
#include "facts/lazy.h"
#include "facts/minimizer.h"
#include "facts/pl_constant.h"
#include "facts/rows.h"
#include "number/exact.h"

namespace graddiv {

namespace {

struct Minima {
  Minimum over_box;  ///< over W, or its bounding box where W is a product of sets
  Minimum over_W;
};

}  // namespace

struct Facts::State {
  explicit State(Problem p) : problem(std::move(p)), outer{problem.sum, problem.domain} {
    if (is_product()) outer.domain = problem.domain.bounding_box();
  }

  bool is_product() const { return problem.domain.kind() == Domain::Kind::product; }
  const Minima& minima_of(const Facts& facts);

  Problem problem;
  /// The problem on R^d, a box or a ball: the given one, or for a product of sets that on its bounding box. What bounds every point
  /// of the box bounds every point of W.
  Problem outer;
  Lazy<Fact<Rational>> smoothness, component_smoothness, strong_convexity,
      component_strong_convexity, pl_constant;
  Lazy<Fact<Enclosure>> lipschitz, second_moment_bound, smallest_row_norm2, largest_singular_value2,
      largest_singular_value2_of_unit_rows;
  Lazy<Fact<BatchSizeInfimum>> batch_size_infimum;
  Lazy<Minima> minima;
};

namespace {

// Facts are kept for all threads, so they must not depend on the precision of the one that asks
// first: exact numbers stay exact whatever their size, and intervals are at least this narrow.
Precision precision_of_facts() {
  return {std::max(current_precision().bits, 256U), Precision::unlimited};
}

template <class T>
T unknown_because(const Proof& why) {
  if constexpr (std::is_same_v<T, Minima>) {
    return {unknown_minimum(why), unknown_minimum(why)};
  } else {
    return {std::nullopt, false, why};
  }
}

template <class T, class Compute>
const T& compute_once(Lazy<T>& lazy, const Compute& compute) {
  return lazy.get([&]() -> T {
    const PrecisionScope scope(precision_of_facts());
    try {
      return compute();
    } catch (const NotFinite&) {
      return unknown_because<T>(proof::Unknown{proof::Unknown::Reason::beyond_doubles});
    }
  });
}

/// What is known of the problem with `outer` in the place of W.
using proof::Derived, proof::Unknown;

template <class T>
Fact<T> relaxed(Fact<T> fact, bool outer_is_box) {
  if (!outer_is_box) return fact;
  return {std::move(fact.value), false, proof::derived(Derived::Step::bounding_box, fact.proof)};
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
  return compute_once(state_->lipschitz, [&] {
    return relaxed(gradient_bound::lipschitz(state_->outer), state_->is_product());
  });
}

namespace {

/// Whether a point of the bounding box of W, a product of sets, lies in W: its boxes need not be asked, whose ends enclosures round.
Truth lies_within(const Domain& W, const Vector<Enclosure>& w) {
  Truth inside = Truth::yes;
  Eigen::Index begin = 0;
  for (const Domain& factor : W.factors()) {
    const Vector<Enclosure> part = w.segment(begin, factor.dimension());
    if (factor.kind() != Domain::Kind::box) inside = inside && factor.contains(part);
    begin += factor.dimension();
  }
  return inside;
}

/// A point of an enclosure, of short numbers.
Vector<Rational> middle_of(const Vector<Enclosure>& w) {
  return w.unaryExpr([](const Enclosure& x) {
    return x.is_exact() ? exact_value(x)
                        : round_to_bits((lower_end(x) + upper_end(x)) / Rational(2), 256);
  });
}

/// A minimum over the bounding box of W is one over W where it lies in W; else it is a lower bound.
Minimum minimum_within(const Problem& problem, const Minimum& over_box) {
  const auto& [minimizer, optimum] = over_box;
  const Domain& W = problem.domain;
  if (minimizer.value && lies_within(W, *minimizer.value) == Truth::yes) return over_box;
  if (!optimum.value)
    return unknown_minimum(proof::derived(Derived::Step::bounding_box, optimum.proof));
  const Domain box = W.bounding_box();
  const Vector<Rational> middle = (box.lower() + box.upper()) / 2;
  const Vector<Rational> w = minimizer.value ? middle_of(*minimizer.value) : middle;
  const Enclosure attained = objective(problem, W.project(enclose(w)));
  Derived between = proof::derived(Derived::Step::value_in_W, optimum.proof);
  between.w = proof::point(w);
  return {{std::nullopt, false, Unknown{Unknown::Reason::outside_W}},
          {Enclosure::hull(optimum.value->lower(), attained.upper()), false, between}};
}

}  // namespace

const Minima& Facts::State::minima_of(const Facts& facts) {
  return compute_once(minima, [&] {
    // Quadratic functions need no curvature constants.
    const Minimum over_box = outer.sum->facts().is_quadratic()
                                 ? minimize(outer, {}, {})
                                 : minimize(outer, facts.smoothness(), facts.strong_convexity());
    return Minima{over_box, is_product() ? minimum_within(problem, over_box) : over_box};
  });
}

const Fact<Vector<Enclosure>>& Facts::minimizer() const {
  return state_->minima_of(*this).over_W.minimizer;
}

const Fact<Enclosure>& Facts::optimum() const { return state_->minima_of(*this).over_W.optimum; }

const Fact<BatchSizeInfimum>& Facts::batch_size_infimum() const {
  return compute_once(state_->batch_size_infimum, [&] {
    const Problem& outer = state_->outer;
    // The minimiser matters on bounded domains only.
    if (!outer.domain.is_bounded()) return graddiv::batch_size_infimum(outer, {});
    return relaxed(graddiv::batch_size_infimum(outer, state_->minima_of(*this).over_box.minimizer),
                   state_->is_product());
  });
}

const Fact<Enclosure>& Facts::second_moment_bound() const {
  return compute_once(state_->second_moment_bound, [&] {
    return relaxed(gradient_bound::second_moment_bound(state_->outer), state_->is_product());
  });
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
