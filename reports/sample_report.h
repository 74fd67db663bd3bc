#pragma once

#include "reports/report_data.h"

namespace graddiv::reports {

/// A report of realistic content for tests: three statements, mutants, two constructions, two
/// figures; nothing refuted.
ReportData sample_report();

/// A refuted claim, to be added to a report.
VerdictRecord sample_refutation();

}  // namespace graddiv::reports
