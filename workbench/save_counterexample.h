#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "campaign/counterexample.h"
#include "campaign/verdict_record.h"
#include "claim/evaluation.h"
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
/// anybody to replay. Once `is_over` says so it shrinks no further, and the file says that it has
/// not the smallest yet. An instance too large for exact checks is one that the runs of `how`
/// refute, until it is small enough. Throws FileError.
void save_counterexample(
    const std::string& file, const Theorem& theorem, const Instance& instance,
    const FoundBy& found_by, const std::function<bool()>& is_over = [] { return false; },
    const EvaluationOptions& how = {});

/// Of each theorem the few refutations that are the quickest to check, by their place in the list:
/// one small counterexample is as good as hundreds, and the others stay as they were found.
std::set<std::size_t> worth_shrinking(const std::vector<VerdictRecord>& refuted);

/// What a file has of the refutation with that number in a campaign with that seed: nothing, the
/// instance as it was found, or the smallest that came of it.
enum class Saved { nothing, as_found, smallest };
Saved saved_in(const std::string& file, const VerdictRecord& verdict, std::uint64_t seed);
/// All of it; nothing where the file has nothing of that refutation.
std::optional<CounterexampleFile> saved_counterexample(const std::string& file,
                                                       const VerdictRecord& verdict,
                                                       std::uint64_t seed);

/// Writes the instance of a refutation as it was found, which takes no time, so that a kill in the
/// middle of shrinking leaves it. `how` is what the verdict was found with. Throws FileError.
void save_as_found(const std::string& file, const VerdictRecord& verdict, std::uint64_t seed,
                   const EvaluationOptions& how = {});

}  // namespace graddiv::workbench
