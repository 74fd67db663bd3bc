#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "campaign/figure_record.h"
#include "campaign/mutant_record.h"
#include "campaign/sharpest_record.h"
#include "campaign/sharpness_record.h"
#include "campaign/theorem_summary.h"
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

}  // namespace graddiv
