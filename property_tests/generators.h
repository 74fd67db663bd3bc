#pragma once

#include <rapidcheck.h>
#include <iosfwd>
#include <string>
#include <vector>

#include "sgd/instance.h"

namespace graddiv {

/// A class of random instances, all with small rational coefficients, biased to the corners (n = 1,
/// d = 1, B = 1, equal functions, zero gradients, λ = β, large κ, w_0 = w*), shrinking towards small
/// and simple ones.
struct InstanceClass {
  std::string name;     ///< "strongly-convex"
  std::string summary;  ///< one line
  rc::Gen<Instance> generator;
};

/// The registry: one line a class.
const std::vector<InstanceClass>& instance_classes();
/// Throws std::out_of_range with the list of known names.
const InstanceClass& find_instance_class(const std::string& name);

/// How RapidCheck shows an instance: as the text of its file.
void showValue(const Instance& instance, std::ostream& out);

}  // namespace graddiv
