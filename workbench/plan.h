#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "claim/theorem.h"
#include "workbench/search_schedule.h"

namespace graddiv::workbench {

/// What a campaign checks, number by number. Some numbers search for a sharp instance
/// (SearchSchedule). Of every five others one is a given instance, as long as there are any: the
/// showcases of every construction, then the examples, then the witnesses of the theorem's own
/// mutants. The other four, and all behind the last of the given ones, are random draws from the
/// classes that the theorem names, in turn. Which numbers are which depends on the number alone, so
/// showcases and examples have one number in all theorems; the k-th draw from a class is the same
/// instance for every theorem.
class VerificationPlan {
 public:
  /// Throws InputError for an example that cannot be read.
  VerificationPlan(const std::vector<const Theorem*>& theorems,
                   const std::vector<std::string>& example_files, std::uint64_t seed,
                   SearchSchedule schedule = SearchSchedule());

  /// For a campaign that does not outlive this.
  Plan plan() const;

  /// The shares of what is given and what is drawn, for people.
  static const std::string& shares_in_words();
  /// Those and the share of searches.
  std::string in_words() const;

  /// The same for equal worst cases and examples: a store may only be continued with those it began
  /// with.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  /// What a number stands for: the at-th of the instances that all theorems have, of the witnesses
  /// of this one, or of the draws from a class.
  struct Source {
    enum class Kind { shared, witness, draw } kind;
    std::size_t at;
    const DrawnFrom* drawn_from = nullptr;
  };
  // Of numbers that stand for no search, counted without those that do.
  std::optional<Source> source(const Theorem& theorem, std::int64_t place) const;
  Planned make(const Theorem& theorem, const Source& source) const;
  std::vector<std::int64_t> same_places(const Theorem& theorem, std::int64_t place,
                                        const Theorem& other) const;

  std::optional<Planned> at(const Theorem& theorem, std::int64_t number,
                            const std::function<bool()>& is_over) const;
  std::vector<std::int64_t> same(const Theorem& theorem, std::int64_t number,
                                 const Theorem& other) const;

  std::vector<Planned> shared_;
  std::map<std::string, std::vector<Planned>> witnesses_;
  std::uint64_t seed_;
  SearchSchedule schedule_;
  std::string fingerprint_;
};

}  // namespace graddiv::workbench
