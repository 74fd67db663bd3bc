#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claim/statement_error.h"
#include "claim/theorem.h"
#include "claim/verdict.h"

namespace graddiv {

struct HypothesisFinding {
  Text text;
  Truth holds;
  Text reason;             ///< why it is unknown, where it is
  bool is_asked = true;    ///< false behind one that does not hold
  Evidence rests_on = {};  ///< the samples and surrogates of the numbers that were asked for it
};

struct ConclusionFinding {
  Conclusion conclusion;
  Truth holds;
  /// left/right for ≤, right/left for ≥ and = : at most 1 where the claim holds, 1 where it is
  /// attained; absent where it makes no sense.
  std::optional<Enclosure> tightness;
};

/// One statement checked on one instance, with everything needed to argue about it.
struct Finding {
  Verdict verdict = Verdict::not_applicable;
  Evidence::Kind evidence = Evidence::none;
  Evidence rests_on;  ///< that kind, with its surrogates and samples, those of hypotheses too
  Text reason;        ///< one line: why not applicable, what was refuted, what stayed open
  std::vector<HypothesisFinding> hypotheses;
  std::vector<Text> left_out;  ///< what it does not claim, and why: "the start, the step: …"
  std::vector<ConclusionFinding>
      conclusions;          ///< those that apply, or whose applicability is unknown
  bool is_telling = false;  ///< something that it concludes tells something, and
  bool is_telling_at_positive_delta = false;  ///< it does so with δ > 0
  std::optional<Enclosure> tightness;         ///< the largest one
  std::optional<Place> sharpest;              ///< where it was found
  std::optional<Text> reference;              ///< what stands for w*: "$x = (1, 2)$, …"
  std::string provenance;                     ///< engine and arithmetic
  /// Of an open verdict: what exact values along the run would have taken, where there was no room
  /// for them; else 0.
  long megabytes_of_exact_values = 0;
  unsigned precision = 0;  ///< bits of the precision that decided
  int escalations = 0;     ///< how often the precision had to be doubled
};

struct CheckOptions {
  unsigned precision = 128;
  unsigned largest_precision = 4096;
};

/// How the reason begins of a finding that is not applicable as a hypothesis is false, or as it
/// could not be certified: the hypothesis, and which of the two.
Text failure_of(const Text& hypothesis, bool is_false);

/// Checks hypothesis by hypothesis, up to the first that does not hold, then the claim. A
/// hypothesis that fails or cannot be certified gives `not_applicable`; so does a claim with
/// nothing that applies. What stays unknown is tried again with twice the precision, then of
/// surrogates where the claim holds for all of them (Statement::claims_at_every_point), and is
/// `inconclusive` in the end.
///
/// The evidence of a verdict is that of the numbers it rests on, the weakest of all, those that a
/// hypothesis or a condition asked among them. A claim that rests on draws is `supported` at most:
/// where it holds unless a sample misled, or where no draw fails and at most `largest_multiple`
/// times the stated probability would have been refuted with probability 0.99. Where the draws
/// could not have shown that much it is `consistent`. Throws StatementError.
Finding check(const Statement& statement, const Evaluation& evaluation,
              const CheckOptions& options = {});
/// The same, for one statement on one instance.
Finding check(const Statement& statement, const Instance& instance,
              const CheckOptions& options = {});

}  // namespace graddiv
