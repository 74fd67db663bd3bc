#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "campaign/store.h"
#include "campaign/tables.h"

namespace graddiv {
namespace {

using Schema = std::map<std::string, std::vector<std::string>>;

std::string document() {
  std::ostringstream text;
  text << std::ifstream(GRADDIV_DOCS "/store.md").rdbuf();
  return text.str();
}

/// "column TYPE" of every table that the document names in a headline.
Schema documented() {
  static const std::regex headline("### `(\\w+)`");
  static const std::regex row("\\| `(\\w+)` \\| (\\w+) \\|.*");
  Schema schema;
  std::string table;
  std::istringstream lines(document());
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (std::regex_match(line, found, headline)) table = found[1];
    if (line.starts_with("## ")) table.clear();
    if (!table.empty() && std::regex_match(line, found, row))
      schema[table].push_back(found[1].str() + " " + found[2].str());
  }
  return schema;
}

TEST(StoreDocument, NamesEveryTableAndColumnAndNoOther) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(tables::schema());
  Schema schema;
  SQLite::Statement row(database,
                        "SELECT m.name, c.name, c.type FROM sqlite_master m, "
                        "pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY c.cid");
  while (row.executeStep()) {
    schema[row.getColumn(0).getString()].push_back(row.getColumn(1).getString() + " " +
                                                   row.getColumn(2).getString());
  }
  EXPECT_EQ(schema.size(), tables::names().size());
  EXPECT_EQ(documented(), schema);
}

TEST(StoreDocument, NamesTheLayout) {
  EXPECT_NE(document().find(" at present layout " + std::to_string(tables::layout) + "."),
            std::string::npos);
}

TEST(StoreDocument, AsksQuestionsThatCanBeAsked) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(tables::schema());
  const std::string text = document();
  const std::string fence = "```sql\n";
  int questions = 0;
  for (auto at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::string sql = text.substr(at, text.find("```", at) - at);
    EXPECT_NO_THROW(SQLite::Statement(database, sql).executeStep()) << sql;
    ++questions;
  }
  EXPECT_EQ(questions, 6);
}

}  // namespace
}  // namespace graddiv
