#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "measure/examples.h"

// Bounds on B_S at every w, from the rows x_iᵀ of X alone. They hold where ∇f_i = δ_i x_iᵀ for some
// number or vector δ_i: generalized linear functions and softmax, without a term in ‖w‖².
namespace graddiv::measure {

/// A number that is certainly not exceeded, and how it was found.
struct CertifiedNorm {
  double squared_norm = 0;  ///< σ_max² is at most this
  std::string method;
};

/// Of X, its rows as they are or scaled to unit length (zero rows stay). Through the smaller of
/// XᵀX and XXᵀ up to `largest_gram`, a floating-point Cholesky factorisation that proves the bound
/// (Rump 2006); beyond it σ_max² ≤ ‖X‖_1 ‖X‖_∞.
CertifiedNorm largest_singular_value(const Examples<double>& data, bool unit_rows,
                                     int largest_gram = 4096);

struct ConflictDegree {
  std::int64_t largest = 0;  ///< ρ, or a number above it
  bool is_exact = true;
};

/// ρ of the conflict graph of sparse rows: an edge joins two rows with a common non-zero column.
/// Exact where counting takes at most `budget` steps, else from the lengths of the columns.
ConflictDegree conflict_degree(const Examples<double>& data, double budget = 2e9);

struct DataBounds {
  CertifiedNorm norm;
  CertifiedNorm unit_norm;
  double glm = 0;        ///< Theorem 1: n min‖x_i‖² / σ_max(X)²
  double glm_sharp = 0;  ///< n / σ_max(Y)², Y the rows scaled to unit length, zero rows dropped
  std::optional<ConflictDegree> degree;  ///< sparse rows
  std::optional<double> sparse;          ///< Theorem 2: n / (ρ + 1)
};

DataBounds data_bounds(const Examples<double>& data);

}  // namespace graddiv::measure
