#pragma once

#include <string>

#include "claim/check.h"
#include "claim/evaluation.h"
#include "workbench/lookup.h"

namespace graddiv::workbench {

/// Checks a statement that a user named on an instance that `name` says (its file). Throws
/// RequestError where the statement itself has an error there, with all three of them.
Finding check_named(const StatementRef& statement, const Instance& instance,
                    const std::string& name, const EvaluationOptions& options = {});

}  // namespace graddiv::workbench
