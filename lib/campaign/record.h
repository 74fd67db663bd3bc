#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "campaign/figure_record.h"
#include "campaign/mutant_record.h"
#include "campaign/sharpest_record.h"
#include "campaign/verdict_record.h"
#include "number/text.h"

namespace graddiv {

// What a campaign leaves behind, as plain data: everything a report, a comparison or a replay
// needs, with no way back into the code that made it. Numbers that are bounds are texts, rounded
// outward; verdicts, evidence and places are values, which whoever shows them prints.

/// What the report says about a theorem, so that it can be written from the store alone.
struct StatementRecord {
  std::string id;
  Text title;
  Text source;
  std::string cites;
  std::string latex;
  std::vector<Text> hypotheses;
  std::vector<Text> telling{};  ///< what its telling conclusions have
};

struct ConstructionRecord {
  std::string id;
  Text title;
  Text source;
  std::string latex;
  std::string law;                  ///< LaTeX
  Text parameters;                  ///< of the showcase, in words
  std::string instance;             ///< JSON text of the showcase
  bool law_holds = false;           ///< the engine's expectation equals the law exactly at every k
  std::vector<SeriesPoint> series;  ///< left: the engine's expectation, right: the law
  std::string reason{};             ///< where both differ first, or why they could not be compared
  int rank = 0;                     ///< its place among all constructions, whichever was made first
};

/// How a campaign was made: title page, comparison, and whether a later run may continue it.
struct Provenance {
  std::string version;
  std::string commit;
  std::uint64_t seed = 0;
  std::string date;  ///< ISO 8601, UTC
  std::string cpu;
  std::vector<std::pair<std::string, std::string>> packages;  ///< name, version
  std::string inputs;  ///< fingerprint of the campaign's worst cases and examples
  /// Which numbers stand for those, which are drawn and which search, in words.
  std::string plan{};
  Text ledger{};  ///< what checks may spend on draws, in words
};

/// Counts over all verdicts of one theorem.
struct TheoremSummary {
  std::string id;
  std::int64_t instances = 0;
  std::int64_t applicable = 0;
  std::int64_t telling = 0;  ///< of these, with a conclusion that tells something,
  std::int64_t telling_at_positive_delta = 0;  ///< and of these, with δ > 0
  std::int64_t proved = 0;
  std::int64_t supported = 0;
  std::int64_t consistent = 0;
  std::int64_t refuted = 0;
  std::int64_t inconclusive = 0;
  std::int64_t errors = 0;               ///< checks that threw: neither applicable nor not
  std::int64_t searches = 0;             ///< of the instances, those that were searched for,
  std::int64_t search_checks = 0;        ///< and the checks that this took
  std::optional<std::string> tightness;  ///< best, decimal rounded down

  /// How many percent of all checks were made by searches, rounded down.
  std::int64_t search_percent() const {
    const std::int64_t checks = instances - searches + search_checks;
    return checks == 0 ? 0 : 100 * search_checks / checks;
  }
};

}  // namespace graddiv
