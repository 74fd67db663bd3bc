#pragma once

#include <string>

#include "claim/check.h"
#include "cli/support/output.h"
#include "workbench/lookup.h"

namespace graddiv::cli {

/// A finding in full, for machines.
Json finding_json(const workbench::StatementRef& checked, const Finding& finding);

/// A finding for people: hypothesis by hypothesis, then the conclusions. Of many conclusions
/// those are shown that say most, unless `all` of them are wanted.
std::string finding_text(const workbench::StatementRef& checked, const Finding& finding, bool all);

/// Exit code of a verdict.
int exit_code(Verdict verdict, bool strict);

}  // namespace graddiv::cli
