#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "problem/families.h"
#include "sgd/run.h"

namespace graddiv {

/// What a user writes in a file of format graddiv-instance/1: a problem and a run on it.
struct Instance {
  Problem problem;
  Run run;
};

/// Throw InputError (file, JSON pointer, value, what was expected).
Instance read_instance(const std::string& path, const std::vector<FamilyEntry>& known = families());
Instance read_instance(const JsonReader& reader,
                       const std::vector<FamilyEntry>& known = families());

nlohmann::ordered_json to_json(const Instance& instance);
/// Pretty text of the JSON, ends with a line break; reading it back gives the same instance.
std::string to_text(const Instance& instance);

}  // namespace graddiv
