#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaign/sharpest_record.h"
#include "formula/variants.h"
#include "sgd/instance.h"

namespace graddiv::workbench {

/// An instance of which a variant of the statement is false, by an ordinary check.
struct Disproof {
  std::string origin;
  Instance instance;
  Text reason;
  TheoremFile variant{};  ///< the statement that it refutes
  std::string file{};     ///< where it was written
};

/// How far a number of the statement is from the best possible, as far as instances tell.
struct NumberFinding {
  FileNumber number;
  Regime regime = Regime::any;
  std::string slice{};  ///< "λ/β < 1/10": of these instances alone; empty for all of them
  bool smaller_is_stronger = true;
  /// The statement is false with this number in its place or, where an instance turns false just
  /// there, with every number beyond it.
  std::optional<Rational> refuted = {};
  bool is_limit = false;
  /// Nothing refutes what the statement claims by it with this one.
  std::optional<Rational> unrefuted = {};
  std::optional<Disproof> by = {};
  std::int64_t checks = 0;

  /// It is the best possible: refuted up to it, and unrefuted at it.
  bool is_best() const { return is_limit && refuted == unrefuted && refuted == number.value; }
};

/// What came of a variant of the statement.
struct VariantFinding {
  enum class Outcome {
    refuted,
    implied,    ///< by the statement: it is no sharper
    undefined,  ///< a division by zero or the like where the statement says something, or it speaks
                ///< of a constant that is not there without a hypothesis
    idle,       ///< it applies to no instance
    in_a_step,  ///< a step of the proof is false without a hypothesis, no claim was found to be
    weaker,     ///< on some instance it says less than the statement, on none more
    open        ///< none of these
  };
  Variant variant;
  Outcome outcome = Outcome::open;
  std::optional<Disproof> by = {};
  std::string trouble = {};  ///< of what is undefined
  std::int64_t checks = 0;   ///< of the search for an instance, beside the trials
  double seconds = 0;        ///< that it took
};
std::string_view to_string(VariantFinding::Outcome outcome);  ///< "refuted"

struct SharpenResult {
  std::vector<NumberFinding> numbers;
  std::vector<VariantFinding> hypotheses;  ///< each dropped, in the order of the file
  std::vector<VariantFinding> mutants;     ///< all others
  std::optional<Disproof> refutation;      ///< of the statement as it stands
  std::int64_t trials = 0;
  std::int64_t applicable = 0;  ///< of those

  /// Of the mutants, dropped hypotheses among them.
  std::int64_t count(VariantFinding::Outcome outcome) const;
};

}  // namespace graddiv::workbench
