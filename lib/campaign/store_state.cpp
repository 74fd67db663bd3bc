#include "campaign/store_state.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

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

// Also for reading, the file is opened for writing: after a killed run, the first to come takes
// over what its journal holds. SQLite falls back to reading where the file is write-protected.
StoredRecords::State::State(std::string file, Store::Mode mode)
    : path(std::move(file)),
      database(path,
               SQLite::OPEN_READWRITE | (mode == Store::Mode::write ? SQLite::OPEN_CREATE : 0),
               busy_timeout_ms) {
  try {
    open(mode);
  } catch (const SQLite::Exception& error) {
    throw StoreError(path + ": cannot be opened: " + reason(error));
  }
}

void StoredRecords::State::open(Store::Mode mode) {
  database.exec("PRAGMA synchronous = FULL");
  if (mode == Store::Mode::read) {
    database.exec("PRAGMA query_only = ON");
    check_layout();
    return;
  }
  create_tables();
  check_layout();
  examine();
}

StoredRecords::State::~State() { leave_one_file(); }

void StoredRecords::State::rethrow(const char* doing) const {
  try {
    throw;
  } catch (const SQLite::Exception& error) {
    throw StoreError(path + ": cannot be " + doing + ": " + reason(error));
  } catch (const nlohmann::json::exception& error) {
    throw StoreError(path + ": holds damaged text: " + error.what());
  } catch (const std::logic_error& error) {  // of a name that stands for nothing
    throw StoreError(path + ": holds damaged text: " + error.what());
  }
}

bool StoredRecords::State::is_file() const { return path != in_memory; }

std::string StoredRecords::State::reason(const SQLite::Exception& error) const {
  const int code = error.getErrorCode() & 0xff;
  if (code != SQLITE_IOERR && code != SQLITE_CANTOPEN) return error.what();
  int number = sqlite3_system_errno(database.getHandle());
  sqlite3_file* const file = journal();
  if (number == 0 && file != nullptr)  // it failed in a commit
    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
  return error.what() + (number == 0 ? "" : std::string(" (") + std::strerror(number) + ")");
}

int StoredRecords::State::pragma(const char* name) { return asked(name).getInt(); }
SQLite::Column StoredRecords::State::asked(const char* name) {
  return database.execAndGet(std::string("PRAGMA ") + name);
}

SQLite::Statement& StoredRecords::State::prepared(const std::string& table,
                                                  const std::function<std::string()>& sql) {
  const auto found = upserts.find(table);
  if (found != upserts.end()) return found->second;
  return upserts.emplace(table, SQLite::Statement(database, sql())).first->second;
}

sqlite3_file* StoredRecords::State::journal() const {
  sqlite3_file* file = nullptr;
  if (is_file()) {
    sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  }
  return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

void StoredRecords::State::create_tables() {
  const auto is_empty = [this] {
    return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0 &&
           pragma("application_id") == 0;
  };
  if (!is_empty()) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (!is_empty()) return;  // another process was faster
  database.exec(tables::schema());
  database.exec("PRAGMA application_id = " + std::to_string(application_id));
  database.exec("PRAGMA user_version = " + std::to_string(tables::layout));
  transaction.commit();
}

void StoredRecords::State::check_layout() {
  if (pragma("application_id") != application_id) throw NoStore(path + ": is no graddiv store");
  const int found = pragma("user_version");
  if (found == tables::layout) return check_columns();
  throw StoreError(path + ": is a store of layout " + std::to_string(found) +
                   ", but this graddiv reads layout " + std::to_string(tables::layout) +
                   (found < tables::layout
                        ? ". Make it anew: remove the file, and run verify with --store " + path
                        : ". It was made by a newer graddiv"));
}

// At once, not only where a missing one happens to be asked for.
void StoredRecords::State::check_columns() {
  for (const tables::Names& names : tables::names()) {
    std::set<std::string> there;
    SQLite::Statement row(database, "SELECT name FROM pragma_table_info(?)");
    row.bind(1, names.table);
    while (row.executeStep()) there.insert(row.getColumn(0).getString());
    for (const std::string& column : names.columns) {
      if (there.contains(column)) continue;
      throw NoStore(path + ": is no whole graddiv store: its table " + names.table +
                    " has no column " + column);
    }
  }
}

void StoredRecords::State::examine() {
  const std::string found = asked("quick_check(1)").getString();
  // Below a headline, where there is one.
  if (found != "ok")
    throw StoreError(path + ": is damaged: " + found.substr(found.rfind('\n') + 1));
}

// While somebody writes, a write-ahead journal: a verdict is a transaction of its own that costs
// one write at the end of the journal, and readers wait for nobody. A commit does not wait for the
// disk, which would take longer than many a check: with this journal that risks no damage, only
// that a loss of power takes what came after the last `sync`; the end of a process, however
// sudden, takes nothing. Where a file system has no such journal, SQLite keeps the other one, and
// every commit waits.
// From the first write on: what is refused after a look into the store has not changed by a byte.
void StoredRecords::State::write_ahead() {
  if (!is_file() || is_written) return;
  if (database.execAndGet("PRAGMA journal_mode = WAL").getString() == "wal")
    database.exec("PRAGMA synchronous = NORMAL");
  is_written = true;
}

// A store that nobody writes into is one ordinary file, which can be copied, and read where nothing
// can be written. Fails while somebody else has it open: the last one to close it does this. A
// full disk leaves the journal for the next one to open the store.
void StoredRecords::State::leave_one_file() noexcept {
  try {
    if (!is_file() || asked("journal_mode").getString() != "wal") return;
    upserts.clear();
    database.setBusyTimeout(0);
    database.exec("PRAGMA query_only = OFF; PRAGMA journal_mode = DELETE");
  } catch (const std::exception&) {
  }
}

StoredRecords::StoredRecords(std::unique_ptr<State> state) : state_(std::move(state)) {}
StoredRecords::~StoredRecords() = default;
StoredRecords::StoredRecords(StoredRecords&&) noexcept = default;
StoredRecords& StoredRecords::operator=(StoredRecords&&) noexcept = default;

const std::string& StoredRecords::path() const { return state_->path; }
bool StoredRecords::is_file() const { return state_->is_file(); }

std::unique_ptr<StoredRecords::State> StoredRecords::State::opened(const std::string& path,
                                                                   Store::Mode mode) {
  look_at_file(path, mode);
  try {
    return std::make_unique<State>(path, mode);
  } catch (const SQLite::Exception& error) {
    throw StoreError(path + ": cannot be opened: " + error.what());
  }
}

Store::Store(const std::string& path, Mode mode) : StoredRecords(State::opened(path, mode)) {}

void Store::sync() {
  state().locked("written", [&] {
    sqlite3_file* const journal = state().journal();
    if (journal == nullptr) return;
    const int result = journal->pMethods->xSync(journal, SQLITE_SYNC_NORMAL);
    if (result != SQLITE_OK) throw SQLite::Exception(sqlite3_errstr(result), result);
  });
}

void Store::examine() const {
  state().locked("read", [&] { state().examine(); });
}

}  // namespace graddiv
