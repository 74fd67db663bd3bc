#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "claim/verdict.h"
#include "sgd/instance.h"

namespace graddiv {

/// A verdict on an instance, saved so that anybody can check it again: a file of format
/// graddiv-counterexample/1. Its instance stands in it in readable rational literals, as in an
/// instance file.
struct CounterexampleFile {
  std::string statement;               ///< id of the theorem
  std::optional<std::string> mutant;   ///< id of its mutant, where it is one
  Verdict verdict = Verdict::refuted;  ///< at the time
  Evidence::Kind evidence = Evidence::none;
  std::string reason;
  std::string origin;
  std::string version;
  std::string commit;
  std::optional<std::uint64_t> seed;   ///< the campaign's, and
  std::optional<std::int64_t> number;  ///< the instance's running number in it
  Instance instance;
};

/// Throws InputError.
CounterexampleFile read_counterexample(const std::string& path,
                                       const std::vector<FamilyEntry>& known = families());

std::string to_text(const CounterexampleFile& counterexample);

}  // namespace graddiv
