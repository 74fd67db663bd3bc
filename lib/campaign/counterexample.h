#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "claim/evaluation.h"
#include "claim/evidence_name.h"
#include "claim/verdict.h"
#include "sgd/instance.h"

namespace graddiv {

struct Finding;

/// Where a statement is false of an instance, and both sides there: "k = 1", "2", "3/2".
struct Sides {
  std::string where;
  std::string left;  ///< exact, or an interval rounded outward
  std::string right;

  friend bool operator==(const Sides&, const Sides&) = default;
};
/// Those of the first claim that is false, else of the first step; nothing where there is none.
std::optional<Sides> sides_of(const Finding& finding);

/// The runs in doubles that a verdict rests on (claim/evaluation.h).
struct SampledBy {
  std::int64_t runs = 0;
  std::uint64_t seed = 0;      ///< of their random numbers,
  std::uint64_t instance = 0;  ///< which are others for every instance
  Rational error_level{1, 1'000'000};

  friend bool operator==(const SampledBy&, const SampledBy&) = default;
};
/// Those of a finding that was made so; nothing where it rests on none.
std::optional<SampledBy> sampled_by(const EvaluationOptions& how, const EvidenceName& evidence);

/// A verdict on an instance, saved so that anybody can check it again: a file of format
/// graddiv-counterexample/1. Its instance stands in it in readable rational literals, as in an
/// instance file.
struct CounterexampleFile {
  std::string statement;                      ///< id of the theorem
  std::optional<std::string> mutant;          ///< id of its mutant, where it is one
  std::optional<std::string> theorem_file{};  ///< where it comes from a file: all of that
  Verdict verdict = Verdict::refuted;         ///< at the time
  // What is not in a file was not recorded.
  std::optional<EvidenceName> evidence{};
  std::optional<std::string> reason{};
  std::optional<Sides> sides{};
  std::optional<SampledBy> sampled{};  ///< nothing: exactly
  std::string origin;
  std::string version;
  std::string commit;
  std::optional<std::uint64_t> seed;   ///< the campaign's, and
  std::optional<std::int64_t> number;  ///< the instance's running number in it
  bool is_smallest = true;             ///< false: as it was found, not shrunk to the end
  Instance instance;
};

/// With which the verdict comes out again.
EvaluationOptions how_checked(const CounterexampleFile& counterexample);

/// Throws InputError.
CounterexampleFile read_counterexample(const std::string& path,
                                       const std::vector<FamilyEntry>& known = families());

std::string to_text(const CounterexampleFile& counterexample);

}  // namespace graddiv
