#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "campaign/record.h"

// The tables of a store: each column named once, with the member of the record that it keeps.
// Private to the store.
namespace graddiv::tables {

/// Counts up with every change of the tables.
inline constexpr int layout = 8;

/// One member of a record in one column.
template <class Record>
struct Column {
  std::string name;
  std::string type;  ///< "TEXT NOT NULL"
  std::function<void(SQLite::Statement&, int index, const Record&)> bind;
  std::function<void(const SQLite::Column&, Record&)> read;
};

template <class Record>
struct Table {
  std::string name;
  std::vector<Column<Record>> columns;
  std::string key;  ///< the columns that name a record: writing it again replaces it

  std::string columns_in_order() const {
    std::string list;
    for (const Column<Record>& c : columns) list += (list.empty() ? "" : ", ") + c.name;
    return list;
  }
  std::string schema() const {
    std::string sql = "CREATE TABLE " + name + " (position INTEGER PRIMARY KEY";
    for (const Column<Record>& c : columns) sql += ", " + c.name + " " + c.type;
    return sql + ", UNIQUE (" + key + ")) STRICT;";
  }
  /// Keeps the position of a record that is replaced.
  std::string upsert() const {
    std::string values;
    std::string updates;
    for (const Column<Record>& c : columns) {
      values += values.empty() ? "?" : ", ?";
      updates += (updates.empty() ? "" : ", ") + c.name + " = excluded." + c.name;
    }
    return "INSERT INTO " + name + " (" + columns_in_order() + ") VALUES (" + values +
           ") ON CONFLICT (" + key + ") DO UPDATE SET " + updates;
  }
  void bind(SQLite::Statement& into, const Record& record) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      columns[i].bind(into, static_cast<int>(i) + 1, record);
    }
  }
  Record read(SQLite::Statement& row) const {
    Record record;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      columns[i].read(row.getColumn(static_cast<int>(i)), record);
    }
    return record;
  }
};
const Table<Provenance>& provenances();  ///< one row at most
const Table<StatementRecord>& statements();
const Table<ConstructionRecord>& constructions();
const Table<MutantRecord>& mutants();
const Table<FigureRecord>& figures();
const Table<SharpestRecord>& gallery();
const Table<VerdictRecord>& verdicts();
const Table<VerdictRecord>& outcomes();  ///< of verdicts, the columns that are compared

std::string schema();  ///< of all of them
/// The name of each, and those of its columns.
std::vector<std::pair<std::string, std::vector<std::string>>> names();

}  // namespace graddiv::tables
