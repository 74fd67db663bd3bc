#pragma once

#include <string>
#include <type_traits>

#include "claim/not_certified.h"
#include "facts/facts.h"
#include "number/exact.h"

namespace graddiv {

/// The value of a fact, a rational one as an enclosure. Throws NotCertified where there is none.
template <class T>
auto certified(const Fact<T>& fact, const char* name) {
  if (!fact.value)
    throw NotCertified(std::string(name) + " is not known: " + to_sentence(fact.proof));
  if constexpr (std::is_same_v<T, Rational>) {
    return enclose(*fact.value);
  } else {
    return *fact.value;
  }
}

}  // namespace graddiv
