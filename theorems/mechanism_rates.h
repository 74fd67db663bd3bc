#pragma once

#include "theorems/mechanisms.h"
#include "theorems/rates.h"

// The four rates under a mechanism. Their proofs use E‖Σ Q‖² ≤ B(1+δ)M_Q² alone, which is
// `mechanism-one-step`: each is a rate with M_Q² and b in place of M² and B_S.
namespace graddiv {

using Rate = Statement(const RateConstants&);

Statement under_a_mechanism(Rate& rate, const RateConstants& k = {},
                            const MechanismMoments& moments = {});

/// What differs from one rate to another.
struct MechanismRate {
  std::string objectives;  ///< "strongly-convex", as in the ids of its theorem and of the rate
  InstanceClass drawn_from;
  Text title;
  std::string latex;  ///< "… $F$ … : what holds", after "then for"
  std::string text;
  Rate& rate;
  Mutant smaller_bound;
  std::string half_horizon;       ///< witnesses: that half the horizon is too short
  std::string shared_like_fresh;  ///< that B̃ does not do for shared noise
};

Theorem mechanism_rate(MechanismRate rate);

/// Mechanisms for witnesses.
namespace witness_mechanism {
inline constexpr auto langevin = R"({"kind": "langevin", "variance": 1})";
inline constexpr auto shared_langevin =
    R"({"kind": "langevin", "variance": 1, "sharing": "shared"})";
inline constexpr auto nothing_dropped = R"({"kind": "dropout", "keep": 1})";
}  // namespace witness_mechanism

}  // namespace graddiv
