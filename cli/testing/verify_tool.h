#pragma once

#include <string>

#include "campaign/store.h"
#include "cli/testing/tool.h"

namespace graddiv::cli::testing {

/// `graddiv verify` in a folder of its own.
class VerifyTool : public ToolTest {
 protected:
  /// A small campaign: quick theorems, and one example instead of the shipped ones.
  Arguments command(const Arguments& more = {}) const;

  Store store(const std::string& name = "s.sqlite") const;

  /// Starts the command and waits until it has stored some verdicts.
  pid_t start_and_wait_for_verdicts(const Arguments& arguments, std::size_t verdicts,
                                    const std::string& name = "s.sqlite") const;
};

}  // namespace graddiv::cli::testing
