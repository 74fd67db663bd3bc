#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "claim/theorem.h"

namespace graddiv::workbench {

/// What a campaign checks, number by number: for each theorem first the showcases of every
/// construction, then the examples, then the witnesses of its own mutants; all numbers after these
/// are random draws from the classes that the theorem names, in turn. The k-th draw from a class is
/// the same instance for every theorem.
class VerificationPlan {
 public:
  /// Throws InputError for an example that cannot be read.
  VerificationPlan(const std::vector<const Theorem*>& theorems,
                   const std::vector<std::string>& example_files, std::uint64_t seed);

  /// For a campaign that does not outlive this.
  Plan plan() const;

  /// The same for equal worst cases and examples: a store may only be continued with those it began
  /// with.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  /// The one that a number stands for: of all theorems, a witness of this one, or a draw.
  struct Source {
    std::string name;  ///< equal names, equal instances
    std::function<Planned()> make;
  };
  std::optional<Source> source(const Theorem& theorem, std::int64_t number) const;

  std::vector<Planned> shared_;
  std::map<std::string, std::vector<Planned>> witnesses_;
  std::uint64_t seed_;
  std::string fingerprint_;
};

}  // namespace graddiv::workbench
