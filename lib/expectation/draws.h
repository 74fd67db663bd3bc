#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "problem/problem.h"
#include "sgd/step.h"

namespace graddiv::enumeration {

/// What visiting the multisets of B draws among n functions with so many distinct gradients costs,
/// in multisets with probabilities of ordinary length: fractions over n^B cost more as they get
/// longer.
double work_of_draws(std::size_t distinct, std::size_t n, long B);

/// What one iteration can do from a point w: the distinct gradients there, and for every multiset
/// of B draws its multinomial probability.
class Draws {
 public:
  /// Functions whose gradients at w have the same representation count as one, with their number as
  /// weight.
  Draws(const Problem& problem, const Vector<Enclosure>& w);
  /// The same for given gradients, one for each index.
  explicit Draws(std::vector<Vector<Enclosure>> gradients);

  /// The distinct gradients.
  const std::vector<Vector<Enclosure>>& gradients() const { return distinct_; }
  /// How many multisets of B draws there are: C(g + B − 1, B) for g distinct gradients, rounded.
  double multisets(long B) const;
  /// What visiting them costs: work_of_draws.
  double work(long B) const;
  /// Visits each multiset of B draws as counts of the distinct gradients (they sum to B), with its
  /// probability.
  void for_each_multiset(long B,
                         const std::function<void(const std::vector<long>& counts,
                                                  const Rational& probability)>& visit) const;
  /// The same, told only of the gradients that were drawn: B = 1 costs as many steps as there are
  /// gradients.
  void for_each_draw(long B, const std::function<void(const std::vector<Drawn>& drawn,
                                                      const Rational& probability)>& visit) const;
  /// Every index once: each distinct gradient as often as it is one.
  std::vector<Drawn> all() const;

 private:
  std::vector<Vector<Enclosure>> distinct_;
  std::vector<long> weights_;
  long n_ = 0;
};

}  // namespace graddiv::enumeration
