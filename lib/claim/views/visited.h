#pragma once

#include "claim/evaluation_state.h"
#include "claim/views/asked.h"

// The law of a run, listed. Private to the views.
namespace graddiv {

/// M² and ‖∇F‖² at a point, or what stands for them in a statement on runs with a mechanism:
/// E‖Σ_{ℓ≤B} Q‖² = B M_Q² + B(B−1) cross, where shared noise has cross = E‖(1/n) Σ Q_i‖² and fresh
/// noise ‖∇F‖².
struct StepMoments {
  Enclosure square;
  Enclosure cross;
};
/// Those with the noise of this variance (1/n) Σ E‖Q_i(∇f_i(w)) − ∇f_i(w)‖².
StepMoments with_noise(const Asked& asked, StepMoments plain, const Enclosure& variance);

const Visited& visited(const Asked& asked);
const LeastOfPaths& least_of_paths(const Asked& asked);

}  // namespace graddiv
