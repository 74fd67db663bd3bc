#include "cli/testing/store_contents.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

namespace graddiv::cli::testing {

Contents contents(const std::string& path) {
  // As people would: what the tool itself says of a store is not asked.
  const SQLite::Database database(path, SQLite::OPEN_READWRITE);
  Contents all;
  SQLite::Statement table(database, "SELECT name FROM sqlite_master WHERE type = 'table'");
  while (table.executeStep()) {
    const std::string name = table.getColumn(0).getString();
    auto& records = all[name];
    SQLite::Statement row(database, "SELECT * FROM " + name);
    while (row.executeStep()) {
      std::string record;
      for (int i = 0; i < row.getColumnCount(); ++i) {
        const std::string column = row.getColumnName(i);
        if (column == "position" || column == "date" || column == "seconds") continue;
        record += column + ": " + (row.isColumnNull(i) ? "NULL" : row.getColumn(i).getString());
        record += '\n';
      }
      records.push_back(record);
    }
    std::ranges::sort(records);
  }
  return all;
}

std::string difference(const Contents& a, const Contents& b) {
  if (a.size() != b.size()) return "not the same tables";
  for (const auto& [table, records] : a) {
    const auto other = b.find(table);
    if (other == b.end()) return "not the same tables";
    const auto [mine, others] = std::ranges::mismatch(records, other->second);
    if (mine == records.end() && others == other->second.end()) continue;
    const std::string& record = mine == records.end() ? *others : *mine;
    return table + ": " + std::to_string(records.size()) + " and " +
           std::to_string(other->second.size()) + " records; first " + record.substr(0, 200);
  }
  return "";
}

}  // namespace graddiv::cli::testing
