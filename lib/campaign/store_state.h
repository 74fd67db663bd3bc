#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "campaign/store.h"

struct sqlite3_file;

namespace graddiv {

// Private to the store: the open database, its journal, and the one way to it.
struct StoredRecords::State {
  State(std::string file, Store::Mode mode);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  static std::unique_ptr<State> opened(const std::string& path, Store::Mode mode);

  bool is_file() const;
  int pragma(const char* name);
  SQLite::Column asked(const char* name);  ///< what a pragma says

  /// Everything that touches the database goes through here: one at a time, and errors that name
  /// the file.
  template <class Action>
  auto locked(const char* doing, Action action) {
    const std::lock_guard lock(mutex);
    try {
      return action();
    } catch (const std::exception&) {
      rethrow(doing);
    }
  }

  template <class Action>
  void in_transaction(Action action) {
    locked("written", [&] {
      write_ahead();
      SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
      action();
      transaction.commit();
    });
  }

  void examine();
  /// Before every transaction that writes.
  void write_ahead();

  /// The file that commits go to; none in memory and where none is open.
  sqlite3_file* journal() const;
  /// What SQLite says, and the system's own word where it failed.
  std::string reason(const SQLite::Exception& error) const;

  /// The statement that writes into a table, made once: a campaign writes one record at a time.
  SQLite::Statement& prepared(const std::string& table, const std::function<std::string()>& sql);

  std::string path;
  SQLite::Database database;
  std::map<std::string, SQLite::Statement> upserts;  // behind the database: they go before it
  mutable std::mutex mutex;
  bool is_written = false;

 private:
  /// What is being handled, as an error that names the file where the store is at fault.
  [[noreturn]] void rethrow(const char* doing) const;
  void open(Store::Mode mode);
  void create_tables();
  void check_layout();
  void check_columns();
  void leave_one_file() noexcept;
};

}  // namespace graddiv
