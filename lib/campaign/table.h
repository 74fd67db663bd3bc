#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

// A table of records of one kind. Private to the store.
namespace graddiv::tables {

inline std::string in_a_row(const std::vector<std::string>& words) {
  std::string row;
  for (const std::string& word : words) row += (row.empty() ? "" : ", ") + word;
  return row;
}

/// One member of a record in one column.
template <class Record>
struct Column {
  std::string name;
  std::string type;  ///< "TEXT NOT NULL"
  std::function<void(SQLite::Statement&, int index, const Record&)> bind;
  std::function<void(const SQLite::Column&, Record&)> read;
  bool is_timed = false;  ///< differs from one time to the next
};

template <class Record>
struct Table {
  std::string name;
  std::vector<Column<Record>> columns;
  std::vector<std::string> key;  ///< the columns that name a record: writing it again replaces it

  std::string columns_in_order() const {
    std::vector<std::string> names;
    for (const Column<Record>& c : columns) names.push_back(c.name);
    return in_a_row(names);
  }
  std::string schema() const {
    std::string sql = "CREATE TABLE " + name + " (position INTEGER PRIMARY KEY";
    for (const Column<Record>& c : columns) sql += ", " + c.name + " " + c.type;
    return sql + ", UNIQUE (" + in_a_row(key) + ")) STRICT;";
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
           ") ON CONFLICT (" + in_a_row(key) + ") DO UPDATE SET " + updates;
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

}  // namespace graddiv::tables
