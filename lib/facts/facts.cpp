#include "facts/facts.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "facts/curvature.h"
#include "facts/guess.h"
#include "facts/large.h"
#include "facts/lazy.h"
#include "facts/minimizer.h"
#include "facts/registry.h"
#include "facts/simplified.h"
#include "facts/verify.h"
#include "number/exact.h"

namespace graddiv {

namespace {

using proof::Derived, proof::Unknown;

struct Minima {
  Minimum over_box;  ///< over W, or its bounding box where W is a product of sets
  Minimum over_W;
};

/// The facts with values of one type, each made when first asked for.
template <class T>
class Table {
 public:
  Lazy<Fact<T>>& at(const FactDefinition<T>& definition) {
    const std::lock_guard lock(mutex_);
    return facts_[&definition];
  }

 private:
  std::mutex mutex_;
  std::map<const FactDefinition<T>*, Lazy<Fact<T>>> facts_;
};

template <class... T>
struct Tables : Table<T>... {};

}  // namespace

struct Facts::State {
  explicit State(const Problem& p)
      : problem{p.sum, simplified(p.domain)}, outer{problem.sum, problem.domain} {
    if (is_product()) outer.domain = problem.domain.bounding_box();
  }

  bool is_product() const { return problem.domain.kind() == Domain::Kind::product; }
  const Minima& minima_of(const Facts& asked);

  Problem problem;
  Problem outer;
  Tables<Rational, Enclosure, Vector<Enclosure>, BatchSizeInfimum> facts;
  Lazy<Minima> minima;
};

namespace {

// Facts are kept for all threads, so they must not depend on the precision of the one that asks
// first: exact numbers stay exact whatever their size, and intervals are at least this narrow.
Precision precision_of_facts() {
  return {std::max(current_precision().bits, 256U), Precision::unlimited};
}

// As `unknown_because`, where numbers are too large for guesses in floating point.
template <class T, class Compute>
const T& compute_once(Lazy<T>& lazy, const Compute& compute, T (*unknown_because)(const Proof&)) {
  return lazy.get([&]() -> T {
    const PrecisionScope scope(precision_of_facts());
    try {
      return compute();
    } catch (const NotFinite&) {
      return unknown_because(Unknown{Unknown::Reason::beyond_doubles});
    }
  });
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

Facts::Facts(Problem problem) : state_(std::make_shared<State>(problem)) {}

const Problem& Facts::problem() const { return state_->problem; }
const Problem& Facts::on_bounding_box() const { return state_->outer; }

template <class T>
const Fact<T>& Facts::get(const FactDefinition<T>& definition) const {
  return compute_once<Fact<T>>(
      static_cast<Table<T>&>(state_->facts).at(definition),
      [&] { return definition.compute(*this); },
      [](const Proof& why) {
        return Fact<T>{std::nullopt, false, why};
      });
}
template const Fact<Rational>& Facts::get(const FactDefinition<Rational>&) const;
template const Fact<Enclosure>& Facts::get(const FactDefinition<Enclosure>&) const;
template const Fact<Vector<Enclosure>>& Facts::get(const FactDefinition<Vector<Enclosure>>&) const;
template const Fact<BatchSizeInfimum>& Facts::get(const FactDefinition<BatchSizeInfimum>&) const;

const Minima& Facts::State::minima_of(const Facts& asked) {
  return compute_once<Minima>(
      minima,
      [&]() -> Minima {
        const bool is_large = large::is_large(outer);
        const auto minimum_of = [&](const Problem& one) {
          const double beta =
              asked.smoothness().value ? static_cast<double>(*asked.smoothness().value) : 1.0;
          // Where R^d will do, or W will not, W need not be searched.
          const bool on_W = is_large || (!curvature::is_certainly_convex(one) &&
                                         !seems_nonconvex_on_W(one, beta));
          return minimize(one, asked.smoothness(),
                          on_W ? asked.strong_convexity_on_W() : asked.strong_convexity());
        };
        // Quadratic functions need no curvature constants.
        const Minimum over_box = outer.sum->facts().is_quadratic() && !is_large
                                     ? minimize(outer, {}, {})
                                     : minimum_of(outer);
        if (!is_product()) return Minima{over_box, over_box};
        const Minimum within = minimum_within(problem, over_box);
        if (within.minimizer.value) return Minima{over_box, within};
        const Minimum near = minimum_of(problem);
        const bool is_better =
            near.minimizer.value || !within.optimum.value ||
            (near.optimum.value && near.optimum.value->width() < within.optimum.value->width());
        return Minima{over_box, is_better ? near : within};
      },
      [](const Proof& why) {
        return Minima{unknown_minimum(why), unknown_minimum(why)};
      });
}

const Minimum& Facts::minimum() const { return state_->minima_of(*this).over_W; }
const Minimum& Facts::minimum_over_bounding_box() const {
  return state_->minima_of(*this).over_box;
}

const Fact<Rational>& Facts::smoothness() const { return get(fact::smoothness); }
const Fact<Rational>& Facts::component_smoothness() const {
  return get(fact::component_smoothness);
}
const Fact<Rational>& Facts::strong_convexity() const { return get(fact::strong_convexity); }
const Fact<Rational>& Facts::component_strong_convexity() const {
  return get(fact::component_strong_convexity);
}
const Fact<Rational>& Facts::strong_convexity_on_W() const {
  return get(fact::strong_convexity_on_W);
}
const Fact<Rational>& Facts::pl_constant() const { return get(fact::pl_constant); }
const Fact<Enclosure>& Facts::lipschitz() const { return get(fact::lipschitz); }
const Fact<Vector<Enclosure>>& Facts::minimizer() const { return get(fact::minimizer); }
const Fact<Enclosure>& Facts::optimum() const { return get(fact::optimum); }
const Fact<BatchSizeInfimum>& Facts::batch_size_infimum() const {
  return get(fact::batch_size_infimum);
}
const Fact<Enclosure>& Facts::second_moment_bound() const { return get(fact::second_moment_bound); }
const Fact<Enclosure>& Facts::smallest_row_norm2() const { return get(fact::smallest_row_norm2); }
const Fact<Enclosure>& Facts::largest_singular_value2() const {
  return get(fact::largest_singular_value2);
}
const Fact<Enclosure>& Facts::largest_singular_value2_of_unit_rows() const {
  return get(fact::largest_singular_value2_of_unit_rows);
}

const FactDefinition<Vector<Enclosure>> fact::minimizer{
    {"minimizer", "w*", R"(w^* \in \arg\min_{w \in W} F(w))", "w* ∈ argmin over W of F",
     "The one of least norm (of least distance to 0) where there are many and this can be told."},
    [](const Facts& facts) { return facts.minimum().minimizer; },
    verify::minimizer};

const FactDefinition<Enclosure> fact::optimum{
    {"optimum", "F*", R"(F^* = \min_{w \in W} F(w))", "F* = min over W of F(w)",
     "An enclosure that is not the best may be wide: between a lower bound and a value."},
    [](const Facts& facts) { return facts.minimum().optimum; },
    verify::optimum};

}  // namespace graddiv
