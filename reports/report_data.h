#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "campaign/record.h"

namespace graddiv {

class Store;

/// Verdicts counted by where their instances came from.
struct OriginCount {
  std::string origin;
  std::int64_t instances = 0;
  std::int64_t applicable = 0;
  std::int64_t proved = 0;
  std::int64_t telling = 0;
  std::int64_t supported = 0;
  std::int64_t consistent = 0;
  std::int64_t refuted = 0;
  std::int64_t inconclusive = 0;
};

/// How many verdicts say the same: a reason, an engine, a kind of evidence.
struct TextCount {
  Text text;
  std::int64_t count = 0;
};

/// All that a report says about one theorem.
struct TheoremData {
  StatementRecord statement;
  TheoremSummary summary;
  std::vector<OriginCount> origins;  ///< in order of their first instance
  std::vector<TextCount>
      evidence;  ///< of the decided verdicts; the most frequent first, here and below
  std::vector<TextCount> engines;         ///< of the decided verdicts
  std::vector<TextCount> not_applicable;  ///< reasons, here and below
  std::vector<TextCount> inconclusive;
  std::vector<TextCount> errors;
  std::int64_t conclusions = 0;  ///< inequalities decided, over all verdicts
  std::vector<double> ratios;    ///< lower ends of all tightness ratios
  std::optional<VerdictRecord> sharpest;
  std::optional<VerdictRecord>
      telling;  ///< the one to plot: with many iterations, then with a sharp bound
  std::vector<SharpnessRecord> sharpness;  ///< empty where nobody asked
};

/// All that a report says, as plain data.
struct ReportData {
  std::string store;  ///< its file name, for "the whole instance stands in …"
  std::optional<Provenance> provenance;
  std::vector<TheoremData> theorems;
  std::vector<VerdictRecord> refuted;
  std::vector<MutantRecord> mutants;
  std::vector<ConstructionRecord> constructions;
  std::vector<FigureRecord> figures;
  std::vector<SharpestRecord> gallery;
  double search_share_of_time = 0;     ///< of the time of all checks
  std::string spent_error_level{"0"};  ///< by all that rests on draws, rounded up
};

/// Throws StoreError.
ReportData report_data(const Store& store);

/// The same for one theorem, from its statement, its summary and all its verdicts.
TheoremData theorem_data(StatementRecord statement, TheoremSummary summary,
                         const std::vector<VerdictRecord>& verdicts);

}  // namespace graddiv
