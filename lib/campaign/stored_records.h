#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "campaign/outcome_count.h"
#include "campaign/record.h"

namespace graddiv {

/// What a store holds, for who reads it. Safe to call from several threads.
class StoredRecords {
 public:
  std::optional<Provenance> provenance() const;
  std::vector<StatementRecord> statements() const;        ///< in the order they were first written
  std::vector<ConstructionRecord> constructions() const;  ///< by rank
  std::vector<MutantRecord> mutants() const;  ///< by theorem, in the order of statements, and rank
  std::vector<FigureRecord> figures() const;  ///< by rank
  std::vector<SharpestRecord> gallery() const;  ///< by theorem and regime
  std::vector<SharpnessRecord> sharpness(const std::string& theorem) const;  ///< by rank
  /// The numbers for which the theorem has a verdict.
  std::set<std::int64_t> done(const std::string& theorem) const;
  /// One for every statement written, in that order (also those without a verdict yet), then one
  /// for every other theorem that has a verdict, by id.
  std::vector<TheoremSummary> summaries() const;
  /// All verdicts of a theorem, in order of their numbers.
  std::vector<VerdictRecord> verdicts(const std::string& theorem) const;
  /// The same without what only a report shows: reasons, places and series.
  std::vector<VerdictRecord> outcomes(const std::string& theorem) const;
  /// All checks of a theorem but those that threw, counted by origin and by why it did not apply;
  /// in order of their first numbers.
  std::vector<OutcomeCount> outcome_counts(const std::string& theorem) const;
  /// Lower ends of all tightness ratios of a theorem, in order of the instances' numbers.
  std::vector<double> tightness_ratios(const std::string& theorem) const;
  /// The record with the largest ratio; of several, the one with the smallest number.
  std::optional<VerdictRecord> sharpest(const std::string& theorem) const;
  std::vector<VerdictRecord> refuted() const;
  std::vector<VerdictRecord> errors() const;  ///< checks that threw
  /// What all verdicts together spent of the error level, rounded up.
  std::string spent_error_level() const;
  /// The share of searches in the time of all checks, in [0, 1]; 0 where nothing was checked.
  double search_share_of_time() const;
  const std::string& path() const;
  bool is_file() const;  ///< false in memory

 protected:
  struct State;
  explicit StoredRecords(std::unique_ptr<State> state);
  ~StoredRecords();
  StoredRecords(StoredRecords&&) noexcept;
  StoredRecords& operator=(StoredRecords&&) noexcept;
  State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

}  // namespace graddiv
