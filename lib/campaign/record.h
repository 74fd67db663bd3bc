#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "claim/place.h"
#include "claim/verdict.h"
#include "number/enclosure.h"

namespace graddiv {

// What a campaign leaves behind, as plain data: everything a report, a comparison or a replay needs,
// with no way back into the code that made it. Numbers that are bounds are texts, rounded outward;
// verdicts, evidence and places are values, which whoever shows them prints.

/// One row of a plot: both sides of a conclusion, or an expectation and its law.
struct SeriesPoint {
  Place place;
  double left = 0;
  double right = 0;
  Relation relation = Relation::less_equal;
};

/// One verdict: a statement checked on one instance.
struct VerdictRecord {
  std::string theorem;
  std::int64_t number = 0;  ///< running number of the instance within the theorem's campaign
  std::string
      origin;  ///< "random: strongly-convex", "construction: lower-noise-floor", "example: …"
  Verdict verdict = Verdict::not_applicable;
  Evidence::Kind evidence = Evidence::none;
  std::string reason;
  std::string provenance;  ///< engine and arithmetic
  int precision = 0;
  int escalations = 0;
  int conclusions = 0;                   ///< inequalities decided
  std::optional<std::string> tightness;  ///< decimal at or below the largest ratio
  std::optional<Place> sharpest;         ///< where it was found
  std::string instance;                  ///< JSON text of the instance (graddiv-instance/1)
  std::vector<SeriesPoint> series;
};

struct MutantRecord {
  std::string theorem;
  std::string mutant;
  std::string change;  ///< LaTeX
  bool refuted = false;
  Evidence::Kind evidence = Evidence::none;
  std::string reason;   ///< "k = 8, in expectation: 0.1853 ≤ 0.1 is false"
  std::string ratio;    ///< actual / claimed, decimal rounded towards 1
  std::string witness;  ///< JSON text of the instance
  /// The same of what shrinking the witness left; none where the evidence is statistical.
  std::string smallest{};
};

/// What the report says about a theorem, so that it can be written from the store alone.
struct StatementRecord {
  std::string id;
  std::string title;
  std::string source;
  std::string cites;
  std::string latex;
  std::vector<std::string> hypotheses;
};

struct ConstructionRecord {
  std::string id;
  std::string title;
  std::string source;
  std::string latex;
  std::string law;                  ///< LaTeX
  std::string parameters;           ///< of the showcase, in words
  std::string instance;             ///< JSON text of the showcase
  bool law_holds = false;           ///< the engine's expectation equals the law exactly at every k
  std::vector<SeriesPoint> series;  ///< left: the engine's expectation, right: the law
};

/// A bound may be tight without mini-batches and loose with them, or the other way round.
enum class Regime {
  any,            ///< the statement speaks of no δ
  delta_zero,     ///< δ = 0
  delta_positive  ///< δ > 0
};
std::string_view to_string(Regime regime);   ///< "any", "delta-zero", "delta-positive"
Regime parse_regime(std::string_view text);  ///< throws std::invalid_argument
template <class Json>
void to_json(Json& json, const Regime& regime) {
  json = to_string(regime);
}

/// The sharpest instance known for a theorem in one regime of δ, replayed (campaign/gallery.h).
struct SharpestRecord {
  std::string theorem{};
  Regime regime = Regime::any;
  std::optional<std::string>
      ratio;  ///< decimal at or below what the instance attains; none where it certifies nothing
  std::string stored{};    ///< what it must attain: decimal at or below the gallery's own ratio
  bool as_stored = false;  ///< it attains that with rigorous evidence
  std::optional<Place> where{};
  std::string delta{};  ///< in words; empty where no δ is spoken of
  Evidence::Kind evidence = Evidence::none;
  std::string shows{};     ///< one sentence
  std::string instance{};  ///< JSON text
};

/// How a curve of a figure is drawn; what that looks like is the report's business.
enum class CurveStyle {
  line,
  reference,  ///< thin and dashed: what the theory says, beside what was found
  dots,
  rings
};

/// Coordinates are decimals, rounded to what an eye can see.
struct FigurePoint {
  std::string x;
  std::string y;
};

struct FigureCurve {
  CurveStyle style = CurveStyle::line;
  std::string legend;  ///< LaTeX; empty: not in the legend, as an earlier curve speaks for it
  std::string label;   ///< LaTeX beside its last point; may be empty
  std::vector<FigurePoint> points;
};

struct FigureAxis {
  std::string label;  ///< LaTeX
  bool logarithmic = false;
  std::vector<std::string> ticks;  ///< decimals; empty: wherever the report likes
};

/// A picture beyond one instance: numbers worked out over a range of parameters.
struct FigureRecord {
  std::string id;       ///< "saturation"
  std::string theorem;  ///< that it illustrates
  std::string title;
  std::string caption;  ///< LaTeX
  FigureAxis x;
  FigureAxis y;
  std::vector<FigureCurve> curves;  ///< the later lie above the earlier
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
  std::optional<std::string> tightness;  ///< best, decimal rounded down
};

}  // namespace graddiv
