#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "problem/finite_sum.h"

namespace graddiv {

/// The law of a random matrix X with rows x_1ᵀ, …, x_nᵀ in R^d and independent entries: standard
/// normal, or ±1 with probability ½ each. The seed says which draws of it are taken.
struct RowLaw {
  enum class Kind { gaussian, rademacher };
  Kind kind;
  int n;
  int d;
  std::uint64_t seed;

  /// What stands in a draw for an entry 1 of X: 2^16 for Gaussian entries, 1 for signs.
  long scale() const;
  /// e ≥ 0: an integer k of a draw stands for an entry x of X with |scale() x − k| ≤ e; see draw().
  /// 0 for signs.
  Rational rounding() const;
};
std::string_view to_string(RowLaw::Kind kind);  ///< "gaussian", "rademacher"

/// Limits of n and d, and of nd: a draw takes milliseconds.
inline constexpr long most_random_rows = 4096;
inline constexpr long most_random_entries = 65536;

/// The draw of X with this index: n × d integers, whatever else was drawn.
///
/// A Gaussian entry x is Φ^{−1}(U), U a uniform real number of which the first 64 bits are drawn; k
/// is the integer nearest to scale() x for the U in the middle of those that are left. It obeys
/// rounding() for |k| ≤ 7 scale(). (Another mathematical library may round one entry in 10^9 the
/// other way, which rounding() covers.)
Matrix<long> draw(const RowLaw& law, std::uint64_t index);

/// Whether all of a draw lies where rounding() holds: but for one Gaussian entry in 10^11.
bool is_within_rounding(const RowLaw& law, const Matrix<long>& draw);

/// Linear functions f_i(w) = ⟨x_i, w⟩ whose rows are the draw of index 0, divided by scale().
/// Throws std::invalid_argument beyond the limits above. Made when first asked for; `select` gives
/// a plain linear sum.
std::shared_ptr<const FiniteSum> random_rows(RowLaw law);

}  // namespace graddiv
