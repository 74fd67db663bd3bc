#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "claim/theorem.h"
#include "sgd/instance.h"

namespace graddiv::workbench {

/// Where an instance that refutes a theorem comes from.
struct FoundBy {
  std::string origin;  ///< "random strongly-convex"
  std::uint64_t seed;
  std::optional<std::int64_t> number;  ///< of the instance in its campaign
};

/// Shrinks an instance that was found to refute the theorem and writes it to `file` as refuted, for
/// anybody to replay. Throws FileError.
void save_counterexample(const std::string& file, const Theorem& theorem, const Instance& instance,
                         const FoundBy& found_by);

}  // namespace graddiv::workbench
