#pragma once

#include <map>
#include <optional>
#include <string>

#include "claim/case.h"
#include "claim/conclusion.h"
#include "formula/formula.h"

namespace graddiv {

/// Where a formula is evaluated: the instance, what the quantifiers around it have bound, and the
/// values of its variables.
struct Scope {
  const Case* instance = nullptr;
  std::optional<int> k = {};                   ///< of "for every k"
  const BatchCondition* form = nullptr;        ///< of "under each (δ, M²)"
  const Point* point = nullptr;                ///< of "at every point w"
  const MechanismPoint* noise = nullptr;       ///< of "at every point w, under the mechanism"
  const PointPair* pair = nullptr;             ///< of "for every pair w, w'"
  const Comparison* claimed = nullptr;         ///< whose two sides `telling` asks for
  const Enclosure* compared_with = nullptr;    ///< the other side of the relation
  std::optional<RowSample>* sample = nullptr;  ///< of a probability, for a claim that bounds it
  std::map<std::string, Enclosure> variables = {};
  long terms = 1;  ///< of the ranges around it, sums and the like, all together

  const Case& c() const { return *instance; }
  /// Of the point that is spoken of; null where none is.
  const Place* place() const {
    return point != nullptr ? &point->place() : noise != nullptr ? &noise->place() : nullptr;
  }
};

}  // namespace graddiv
