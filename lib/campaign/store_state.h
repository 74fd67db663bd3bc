#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "campaign/store.h"

struct sqlite3_file;

namespace graddiv {

// Private to the store: the open database, its journal, and the one way to it.
struct Store::State {
  State(std::string file, Mode mode);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  bool is_file() const;
  int pragma(const char* name) { return asked(name).getInt(); }
  SQLite::Column asked(const char* name) {
    return database.execAndGet(std::string("PRAGMA ") + name);
  }

  /// Everything that touches the database goes through here: one at a time, and errors that name
  /// the file.
  template <class Action>
  auto locked(const char* doing, Action action) {
    const std::lock_guard lock(mutex);
    try {
      return action();
    } catch (const SQLite::Exception& error) {
      throw StoreError(path + ": cannot be " + doing + ": " + reason(error));
    } catch (const nlohmann::json::exception& error) {
      throw StoreError(path + ": holds damaged text: " + error.what());
    } catch (const std::logic_error& error) {  // of a name that stands for nothing
      throw StoreError(path + ": holds damaged text: " + error.what());
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
  template <class Sql>
  SQLite::Statement& prepared(const std::string& table, const Sql& sql) {
    const auto found = upserts.find(table);
    if (found != upserts.end()) return found->second;
    return upserts.emplace(table, SQLite::Statement(database, sql())).first->second;
  }

  std::string path;
  SQLite::Database database;
  std::map<std::string, SQLite::Statement> upserts;  // behind the database: they go before it
  mutable std::mutex mutex;
  bool is_written = false;

 private:
  void open(Mode mode);
  void create_tables();
  void check_layout();
  void check_columns();
  void leave_one_file() noexcept;
};

}  // namespace graddiv
