#pragma once

#include <functional>
#include <optional>
#include <string>

#include "property_tests/support/generator.h"

namespace graddiv {

/// Why a property fails on an instance; nothing where it holds.
using Property = std::function<std::optional<std::string>(const Instance&)>;

struct Counterexample {
  Instance instance;   ///< shrunk
  std::string reason;  ///< why the property fails on it
  std::string how;     ///< RapidCheck's account, with what reproduces the search
};

/// How many instances a suite draws, shared among its classes: the environment variable
/// GRADDIV_PROPERTY_CASES, else max_success of RC_PARAMS, else 100.
int property_cases();

/// Draws instances until the property fails, then shrinks. The seed is 1 (a suite that passes,
/// passes again) unless RC_PARAMS has another: RC_PARAMS="seed=…".
std::optional<Counterexample> search(InstanceClass drawn_from, int cases, const Property& property);

/// Writes the instance to `name` in the directory of the environment variable GRADDIV_FAILURE_DIR,
/// else in the current one, and returns the path.
std::string save_instance(const Instance& instance, const std::string& name);

}  // namespace graddiv
