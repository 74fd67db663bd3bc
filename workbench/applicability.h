#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "campaign/outcome_count.h"
#include "claim/theorem.h"

namespace graddiv::workbench {

/// How often a theorem applied in a campaign, and which hypotheses kept it from doing so.
struct Applicability {
  /// What was not met: a hypothesis with its label, or that the claims speak of something.
  struct Failure {
    std::string what;  ///< "short-step: γ ≤ 1/L_max"
    std::int64_t is_false = 0;
    std::int64_t not_certified = 0;
    std::string remedy{};  ///< a change of `draw` with which it holds, where one is known
    Text example{};        ///< of what claims speak of: why it was not there the first time

    std::int64_t count() const { return is_false + not_certified; }
  };
  struct Origin {
    std::string name;         ///< of the class of random instances
    std::string description;  ///< what `draw` says of it
    bool is_named = true;     ///< by `draw`, else one of all classes, or all that is not drawn
    std::int64_t instances = 0;
    std::int64_t applicable = 0;
    std::vector<Failure> failures{};  ///< those that failed most first
    bool is_hardly_ever() const;      ///< to none of twenty or more, or to fewer than one in fifty
  };
  std::string theorem;
  int least_percent = 0;  ///< that a campaign asks for
  Origin all{};
  std::vector<Origin> origins{};  ///< that have instances: the classes as the theorem names them

  /// It applied to fewer instances than a campaign asks for, or to hardly any of a class.
  bool is_hardly_ever() const;
};

Applicability applicability(const Theorem& theorem, const std::vector<OutcomeCount>& counts);

/// Whether so few of these are less than the floor, a share in percent, asks for. Of fewer than 50
/// a smaller share may be chance: it falls short where it is 2.3 standard deviations below the
/// floor, which happens once in a hundred times at the floor itself.
bool falls_short(std::int64_t part, std::int64_t of, int floor);

}  // namespace graddiv::workbench
