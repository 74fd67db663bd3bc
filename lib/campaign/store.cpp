#include "campaign/store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

#include "campaign/tables.h"

namespace graddiv {

namespace {

// "grdv": what PRAGMA application_id says of a graddiv store, and `file` can show.
constexpr int application_id = 0x67726476;
constexpr auto in_memory = ":memory:";
// How long to wait for another process that writes into the same store.
constexpr int busy_timeout_ms = 60'000;

// SQLite would make any file a database only when it first reads it, and says of a missing folder
// no more than "unable to open": a look beforehand gives better messages.
void look_at_file(const std::string& path, Store::Mode mode) {
  if (path == in_memory) return;
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::is_directory(status)) throw NoStore(path + ": is a folder, not a store");
  if (!std::filesystem::exists(status)) {
    if (mode == Store::Mode::read) throw NoStore(path + ": no such file");
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
      throw StoreError(path + ": cannot be created: there is no folder " + folder.string());
    }
    return;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) throw StoreError(path + ": cannot be read");
  constexpr std::string_view magic = "SQLite format 3";
  std::array<char, magic.size()> head{};
  file.read(head.data(), head.size());
  // A process that was killed right after creating the file leaves it empty.
  if (file.gcount() == 0 && mode == Store::Mode::write) return;
  if (std::string_view(head.data(), static_cast<std::size_t>(file.gcount())) != magic) {
    throw NoStore(path + ": is no graddiv store");
  }
}

}  // namespace

struct Store::State {
  State(std::string file, Mode mode)
      : path(std::move(file)),
        // Also for reading: after a killed run, the first to come must be able to roll back what it
        // left half written. SQLite falls back to reading only where the file is write-protected.
        database(path, SQLite::OPEN_READWRITE | (mode == Mode::write ? SQLite::OPEN_CREATE : 0),
                 busy_timeout_ms) {
    // A rollback journal, not a write-ahead log: the store stays one file, which can be copied at
    // any time between two runs, whatever happened to the first.
    database.exec("PRAGMA synchronous = FULL");
    if (mode == Mode::write) {
      create_tables();
    } else {
      database.exec("PRAGMA query_only = ON");
    }
    check_layout();
  }

  int pragma(const char* name) {
    return database.execAndGet(std::string("PRAGMA ") + name).getInt();
  }

  void create_tables() {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (!empty || pragma("application_id") != 0) return;
    database.exec(tables::schema());
    database.exec("PRAGMA application_id = " + std::to_string(application_id));
    database.exec("PRAGMA user_version = " + std::to_string(tables::layout));
    transaction.commit();
  }

  void check_layout() {
    if (pragma("application_id") != application_id) throw NoStore(path + ": is no graddiv store");
    const int found = pragma("user_version");
    if (found == tables::layout) return check_columns();
    throw NoStore(path + ": is a store of layout " + std::to_string(found) +
                  ", but this graddiv reads layout " + std::to_string(tables::layout) +
                  (found < tables::layout
                       ? ". Make it anew: remove the file, and run verify with --store " + path
                       : ". It was made by a newer graddiv"));
  }

  // At once, not only where a missing one happens to be asked for.
  void check_columns() {
    for (const auto& [table, columns] : tables::names()) {
      std::set<std::string> there;
      SQLite::Statement row(database, "SELECT name FROM pragma_table_info(?)");
      row.bind(1, table);
      while (row.executeStep()) there.insert(row.getColumn(0).getString());
      for (const auto& column : columns) {
        if (there.contains(column)) continue;
        throw NoStore(path + ": is no whole graddiv store: its table " + table + " has no column " +
                      column);
      }
    }
  }

  std::string path;
  SQLite::Database database;
  mutable std::mutex mutex;
};

namespace {

// Everything that touches the database goes through here: one at a time, and errors that name the
// file.
template <class State, class Action>
auto locked(State& state, const char* doing, Action action) {
  const std::lock_guard lock(state.mutex);
  try {
    return action();
  } catch (const SQLite::Exception& error) {
    throw StoreError(state.path + ": cannot be " + doing + ": " + error.what());
  } catch (const nlohmann::json::exception& error) {
    throw StoreError(state.path + ": holds damaged text: " + error.what());
  } catch (const std::logic_error& error) {  // of a name that stands for nothing
    throw StoreError(state.path + ": holds damaged text: " + error.what());
  }
}

template <class State, class Action>
void in_transaction(State& state, Action action) {
  locked(state, "written", [&] {
    SQLite::Transaction transaction(state.database, SQLite::TransactionBehavior::IMMEDIATE);
    action();
    transaction.commit();
  });
}

}  // namespace

