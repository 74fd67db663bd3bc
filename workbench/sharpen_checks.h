#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "campaign/tightness.h"
#include "claim/check.h"
#include "number/precision.h"
#include "workbench/sharpen_result.h"

// Private to sharpen: the checks it is made of.
namespace graddiv::workbench {

/// With more than statistical evidence.
bool is_refuted(const Finding& finding);

/// The ordinary check; nothing where it ran into trouble.
std::optional<Finding> checked(const Statement& statement, const Instance& instance);

/// Where the ordinary check refutes what a file states.
std::optional<Disproof> disproof_by(const TheoremFile& file, const Instance& instance,
                                    const std::string& origin);

/// A look at low precision, as searches take: an enclosure, so that nothing is seen that is not
/// there, but what stays open there says nothing.
Finding glance(const Statement& statement, const Evaluation& evaluation);
PrecisionScope at_a_glance();

/// search_sharpest at a glance, on instances that do not take long to check.
SearchResult quick_search(const Statement& statement, const std::vector<Instance>& starts,
                          std::int64_t checks, std::uint64_t seed, bool until_refuted,
                          const std::vector<InstanceFamily>& families = {});

}  // namespace graddiv::workbench
