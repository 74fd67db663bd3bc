#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "campaign/campaign_error.h"
#include "campaign/store_state.h"
#include "campaign/tables.h"

namespace graddiv {

namespace {

/// A copy of the bytes that SQLite frees.
unsigned char* copied(std::string_view bytes) {
  auto* const copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, bytes.data(), bytes.size());
  return copy;
}

/// Makes a database of a connection what these bytes are.
void fill(SQLite::Database& database, const char* name, std::string_view bytes) {
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const int result =
      sqlite3_deserialize(database.getHandle(), name, copied(bytes), size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (result != SQLITE_OK) throw SQLite::Exception(sqlite3_errstr(result), result);
}

/// Another store as the database `other` of this connection: by its file, or by its bytes.
class Attached {
 public:
  Attached(SQLite::Database& database, const Store& other) : database_(database) {
    SQLite::Statement attach(database, "ATTACH ? AS other");
    attach.bind(1, other.is_file() ? other.path() : ":memory:");
    attach.exec();
    if (!other.is_file()) fill(database, "other", other.bytes());
  }
  ~Attached() {
    try {
      database_.exec("DETACH other");
    } catch (const SQLite::Exception&) {  // whatever was wrong is known already
    }
  }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

 private:
  SQLite::Database& database_;
};

// "verdicts: theorem rate-pl, number 7: evidence".
std::optional<std::string> contradiction_in(SQLite::Database& database,
                                            const tables::Names& names) {
  std::string same;
  std::string each;
  std::vector<std::string> columns = names.columns;
  std::erase_if(columns, [&](const std::string& column) {
    return std::ranges::find(names.timed, column) != names.timed.end();
  });
  for (const std::string& column : columns) {
    const std::string is_same = "a." + column + " IS b." + column;
    same += (same.empty() ? "" : " AND ") + is_same;
    each += ", " + is_same;
  }
  std::string key;
  for (const std::string& column : names.key) key += (key.empty() ? "a." : ", a.") + column;
  SQLite::Statement row(database, "SELECT " + key + each + " FROM main." + names.table +
                                      " a JOIN other." + names.table + " b USING (" +
                                      tables::in_a_row(names.key) + ") WHERE NOT (" + same +
                                      ") ORDER BY " + key + " LIMIT 1");
  if (!row.executeStep()) return std::nullopt;
  std::string found = names.table + ":";
  int at = 0;
  for (const std::string& column : names.key) {
    found += (at == 0 ? " " : ", ") + column + " " + row.getColumn(at).getString();
    ++at;
  }
  for (const std::string& column : columns) {
    if (row.getColumn(at++).getInt() == 0) return found + ": " + column + " is not the same";
  }
  return found;
}

std::optional<std::string> contradiction_of(const Provenance& a, const Provenance& b) {
  const std::pair<const char*, std::pair<std::string, std::string>> all[] = {
      {"version", {a.version, b.version}},
      {"code", {a.commit, b.commit}},
      {"seed", {std::to_string(a.seed), std::to_string(b.seed)}},
      {"inputs", {a.inputs, b.inputs}},
      {"plan", {a.plan, b.plan}},
      {"ledger", {a.ledger.plain(), b.ledger.plain()}}};
  for (const auto& [what, values] : all) {
    if (values.first != values.second)
      return std::string("provenance: ") + what + " \"" + values.first + "\" and \"" +
             values.second + "\"";
  }
  return std::nullopt;
}

// Date and machine of one campaign may be several, and are no names of a record.
bool is_provenance(const tables::Names& names) { return names.table == tables::provenances().name; }

}  // namespace

std::optional<std::string> Store::contradiction(const Store& other) const {
  const auto mine = provenance();
  const auto others = other.provenance();
  if (mine && others) {
    if (auto found = contradiction_of(*mine, *others)) return found;
  }
  return state().locked("compared", [&]() -> std::optional<std::string> {
    const Attached attached(state().database, other);
    for (const tables::Names& names : tables::names()) {
      if (is_provenance(names)) continue;
      if (auto found = contradiction_in(state().database, names)) return found;
    }
    return std::nullopt;
  });
}

void Store::take(const Store& other) {
  if (const auto found = contradiction(other)) {
    throw CampaignError(path() + " and " + other.path() + " cannot be one store: " + *found);
  }
  const bool has_provenance = provenance().has_value();
  state().locked("written", [&] {
    state().write_ahead();
    const Attached attached(state().database, other);
    SQLite::Transaction transaction(state().database, SQLite::TransactionBehavior::IMMEDIATE);
    for (const tables::Names& names : tables::names()) {
      if (is_provenance(names) && has_provenance) continue;
      const std::string columns = tables::in_a_row(names.columns);
      state().database.exec("INSERT OR IGNORE INTO main." + names.table + " (" + columns +
                            ") SELECT " + columns + " FROM other." + names.table +
                            " ORDER BY position");
    }
    transaction.commit();
  });
}

std::string Store::bytes() const {
  return state().locked("read", [&] {
    sqlite3_int64 size = 0;
    unsigned char* const bytes = sqlite3_serialize(state().database.getHandle(), "main", &size, 0);
    if (bytes == nullptr) throw std::bad_alloc();
    std::string copy(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return copy;
  });
}

Store Store::from_bytes(std::string_view bytes) {
  Store store(":memory:", Mode::write);
  store.state().locked("read", [&] { fill(store.state().database, "main", bytes); });
  store.examine();
  return store;
}

}  // namespace graddiv
