#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claim/theorem.h"
#include "formula/theorem_file.h"
#include "sgd/instance.h"

namespace graddiv::workbench {

/// An instance that a statement and its variants are tried on.
struct Trial {
  std::string origin;  ///< "gallery", "witness of long-step", "random convex, with twice the batch"
  Instance instance;
};

/// For a statement whose hypotheses and numbers are in question: the gallery's instances, those of
/// the file's own witnesses, a few corners and the worst-case families; `draws` random ones as the
/// file draws them, and half as many from classes of all kinds, their steps, batches and domains
/// set as the file's are; and of each some changed so that they break what a hypothesis could ask
/// for (a start outside of W, a longer step, unequal batches, a function of negative curvature),
/// and some at the edge of a hypothesis. None that takes long to check. Depends on its arguments
/// alone.
std::vector<Trial> trials_for(const Theorem& theorem, const TheoremFile& file, std::uint64_t seed,
                              std::int64_t draws);

/// The gallery's instances and the file's own witnesses that take too long for that, as they are.
std::vector<Trial> long_trials_for(const Theorem& theorem);

/// About how many operations a check of an instance takes: as work_of_a_check, and d for every path
/// of a run whose law is listed path by path, with a projection or of functions that are not
/// quadratic.
double work_with_paths(const Instance& instance);

}  // namespace graddiv::workbench
