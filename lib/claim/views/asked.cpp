#include "claim/views/asked.h"

#include <algorithm>
#include <cmath>

#include "claim/not_certified.h"
#include "expectation/trajectory.h"
#include "sgd/instance.h"

namespace graddiv {

// Everything that a statement can know about a run beyond its data comes through here, or through
// mechanism_points().
void Asked::require_runs_as_meant() const {
  if (!mechanism) return require_no_mechanism();
  if (evaluation.instance().run.mechanism.is_none()) throw NotCertified("the run has no mechanism");
}

void Asked::require_draws() const {
  if (evaluation.instance().run.full_batch)
    throw NotCertified("the batch is full, and nothing is drawn at a point");
}

void Asked::require_no_mechanism() const {
  const Mechanism& own = evaluation.instance().run.mechanism;
  if (own.is_none()) return;
  throw NotCertified("the run has the mechanism '" + Text::words(own.name()) +
                     "', of which this says nothing");
}

std::size_t Asked::reading() const {
  if (!mechanism) return 0;
  return 1 + (mechanism->noise ? 1 : 0) + (mechanism->sharing ? 2 : 0);
}

std::string Asked::provenance() const {
  if (coupled_law) return "enumeration of the coupled runs";
  const Trajectory* const t = trajectory != nullptr ? trajectory : averaged;
  if (t == nullptr) return "";
  std::string text =
      std::string(to_string(t->engine)) + ", " + std::string(to_string(t->arithmetic));
  if (const long megabytes = megabytes_of_exact_values(); megabytes > 0)
    text += " (exact values would take up to " + std::to_string(megabytes) + " MB)";
  return text;
}

long Asked::megabytes_of_exact_values() const {
  double bits = 0;
  for (const Trajectory* const t : {trajectory, averaged})
    if (t != nullptr) bits = std::max(bits, t->bits_of_exact_values);
  return std::lround(std::ceil(bits / 8e6));
}

}  // namespace graddiv
