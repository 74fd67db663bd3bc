#pragma once

#include "claim/views/coupled.h"
#include "theorems/shared.h"

// What the theorems on pairs of points and on coupled runs share (theory F): hypotheses, claims,
// and the numbers that mutants change.
namespace graddiv {

struct StabilityConstants {
  Enclosure bound = 1;                 // of the bound
  Enclosure step = 1;                  // of the largest step
  Enclosure delta = 1;                 // of δ̄
  Region region = Region::everywhere;  // where smoothness and convexity are asked for
};

/// 1 + δ̄, as a mutant may have it.
Enclosure one_plus_delta(const StabilityConstants& k, const Case& c);

/// All f_i are convex and β-smooth, γ > 0 constant with B and γ ≤ 2/(β(1+δ̄)).
Statement convex_parts(const StabilityConstants& k);
/// All f_i are λ-strongly convex and β-smooth, γ > 0 constant with B and γ ≤ 2/((β+λ)(1+δ̄)).
Statement strongly_convex_parts(const StabilityConstants& k);

/// E‖G(w) − G(w')‖² ≤ factor · ‖w − w'‖² for the mini-batch step map G, at every pair of points.
Statement claims_contraction(Statement statement, std::function<Enclosure(const Case&)> factor);

/// S and S' differ in one example, w_0 ∈ W, every f(·; z) is L-Lipschitz.
Statement neighbouring(Statement statement);
/// Where claims_stability speaks of E‖w_k − w'_k‖.
Place distance_at(int k);
/// E‖w_k − w'_k‖ ≤ bound and |E f(w_k;z) − E f(w'_k;z)| ≤ L · bound for every z in S and S', k = 1,
/// …, K.
Statement claims_stability(Statement statement, std::function<Enclosure(const Case&, int k)> bound);

/// The instance of a witness with a neighbouring data set: as witness(), with the members of
/// "neighbour".
std::string neighbour_witness(const std::string& problem, const std::string& run,
                              const std::string& neighbour);

/// n Hubers (τ = 1) of w − y, one of which S' replaces by that of w − y', from w_0 = 0.
std::string hubers_witness(int n, const std::string& y, const std::string& y_prime,
                           const std::string& step, int batch, int iterations);

}  // namespace graddiv
