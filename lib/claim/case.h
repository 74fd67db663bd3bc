#pragma once

#include "claim/not_certified.h"
#include "claim/views/constants.h"
#include "claim/views/coupled.h"
#include "claim/views/expectations.h"
#include "claim/views/mechanism.h"
#include "claim/views/points.h"
#include "claim/views/run.h"

namespace graddiv {

/// An instance as a theorem sees it, all in enclosures: its views, over one evaluation. Whatever is
/// not to be had throws NotCertified.
class Case : public RunView,
             public ConstantsView,
             public ExpectationsView,
             public PointsView,
             public MechanismView {
 public:
  /// What depends on precision is computed at the thread's.
  explicit Case(const Evaluation& evaluation, std::optional<MechanismMoments> mechanism = {},
                bool is_last_resort = false);
  explicit Case(const Instance& instance);

  /// The run beside this one, on the same problem: v_0 = w_0 and B = 1, γ_k for each of the B_k
  /// gradients of iteration k, T_K iterations in all. What a batch is worth in serial steps is told
  /// by both. NotCertified for a full batch, for runs that are sampled and for very long ones.
  Case serial() const;

  /// What statements on two runs, or on pairs of points, ask for.
  const CoupledView& coupled() const;

  /// Which engine and arithmetic the expectations that were asked for came from: "moments,
  /// rational".
  std::string provenance() const;
  /// Whether the batch is full, and what is claimed speaks of draws for all that was asked.
  bool misses_full_batch() const;
  /// What exact values along the run would have taken, where there was no room for them; else 0.
  long megabytes_of_exact_values() const;

 private:
  explicit Case(AskedPtr asked);
  AskedPtr asked_;
  CoupledView coupled_;
};

}  // namespace graddiv
