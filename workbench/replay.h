#pragma once

#include <string>
#include <vector>

#include "campaign/counterexample.h"
#include "claim/check.h"
#include "workbench/lookup.h"

namespace graddiv::workbench {

/// Something that a counterexample records and that does not come out so now.
struct Difference {
  std::string what;  ///< "evidence"
  std::string recorded;
  std::string now;
};

/// A saved counterexample, checked again.
struct ReplayedFile {
  CounterexampleFile saved;
  StatementRef statement;
  Finding finding;
  std::vector<Difference> differences;  ///< none: all that was recorded comes out as it was
};

/// Throws InputError and RequestError.
ReplayedFile replay_counterexample(const std::string& file);

/// All that `saved` records, against what the finding is: verdict, evidence, reason, both sides.
std::vector<Difference> differences(const CounterexampleFile& saved, const Finding& finding);

}  // namespace graddiv::workbench
