#pragma once

#include <string>
#include <vector>

#include "campaign/change.h"

namespace graddiv::workbench {

/// A comparison as JUnit XML, as Jenkins, GitLab and Surefire's readers take it: one test case for
/// every subject, one suite for every kind of them. A test case fails where something is worse, and
/// its failure lists what; all else that changed is its output. Characters that XML does not have,
/// and bytes that are no UTF-8, become U+FFFD. `before` and `after` name the two campaigns.
std::string junit(const std::vector<Subject>& subjects, const std::vector<Change>& changes,
                  const std::string& before, const std::string& after);

}  // namespace graddiv::workbench