Store::Store(const std::string& path, Mode mode) {
  look_at_file(path, mode);
  try {
    state_ = std::make_unique<State>(path, mode);
  } catch (const SQLite::Exception& error) {
    throw StoreError(path + ": cannot be opened: " + error.what());
  }
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

const std::string& Store::path() const { return state_->path; }
bool Store::is_file() const { return state_->path != in_memory; }

namespace {

template <class State, class Record>
void put(State& state, const tables::Table<Record>& table, const std::vector<Record>& records) {
  if (records.empty()) return;
  in_transaction(state, [&] {
    SQLite::Statement upsert(state.database, table.upsert());
    for (const Record& record : records) {
      table.bind(upsert, record);
      upsert.exec();
      upsert.reset();
    }
  });
}

/// All records, or those of one theorem.
template <class State, class Record>
std::vector<Record> get(State& state, const tables::Table<Record>& table, const std::string& rest,
                        const std::optional<std::string>& theorem = {}) {
  return locked(state, "read", [&] {
    SQLite::Statement row(
        state.database, "SELECT " + table.columns_in_order() + " FROM " + table.name + " " + rest);
    if (theorem) row.bind(1, *theorem);
    std::vector<Record> found;
    while (row.executeStep()) found.push_back(table.read(row));
    return found;
  });
}

constexpr auto as_written = "ORDER BY position";
constexpr auto by_rank = "ORDER BY rank, position";

template <class Record>
std::optional<Record> first_of(std::vector<Record> records) {
  if (records.empty()) return std::nullopt;
  return std::move(records.front());
}

}  // namespace

void Store::write(const Provenance& provenance) {
  in_transaction(*state_, [&] {
    state_->database.exec("DELETE FROM " + tables::provenances().name);
    SQLite::Statement insert(state_->database, tables::provenances().upsert());
    tables::provenances().bind(insert, provenance);
    insert.exec();
  });
}
void Store::write(const StatementRecord& s) { put(*state_, tables::statements(), {s}); }
void Store::write(const ConstructionRecord& c) { put(*state_, tables::constructions(), {c}); }
void Store::write(const MutantRecord& m) { put(*state_, tables::mutants(), {m}); }
void Store::write(const FigureRecord& f) { put(*state_, tables::figures(), {f}); }
void Store::write(const SharpestRecord& s) { put(*state_, tables::gallery(), {s}); }
void Store::write(const VerdictRecord& v) { put(*state_, tables::verdicts(), {v}); }
void Store::write(const std::vector<StatementRecord>& s) { put(*state_, tables::statements(), s); }
void Store::write(const std::vector<VerdictRecord>& v) { put(*state_, tables::verdicts(), v); }

std::optional<Provenance> Store::provenance() const {
  return first_of(get(*state_, tables::provenances(), as_written));
}
std::vector<StatementRecord> Store::statements() const {
  return get(*state_, tables::statements(), as_written);
}
std::vector<ConstructionRecord> Store::constructions() const {
  return get(*state_, tables::constructions(), by_rank);
}
std::vector<MutantRecord> Store::mutants() const {
  return get(*state_, tables::mutants(),
             "ORDER BY (SELECT position FROM statements WHERE id = theorem) NULLS LAST, rank, "
             "position");
}
std::vector<FigureRecord> Store::figures() const {
  return get(*state_, tables::figures(), by_rank);
}
std::vector<SharpestRecord> Store::gallery() const {
  return get(*state_, tables::gallery(), "ORDER BY theorem, regime DESC");
}
std::vector<VerdictRecord> Store::verdicts(const std::string& theorem) const {
  return get(*state_, tables::verdicts(), "WHERE theorem = ? ORDER BY number", theorem);
}
std::vector<VerdictRecord> Store::outcomes(const std::string& theorem) const {
  return get(*state_, tables::outcomes(), "WHERE theorem = ? ORDER BY number", theorem);
}
std::optional<VerdictRecord> Store::sharpest(const std::string& theorem) const {
  return first_of(get(*state_, tables::verdicts(),
                      "WHERE theorem = ? AND tightness IS NOT NULL "
                      "ORDER BY CAST(tightness AS REAL) DESC, number LIMIT 1",
                      theorem));
}
std::vector<VerdictRecord> Store::errors() const {
  return get(*state_, tables::verdicts(), "WHERE verdict = 'error' ORDER BY theorem, number");
}
std::vector<VerdictRecord> Store::refuted() const {
  return get(*state_, tables::verdicts(), "WHERE verdict = 'refuted' ORDER BY theorem, number");
}

std::set<std::int64_t> Store::done(const std::string& theorem) const {
  return locked(*state_, "read", [&] {
    std::set<std::int64_t> numbers;
    SQLite::Statement row(state_->database, "SELECT number FROM verdicts WHERE theorem = ?");
    row.bind(1, theorem);
    while (row.executeStep()) numbers.insert(row.getColumn(0).getInt64());
    return numbers;
  });
}

std::vector<TheoremSummary> Store::summaries() const {
  auto found = locked(*state_, "read", [&] {
    std::vector<TheoremSummary> summaries;
    const std::pair<std::int64_t TheoremSummary::*, const char*> counts[] = {
        {&TheoremSummary::instances, "TRUE"},
        {&TheoremSummary::applicable, "v.verdict NOT IN ('not applicable', 'error')"},
        {&TheoremSummary::telling, "v.telling"},
        {&TheoremSummary::telling_at_positive_delta, "v.telling_at_positive_delta"},
        {&TheoremSummary::proved, "v.verdict = 'proved'"},
        {&TheoremSummary::supported, "v.verdict = 'supported'"},
        {&TheoremSummary::consistent, "v.verdict = 'consistent'"},
        {&TheoremSummary::refuted, "v.verdict = 'refuted'"},
        {&TheoremSummary::inconclusive, "v.verdict = 'inconclusive'"},
        {&TheoremSummary::errors, "v.verdict = 'error'"}};
    std::string counted;
    for (const auto& [member, condition] : counts)
      counted += std::string(", count(v.number) FILTER (WHERE ") + condition + ")";
    SQLite::Statement row(state_->database,
                          "WITH ids AS (SELECT id, position FROM statements UNION ALL "
                          "  SELECT DISTINCT theorem, NULL FROM verdicts "
                          "  WHERE theorem NOT IN (SELECT id FROM statements)) "
                          "SELECT ids.id" +
                              counted +
                              " FROM ids LEFT JOIN verdicts v ON v.theorem = ids.id "
                              "GROUP BY ids.id ORDER BY ids.position NULLS LAST, ids.id");
    while (row.executeStep()) {
      TheoremSummary& summary = summaries.emplace_back();
      summary.id = row.getColumn(0).getString();
      for (int i = 0; const auto& [member, condition] : counts)
        summary.*member = row.getColumn(++i).getInt64();
    }
    SQLite::Statement best(state_->database,
                           "SELECT tightness FROM verdicts WHERE theorem = ? AND tightness IS NOT "
                           "NULL ORDER BY CAST(tightness AS REAL) DESC, number LIMIT 1");
    for (auto& summary : summaries) {
      best.bind(1, summary.id);
      if (best.executeStep()) summary.tightness = best.getColumn(0).getString();
      best.reset();
    }
    return summaries;
  });
  return found;
}

std::vector<double> Store::tightness_ratios(const std::string& theorem) const {
  return locked(*state_, "read", [&] {
    std::vector<double> ratios;
    SQLite::Statement row(state_->database,
                          "SELECT CAST(tightness AS REAL) FROM verdicts "
                          "WHERE theorem = ? AND tightness IS NOT NULL ORDER BY number");
    row.bind(1, theorem);
    while (row.executeStep()) ratios.push_back(row.getColumn(0).getDouble());
    return ratios;
  });
}

void Store::examine() const {
  locked(*state_, "read", [&] {
    SQLite::Statement row(state_->database, "PRAGMA quick_check(1)");
    row.executeStep();
    const std::string found = row.getColumn(0).getString();
    if (found != "ok") throw StoreError(path() + ": is damaged: " + found);
  });
}

std::string database_version() { return SQLite::getLibVersion(); }

}  // namespace graddiv
