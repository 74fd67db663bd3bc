#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "problem/families.h"
#include "sgd/run.h"

namespace graddiv {

/// A neighbouring data set S': S with one example replaced.
struct Neighbour {
  int index = 0;  ///< of the function replaced, 0, …, n − 1
  /// The function that takes its place: a sum of this one function, of the family and dimension of
  /// S.
  std::shared_ptr<const FiniteSum> replacement;
};

/// What a user writes in a file of format graddiv-instance/1: a problem, a run on it, and perhaps a
/// neighbouring data set, which only statements on stability look at.
struct Instance {
  Problem problem;
  Run run;
  std::optional<Neighbour> neighbour = std::nullopt;
};

/// Throw InputError (file, JSON pointer, value, what was expected).
Instance read_instance(const std::string& path, const std::vector<FamilyEntry>& known = families());
Instance read_instance(const JsonReader& reader,
                       const std::vector<FamilyEntry>& known = families());

/// The function that replaces function `index` of the problem: the members of "problem" without
/// "domain", with one function of the same family and dimension. Throws InputError.
std::shared_ptr<const FiniteSum> read_replacement(
    const JsonReader& reader, const Problem& problem,
    const std::vector<FamilyEntry>& known = families());

nlohmann::ordered_json to_json(const Instance& instance);
/// Pretty text of the JSON, ends with a line break; reading it back gives the same instance.
std::string to_text(const Instance& instance);

}  // namespace graddiv
