#pragma once

#include <type_traits>

#include "claim/not_certified.h"
#include "facts/facts.h"
#include "number/exact.h"

namespace graddiv {

/// The value of a fact, a rational one as an enclosure. Throws NotCertified where there is none.
template <class T>
auto certified(const Fact<T>& fact, const Text& name) {
  if (!fact.value) throw NotCertified(name + " is not known: " + to_text(fact.proof));
  if constexpr (std::is_same_v<T, Rational>) {
    return enclose(*fact.value);
  } else {
    return *fact.value;
  }
}

}  // namespace graddiv
