#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "facts/facts.h"

// Every constant that is known of a problem: `graddiv facts`, `list` and `show` iterate over it.
namespace graddiv {

struct FactDescription {
  const char* id;       ///< key of the machine output
  const char* symbol;   ///< as in the theory, with the relation where the value is a bound
  const char* latex;    ///< what it states
  const char* text;     ///< the same as plain text
  const char* meaning;  ///< in one sentence: where it applies, and which value it is
};

/// A constant, and how it is found: `facts.get(fact::smoothness)` does so once for every problem.
template <class T>
struct FactDefinition : FactDescription {
  Fact<T> (*compute)(const Facts& facts);
  /// Whether the proof shows the value, without a search (facts/verify.h).
  bool (*verify)(const Problem& problem, const Fact<T>& fact);
};

/// The registry: one line a fact, its type of value and its name. Each is defined in a file of
/// lib/facts.
#define GRADDIV_FACTS(X)                  \
  X(Rational, smoothness)                 \
  X(Rational, component_smoothness)       \
  X(Rational, strong_convexity)           \
  X(Rational, component_strong_convexity) \
  X(Rational, strong_convexity_on_W)      \
  X(Rational, pl_constant)                \
  X(Enclosure, lipschitz)                 \
  X(Vector<Enclosure>, minimizer)         \
  X(Enclosure, optimum)                   \
  X(BatchSizeInfimum, batch_size_infimum) \
  X(Enclosure, second_moment_bound)       \
  X(Enclosure, smallest_row_norm2)        \
  X(Enclosure, largest_singular_value2)   \
  X(Enclosure, largest_singular_value2_of_unit_rows)

namespace fact {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a name
#define GRADDIV_DECLARE(Value, name) extern const FactDefinition<Value> name;
GRADDIV_FACTS(GRADDIV_DECLARE)
#undef GRADDIV_DECLARE
}  // namespace fact

using AnyFactDefinition =
    std::variant<const FactDefinition<Rational>*, const FactDefinition<Enclosure>*,
                 const FactDefinition<Vector<Enclosure>>*, const FactDefinition<BatchSizeInfimum>*>;

/// What was found on the bounding box of a product W, as a fact on W; unchanged for other W.
template <class T>
Fact<T> on_bounding_box(const Facts& facts, Fact<T> fact) {
  if (facts.problem().domain.kind() != Domain::Kind::product) return fact;
  return {std::move(fact.value), false,
          proof::derived(proof::Derived::Step::bounding_box, fact.proof)};
}

/// All of them, in the order of the list above.
const std::vector<AnyFactDefinition>& fact_registry();
const FactDescription& description(const AnyFactDefinition& definition);

}  // namespace graddiv
