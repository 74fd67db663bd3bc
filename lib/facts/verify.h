#pragma once

#include "facts/facts.h"

// Whether the proof of a fact shows its value; but for w* and F* also that no better one exists,
// where the fact says so. Nothing is searched for: what a proof holds is put into the inequality it
// stands for, exactly or in intervals.
namespace graddiv::verify {

bool smoothness(const Problem& problem, const Fact<Rational>& fact);
bool component_smoothness(const Problem& problem, const Fact<Rational>& fact);
bool strong_convexity(const Problem& problem, const Fact<Rational>& fact);
bool component_strong_convexity(const Problem& problem, const Fact<Rational>& fact);
bool strong_convexity_on_W(const Problem& given, const Fact<Rational>& fact);
bool pl_constant(const Problem& problem, const Fact<Rational>& fact);

bool lipschitz(const Problem& given, const Fact<Enclosure>& fact);
bool second_moment_bound(const Problem& given, const Fact<Enclosure>& fact);
bool minimizer(const Problem& problem, const Fact<Vector<Enclosure>>& fact);
bool optimum(const Problem& problem, const Fact<Enclosure>& fact);
bool batch_size_infimum(const Problem& given, const Fact<BatchSizeInfimum>& fact);

bool smallest_row_norm2(const Problem& problem, const Fact<Enclosure>& fact);
bool largest_singular_value2(const Problem& problem, const Fact<Enclosure>& fact);
bool largest_singular_value2_of_unit_rows(const Problem& problem, const Fact<Enclosure>& fact);

/// Proofs are checked with more bits than facts are found with: what intervals showed they show
/// again.
Precision precision();

/// Parts of the above. M ⪰ 0 and M ≻ 0, by the k-th of the factors or by elimination.
struct Definiteness {
  bool semidefinite = false;
  bool definite = false;
  Eigen::Index rank = 0;  ///< of M, where it is semidefinite
};
Definiteness definiteness(const Matrix<Rational>& M, const proof::Factors& factors = nullptr,
                          std::size_t k = 0);
/// F falls below every number along the direction.
bool unbounded_below(const Problem& problem, const proof::UnboundedBelow& proof);
/// YᵀY = Σ x_i x_iᵀ/‖x_i‖² over the non-zero rows: rational though Y is not.
Matrix<Rational> gram_of_unit_rows(const Matrix<Rational>& X);
/// Whether a fact without a value is right to have none, as far as it says more than "unknown".
template <class T>
bool claims_nothing(const Problem& problem, const Fact<T>& fact) {
  const auto* below = std::get_if<proof::UnboundedBelow>(&fact.proof.kind());
  return below == nullptr || unbounded_below(problem, *below);
}
/// A bound of ‖∇f_i‖² over W that the proof shows, of M² for i = −1; `is_best` where it shows that
/// it is attained, too.
struct GradientBound {
  Rational value = 0;
  bool is_best = false;
};
std::optional<GradientBound> gradient_bound(const Problem& problem, int i, const Proof& proof);
/// A lower bound of B_S over W that the proof shows; `is_best` where it shows that too.
struct BatchSizeBound {
  BatchSizeInfimum value;
  bool is_best = false;
};
std::optional<BatchSizeBound> batch_size_bound(const Problem& problem, const Proof& proof);

}  // namespace graddiv::verify
