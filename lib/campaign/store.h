#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "campaign/record.h"
#include "campaign/store_error.h"

namespace graddiv {

/// The results of a campaign, in one SQLite file. Every write is a transaction of its own, on disk
/// when the call returns: a killed run loses nothing that was shown as done. What was written under
/// the same name (a theorem's id and an instance's number) is replaced, so nothing is ever there
/// twice. Safe to call from several threads; several processes may write into one store.
class Store {
 public:
  enum class Mode { read, write };
  /// `write` creates the file where there is none; the path ":memory:" keeps everything in memory.
  /// `read` throws NoStore where the file is missing. Both throw NoStore where it is no graddiv
  /// store.
  Store(const std::string& path, Mode mode);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  void write(const Provenance& provenance);
  void write(const StatementRecord& statement);
  void write(const ConstructionRecord& construction);
  void write(const MutantRecord& mutant);
  void write(const FigureRecord& figure);
  void write(const SharpestRecord& sharpest);
  void write(const VerdictRecord& verdict);
  // All of them in one transaction: one wait for the disk instead of one each.
  void write(const std::vector<StatementRecord>& statements);
  void write(const std::vector<VerdictRecord>& verdicts);

  std::optional<Provenance> provenance() const;
  std::vector<StatementRecord> statements() const;        ///< in the order they were first written
  std::vector<ConstructionRecord> constructions() const;  ///< by rank
  std::vector<MutantRecord> mutants() const;  ///< by theorem, in the order of statements, and rank
  std::vector<FigureRecord> figures() const;  ///< by rank
  std::vector<SharpestRecord> gallery() const;  ///< by theorem and regime
  /// The running numbers for which the theorem already has a verdict.
  std::set<std::int64_t> done(const std::string& theorem) const;
  /// One for every statement written, in that order (also those without a verdict yet), then one
  /// for every other theorem that has a verdict, by id.
  std::vector<TheoremSummary> summaries() const;
  /// All verdicts of a theorem, in order of their numbers.
  std::vector<VerdictRecord> verdicts(const std::string& theorem) const;
  /// The same without what only a report shows: reasons, places and series.
  std::vector<VerdictRecord> outcomes(const std::string& theorem) const;
  /// Lower ends of all tightness ratios of a theorem, in order of the instances' numbers.
  std::vector<double> tightness_ratios(const std::string& theorem) const;
  /// The record with the largest ratio; of several, the one with the smallest number.
  std::optional<VerdictRecord> sharpest(const std::string& theorem) const;
  std::vector<VerdictRecord> refuted() const;
  std::vector<VerdictRecord> errors() const;  ///< checks that threw
  const std::string& path() const;
  bool is_file() const;  ///< false in memory
  /// Reads every page, also those that no question so far needed. Throws StoreError where one of
  /// them is damaged.
  void examine() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The version of the database library underneath, for provenances.
std::string database_version();

}  // namespace graddiv
