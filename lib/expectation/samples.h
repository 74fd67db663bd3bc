#pragma once

#include <vector>

#include "expectation/enumeration.h"

// Samples S = (z_1, …, z_n) drawn i.i.d. from a finite population, and a run on each of them.
namespace graddiv::samples {

/// What n examples tell of the population, at one iteration.
struct Generalization {
  /// E_{S,A}[F_D(w_k) − F_S(w_k)], F_D the mean over the population and F_S that over the sample.
  Enclosure gap;
  /// max |E_A f(w_k; z) − E_A f(w'_k; z)| over all S, S' that differ in one example and all z.
  Enclosure stability;
};

/// For k = 0, …, K, with the functions of `population` as examples of equal probability: over all
/// n-tuples (each multiset of examples once, with its multinomial probability) and over all draws
/// of the run. Throws ExpectationError where there are too many.
std::vector<Generalization> generalization(const Problem& population, int n, const Run& run,
                                           const enumeration::Options& options);

}  // namespace graddiv::samples
