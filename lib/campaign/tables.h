#pragma once

#include <string>
#include <vector>

#include "campaign/record.h"
#include "campaign/table.h"

// The tables of a store: each column named once, with the member of the record that it keeps.
// Private to the store.
namespace graddiv::tables {

/// Counts up with every change of the tables.
inline constexpr int layout = 11;

const Table<Provenance>& provenances();  ///< one row at most
const Table<StatementRecord>& statements();
const Table<ConstructionRecord>& constructions();
const Table<MutantRecord>& mutants();
const Table<FigureRecord>& figures();
const Table<SharpestRecord>& gallery();
const Table<SharpnessRecord>& sharpness();
const Table<VerdictRecord>& verdicts();
const Table<VerdictRecord>&
outcomes();  ///< of verdicts, what is compared; its series have only their lengths

std::string schema();  ///< of all of them
struct Names {
  std::string table;
  std::vector<std::string> columns;  ///< all but `position`
  std::vector<std::string> timed;    ///< of these, what differs from one time to the next
  std::vector<std::string> key;      ///< of these, what names a record
};
std::vector<Names> names();

}  // namespace graddiv::tables
