#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "claim/theorem.h"
#include "instances/classes.h"

namespace graddiv::workbench {

/// What a campaign checks, number by number. Of every five numbers one is a given instance, as long
/// as there are any: the showcases of every construction, then the examples, then the witnesses of
/// the theorem's own mutants. The other four, and all behind the last of the given ones, are random
/// draws from the classes that the theorem names, in turn. Which numbers are which depends
/// on the number alone, so showcases and examples have one number in all theorems; the k-th draw
/// from a class is the same instance for every theorem.
class VerificationPlan {
 public:
  /// Throws InputError for an example that cannot be read.
  VerificationPlan(const std::vector<const Theorem*>& theorems,
                   const std::vector<std::string>& example_files, std::uint64_t seed);

  /// For a campaign that does not outlive this.
  Plan plan() const;

  /// The shares, for people.
  static const std::string& in_words();

  /// The same for equal worst cases and examples: a store may only be continued with those it began
  /// with.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  /// What a number stands for: the at-th of the instances that all theorems have, of the witnesses
  /// of this one, or of the draws from a class.
  struct Source {
    enum class Kind { shared, witness, draw } kind;
    std::size_t at;
    std::optional<InstanceClass> drawn_from = {};
  };
  std::optional<Source> source(const Theorem& theorem, std::int64_t number) const;
  Planned make(const Theorem& theorem, const Source& source) const;
  std::vector<std::int64_t> same(const Theorem& theorem, std::int64_t number,
                                 const Theorem& other) const;

  std::vector<Planned> shared_;
  std::map<std::string, std::vector<Planned>> witnesses_;
  std::uint64_t seed_;
  std::string fingerprint_;
};

}  // namespace graddiv::workbench
