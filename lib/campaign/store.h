#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaign/store_error.h"
#include "campaign/stored_records.h"

namespace graddiv {

/// The results of a campaign, in one SQLite file (docs/store.md). Every record is a transaction of
/// its own: when the call that writes it returns, no end of this process can take it away. What was
/// written under the same name (a theorem's id and an instance's number) is replaced. Safe to call
/// from several threads; several processes of one machine may write into one store. While one does,
/// a journal stands beside the file; the last one to close it puts all into the file, and the first
/// one to open it after a kill takes over what was left.
class Store : public StoredRecords {
 public:
  enum class Mode { read, write };
  /// `write` creates the file where there is none and examines the one that is there; the path
  /// ":memory:" keeps everything in memory. Throws NoStore where there is no graddiv store, and
  /// StoreError; what is refused is left as it was.
  Store(const std::string& path, Mode mode);

  void write(const Provenance& provenance);
  void write(const StatementRecord& statement);
  void write(const ConstructionRecord& construction);
  void write(const MutantRecord& mutant);
  void write(const FigureRecord& figure);
  void write(const SharpestRecord& sharpest);
  void write(const VerdictRecord& verdict);
  // In one transaction:
  /// In the place of all that is known of how sharp the theorem is.
  void write(const std::string& theorem, const std::vector<SharpnessRecord>& sharpness);
  void write(const std::vector<StatementRecord>& statements);
  void write(const std::vector<VerdictRecord>& verdicts);
  /// Waits until the disk has all that was written, so that no loss of power can take it either.
  void sync();
  /// Reads every page. Throws StoreError where one of them is damaged.
  void examine() const;

  /// Takes over all records of another store of the same campaign, or throws CampaignError.
  void take(const Store& other);
  /// Why they cannot stem from one campaign: another version, code, seed, inputs or plan, or a
  /// record that is not the same in both, with the first column that differs. Dates and machines
  /// may differ. Nothing where one can take over the other.
  std::optional<std::string> contradiction(const Store& other) const;
  /// A store in memory as the bytes of its file, for other processes.
  std::string bytes() const;
  static Store from_bytes(std::string_view bytes);
};

/// The version of the database library underneath, for provenances.
std::string database_version();

}  // namespace graddiv
