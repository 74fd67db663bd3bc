#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaign/sharpest_record.h"
#include "claim/theorem.h"
#include "formula/variants.h"
#include "sgd/instance.h"
#include "workbench/mutants.h"

namespace graddiv::workbench {

struct SharpenRequest {
  const Theorem* theorem = nullptr;  ///< one that was read from a file
  std::int64_t instances = 200;      ///< random ones, beside those that are made of them
  std::int64_t effort = 100;         ///< checks of each search
  std::uint64_t seed = 1;
  int jobs = all_cores;
  std::string folder{};  ///< where refutations are written, for `replay`; none where empty
  std::function<void(std::int64_t done, std::int64_t total)> progress = [](auto, auto) {};
};

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
  bool smaller_is_stronger = true;
  /// The statement is false with this number in its place or, where an instance turns false just
  /// there, with every number beyond it.
  std::optional<Rational> refuted = {};
  bool is_limit = false;
  /// Nothing refutes the statement with this one.
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
    undefined,  ///< a division by zero or the like, where the statement says something
    idle,       ///< it applies to no instance
    open        ///< neither refuted nor known to be implied
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

/// Whether each hypothesis is needed and how far each number is from the best possible: the
/// statement's variants (formula/variants.h) on trials (workbench/trials.h), and a search for an
/// instance for whatever these leave open. All that counts as refuted is so by an ordinary check.
/// Depends on the request alone, but for seconds. Throws RequestError for a theorem of no file.
SharpenResult sharpen(const SharpenRequest& request);

}  // namespace graddiv::workbench
