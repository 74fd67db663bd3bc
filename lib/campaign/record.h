#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "campaign/figure_record.h"
#include "campaign/sharpest_record.h"
#include "campaign/verdict_record.h"
#include "number/text.h"

namespace graddiv {

// What a campaign leaves behind, as plain data: everything a report, a comparison or a replay
// needs, with no way back into the code that made it. Numbers that are bounds are texts, rounded
// outward; verdicts, evidence and places are values, which whoever shows them prints.

struct MutantRecord {
  std::string theorem;
  std::string mutant;
  std::string change;  ///< LaTeX
  bool refuted = false;
  Evidence::Kind evidence = Evidence::none;
  Text reason;          ///< "$k = 8$, in expectation: $0.1853 ≤ 0.1$ is false"
  std::string ratio;    ///< actual / claimed, decimal rounded towards 1
  std::string witness;  ///< JSON text of the instance
  /// The same of what shrinking the witness left; none where the evidence is statistical.
  std::string smallest{};
};

/// What the report says about a theorem, so that it can be written from the store alone.
struct StatementRecord {
  std::string id;
  Text title;
  Text source;
  std::string cites;
  std::string latex;
  std::vector<Text> hypotheses;
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
};

/// How a campaign was made: title page, comparison, and whether a later run may continue it.
struct Provenance {
  std::string version;
  std::string commit;
  std::uint64_t seed = 0;
  std::string date;  ///< ISO 8601, UTC
  std::string cpu;
  std::vector<std::pair<std::string, std::string>> packages;  ///< name, version
  std::string
      inputs;  ///< fingerprint of the worst cases and examples that the campaign begins with
};

/// Counts over all verdicts of one theorem.
struct TheoremSummary {
  std::string id;
  std::int64_t instances = 0;
  std::int64_t applicable = 0;
  std::int64_t proved = 0;
  std::int64_t supported = 0;
  std::int64_t refuted = 0;
  std::int64_t inconclusive = 0;
  std::int64_t errors = 0;               ///< checks that threw: neither applicable nor not
  std::optional<std::string> tightness;  ///< best, decimal rounded down
};

}  // namespace graddiv
