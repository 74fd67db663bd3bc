#include "campaign/stored_records.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <utility>

#include "campaign/store_state.h"
#include "campaign/tables.h"

namespace graddiv {

namespace {

/// All records, or those of one theorem.
template <class State, class Record>
std::vector<Record> get(State& state, const tables::Table<Record>& table, const std::string& rest,
                        const std::optional<std::string>& theorem = {}) {
  return state.locked("read", [&] {
    SQLite::Statement row(
        state.database, "SELECT " + table.columns_in_order() + " FROM " + table.name + " " + rest);
    if (theorem) row.bind(1, *theorem);
    std::vector<Record> found;
    while (row.executeStep()) found.push_back(table.read(row));
    return found;
  });
}

constexpr auto as_written = "ORDER BY position";
constexpr auto by_rank = "ORDER BY rank, position";

template <class Record>
std::optional<Record> first_of(std::vector<Record> records) {
  if (records.empty()) return std::nullopt;
  return std::move(records.front());
}

}  // namespace

std::optional<Provenance> StoredRecords::provenance() const {
  return first_of(get(state(), tables::provenances(), as_written));
}
std::vector<StatementRecord> StoredRecords::statements() const {
  return get(state(), tables::statements(), as_written);
}
std::vector<ConstructionRecord> StoredRecords::constructions() const {
  return get(state(), tables::constructions(), by_rank);
}
std::vector<MutantRecord> StoredRecords::mutants() const {
  return get(state(), tables::mutants(),
             "ORDER BY (SELECT position FROM statements WHERE id = theorem) NULLS LAST, rank, "
             "position");
}
std::vector<FigureRecord> StoredRecords::figures() const {
  return get(state(), tables::figures(), by_rank);
}
std::vector<SharpestRecord> StoredRecords::gallery() const {
  return get(state(), tables::gallery(), "ORDER BY theorem, regime DESC");
}
std::vector<SharpnessRecord> StoredRecords::sharpness(const std::string& theorem) const {
  return get(state(), tables::sharpness(), "WHERE theorem = ? ORDER BY rank", theorem);
}
std::vector<VerdictRecord> StoredRecords::verdicts(const std::string& theorem) const {
  return get(state(), tables::verdicts(), "WHERE theorem = ? ORDER BY number", theorem);
}
std::vector<VerdictRecord> StoredRecords::outcomes(const std::string& theorem) const {
  return get(state(), tables::outcomes(), "WHERE theorem = ? ORDER BY number", theorem);
}
std::optional<VerdictRecord> StoredRecords::sharpest(const std::string& theorem) const {
  return first_of(get(state(), tables::verdicts(),
                      "WHERE theorem = ? AND tightness IS NOT NULL "
                      "ORDER BY CAST(tightness AS REAL) DESC, number LIMIT 1",
                      theorem));
}
std::vector<VerdictRecord> StoredRecords::errors() const {
  return get(state(), tables::verdicts(), "WHERE verdict = 'error' ORDER BY theorem, number");
}
std::vector<VerdictRecord> StoredRecords::refuted() const {
  return get(state(), tables::verdicts(), "WHERE verdict = 'refuted' ORDER BY theorem, number");
}

std::string StoredRecords::spent_error_level() const {
  return state().locked("read", [&] {
    Rational spent = 0;
    SQLite::Statement row(state().database,
                          "SELECT error_level FROM verdicts WHERE error_level IS NOT NULL");
    while (row.executeStep()) spent += parse_rational(row.getColumn(0).getString());
    return decimal_above(spent, 4);
  });
}

double StoredRecords::search_share_of_time() const {
  return state().locked("read", [&] {
    return state()
        .database
        .execAndGet(
            "SELECT coalesce(sum(seconds) FILTER (WHERE search_checks > 0) / sum(seconds), "
            "0.0) FROM verdicts")
        .getDouble();
  });
}

std::set<std::int64_t> StoredRecords::done(const std::string& theorem) const {
  return state().locked("read", [&] {
    std::set<std::int64_t> numbers;
    SQLite::Statement row(state().database, "SELECT number FROM verdicts WHERE theorem = ?");
    row.bind(1, theorem);
    while (row.executeStep()) numbers.insert(row.getColumn(0).getInt64());
    return numbers;
  });
}

std::vector<TheoremSummary> StoredRecords::summaries() const {
  auto found = state().locked("read", [&] {
    std::vector<TheoremSummary> summaries;
    const std::pair<std::int64_t TheoremSummary::*, const char*> counts[] = {
        {&TheoremSummary::instances, "TRUE"},
        {&TheoremSummary::applicable, "v.verdict NOT IN ('not applicable', 'error')"},
        {&TheoremSummary::telling, "v.telling"},
        {&TheoremSummary::telling_at_positive_delta, "v.telling_at_positive_delta"},
        {&TheoremSummary::proved, "v.verdict = 'proved'"},
        {&TheoremSummary::supported, "v.verdict = 'supported'"},
        {&TheoremSummary::consistent, "v.verdict = 'consistent'"},
        {&TheoremSummary::refuted, "v.verdict = 'refuted'"},
        {&TheoremSummary::inconclusive, "v.verdict = 'inconclusive'"},
        {&TheoremSummary::errors, "v.verdict = 'error'"},
        {&TheoremSummary::searches, "v.search_checks > 0"}};
    std::string counted;
    for (const auto& [member, condition] : counts)
      counted += std::string(", count(v.number) FILTER (WHERE ") + condition + ")";
    SQLite::Statement row(state().database,
                          "WITH ids AS (SELECT id, position FROM statements UNION ALL "
                          "  SELECT DISTINCT theorem, NULL FROM verdicts "
                          "  WHERE theorem NOT IN (SELECT id FROM statements)) "
                          "SELECT ids.id, coalesce(sum(v.search_checks), 0)" +
                              counted +
                              " FROM ids LEFT JOIN verdicts v ON v.theorem = ids.id "
                              "GROUP BY ids.id ORDER BY ids.position NULLS LAST, ids.id");
    while (row.executeStep()) {
      TheoremSummary& summary = summaries.emplace_back();
      summary.id = row.getColumn(0).getString();
      summary.search_checks = row.getColumn(1).getInt64();
      for (int i = 1; const auto& [member, condition] : counts)
        summary.*member = row.getColumn(++i).getInt64();
    }
    SQLite::Statement best(state().database,
                           "SELECT tightness FROM verdicts WHERE theorem = ? AND tightness IS NOT "
                           "NULL ORDER BY CAST(tightness AS REAL) DESC, number LIMIT 1");
    for (auto& summary : summaries) {
      best.bind(1, summary.id);
      if (best.executeStep()) summary.tightness = best.getColumn(0).getString();
      best.reset();
    }
    return summaries;
  });
  return found;
}

std::vector<OutcomeCount> StoredRecords::outcome_counts(const std::string& theorem) const {
  return state().locked("read", [&] {
    std::vector<OutcomeCount> counts;
    SQLite::Statement row(state().database,
                          "SELECT origin, verdict <> 'not applicable' AS applies, "
                          "CASE verdict WHEN 'not applicable' THEN reason ELSE '' END AS why, "
                          "count(*) FROM verdicts WHERE theorem = ? AND verdict <> 'error' "
                          "GROUP BY origin, applies, why ORDER BY min(number)");
    row.bind(1, theorem);
    while (row.executeStep()) {
      counts.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt() != 0,
                        Text::from_marked(row.getColumn(2).getString()),
                        row.getColumn(3).getInt64()});
    }
    return counts;
  });
}

std::vector<double> StoredRecords::tightness_ratios(const std::string& theorem) const {
  return state().locked("read", [&] {
    std::vector<double> ratios;
    SQLite::Statement row(state().database,
                          "SELECT CAST(tightness AS REAL) FROM verdicts "
                          "WHERE theorem = ? AND tightness IS NOT NULL ORDER BY number");
    row.bind(1, theorem);
    while (row.executeStep()) ratios.push_back(row.getColumn(0).getDouble());
    return ratios;
  });
}

}  // namespace graddiv
