#include "campaign/store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <utility>

#include "campaign/store_state.h"
#include "campaign/tables.h"

namespace graddiv {

namespace {

template <class State, class Record>
void put(State& state, const tables::Table<Record>& table, const std::vector<Record>& records) {
  if (records.empty()) return;
  state.in_transaction([&] {
    SQLite::Statement& upsert = state.prepared(table.name, [&] { return table.upsert(); });
    for (const Record& record : records) {
      upsert.tryReset();  // whatever became of the last one is known
      table.bind(upsert, record);
      upsert.exec();
    }
    upsert.reset();
  });
}

}  // namespace

void Store::write(const Provenance& provenance) {
  state().in_transaction([&] {
    state().database.exec("DELETE FROM " + tables::provenances().name);
    SQLite::Statement insert(state().database, tables::provenances().upsert());
    tables::provenances().bind(insert, provenance);
    insert.exec();
  });
}
void Store::write(const StatementRecord& s) { put(state(), tables::statements(), {s}); }
void Store::write(const ConstructionRecord& c) { put(state(), tables::constructions(), {c}); }
void Store::write(const MutantRecord& m) { put(state(), tables::mutants(), {m}); }
void Store::write(const FigureRecord& f) { put(state(), tables::figures(), {f}); }
void Store::write(const SharpestRecord& s) { put(state(), tables::gallery(), {s}); }
void Store::write(const VerdictRecord& v) { put(state(), tables::verdicts(), {v}); }
void Store::write(const std::vector<StatementRecord>& s) { put(state(), tables::statements(), s); }
void Store::write(const std::vector<VerdictRecord>& v) { put(state(), tables::verdicts(), v); }

void Store::write(const std::string& theorem, const std::vector<SharpnessRecord>& sharpness) {
  const tables::Table<SharpnessRecord>& table = tables::sharpness();
  state().in_transaction([&] {
    SQLite::Statement old(state().database, "DELETE FROM " + table.name + " WHERE theorem = ?");
    old.bind(1, theorem);
    old.exec();
    SQLite::Statement insert(state().database, table.upsert());
    for (const SharpnessRecord& record : sharpness) {
      table.bind(insert, record);
      insert.exec();
      insert.reset();
    }
  });
}

std::string database_version() { return SQLite::getLibVersion(); }

}  // namespace graddiv
