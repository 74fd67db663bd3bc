#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diversity/mechanism.h"

namespace graddiv {

/// A mechanism as the user names it in an instance file.
struct MechanismEntry {
  std::string name;
  std::string summary;    ///< one line, with the formula
  std::string parameter;  ///< the member that holds its parameter: "keep"
  /// Reads that member.
  std::function<Mechanism(const JsonReader& parameter, Mechanism::Sharing sharing)> read;
};

/// The registry: one line a mechanism.
const std::vector<MechanismEntry>& mechanisms();

}  // namespace graddiv
