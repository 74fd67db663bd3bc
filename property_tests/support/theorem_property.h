#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claim/check.h"
#include "property_tests/support/search.h"

namespace graddiv {

/// What a random search found out about a statement on one class of instances.
struct StatementSearch {
  int drawn = 0;
  int applicable = 0;
  int telling = 0;                               // of the applicable ones,
  int telling_at_positive_delta = 0;             // and of these
  std::optional<Counterexample> counterexample;  ///< refuted or inconclusive, shrunk
  std::string saved_as;                          ///< its file, and
  std::string replay_command;                    ///< what checks it again
};

/// Checks the statement on random instances until one refutes it or leaves it inconclusive; saves
/// that one, shrunk, as counterexample-<id>.json.
StatementSearch search_counterexample(const std::string& id, const Statement& statement,
                                      InstanceClass drawn_from, int cases);

/// Fails the running test unless the theorem holds on random instances of every class it names, and
/// applies to enough of them.
void expect_theorem_holds(const std::string& id);

}  // namespace graddiv
