#pragma once

#include <functional>
#include <vector>

#include "expectation/enumeration.h"
#include "sgd/instance.h"

// Two runs from the same start with the same indices drawn, one on S and one on a neighbouring S'.
namespace graddiv::coupling {

/// A pair of points (w, w') that the two runs can be at together, with its probability.
struct Pair {
  Vector<Enclosure> w;
  Vector<Enclosure> w_prime;
  Enclosure probability;
};

/// Visits the joint law of (w_0, w'_0), …, (w_K, w'_K), by enumeration as in enumeration.h: equal
/// pairs are merged, multisets of draws carry multinomial weights. Throws ExpectationError before
/// an iteration that would exceed options.largest_transitions.
void visit_law(const Problem& problem, const Neighbour& neighbour, const Run& run,
               const enumeration::Options& options,
               const std::function<void(int k, const std::vector<Pair>& pairs)>& visit);

/// E‖w − w'‖: exact in one dimension, else a sum of square roots enclosed.
Enclosure distance(const std::vector<Pair>& law);
/// E‖w − w'‖².
Enclosure squared_distance(const std::vector<Pair>& law);
/// E[f_i(w) − f_i(w')], to which pairs that have not parted contribute exactly 0.
Enclosure value_difference(const std::vector<Pair>& law, const FiniteSum& sum, int i);

}  // namespace graddiv::coupling
