#pragma once

#include "claim/place.h"
#include "claim/views/asked.h"
#include "number/rational.h"

namespace graddiv {

struct Instance;

/// The run of an instance, in the letters of the paper.
class RunView {
 public:
  int iterations() const;            ///< K
  Enclosure gamma(int k = 0) const;  ///< γ_k
  Enclosure B(int k = 0) const;      ///< B_k
  // Those of the iteration that starts at a place: of the first one for points beside the run's, of
  // the last one for those that it ends at.
  Enclosure gamma_at(const Place& place) const;
  Enclosure B_at(const Place& place) const;
  Enclosure evaluations(int k) const;  ///< T = B_0 + … + B_{k−1}
  bool has_constant_step() const;
  bool has_constant_batch() const;
  Truth constant_step_and_batch() const;
  /// Whether every function is taken once. Who never asks speaks of independent draws: of a run
  /// with a full batch it says nothing.
  Truth full_batch() const;
  Truth unconstrained() const;    ///< W = R^d
  Truth start_in_domain() const;  ///< w_0 ∈ W

  /// What is written down: for statements about the members of a family, whoever can tell them.
  const Instance& instance() const;
  /// Of all that is known from draws.
  const Rational& error_level() const;
  /// Whether what could not be decided at any precision may now be claimed of surrogates.
  bool is_last_resort() const;

 protected:
  explicit RunView(AskedPtr asked) : asked_(std::move(asked)) {}

 private:
  AskedPtr asked_;
};

}  // namespace graddiv
