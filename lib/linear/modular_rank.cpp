#include "linear/modular_rank.h"

#include <gmp.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace graddiv::detail {

using Eigen::Index;

namespace {

using Residue = std::uint64_t;  // below the prime
__extension__ using DoubleResidue = unsigned __int128;

constexpr Residue prime = (Residue{1} << 61) - 1;  // a Mersenne prime: 2^61 ≡ 1

Residue product(Residue a, Residue b) {
  const DoubleResidue ab = DoubleResidue{a} * b;
  const Residue folded = static_cast<Residue>(ab & prime) + static_cast<Residue>(ab >> 61);
  return folded < prime ? folded : folded - prime;
}

/// 1/a for a ≢ 0: a^(p−2), by Fermat.
Residue inverse(Residue a) {
  Residue result = 1;
  for (Residue exponent = prime - 2; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = product(result, a);
    a = product(a, a);
  }
  return result;
}

/// A combination of rows: 0 before its pivot, and 1 there.
struct ReducedRow {
  std::size_t pivot;
  std::vector<Residue> entries;
};

/// x ← x − x_pivot · row.
void reduce(std::vector<Residue>& x, const ReducedRow& row) {
  const Residue factor = x[row.pivot] == 0 ? 0 : prime - x[row.pivot];
  if (factor == 0) return;
  for (std::size_t j = row.pivot; j < x.size(); ++j) {
    const Residue sum = x[j] + product(factor, row.entries[j]);
    x[j] = sum < prime ? sum : sum - prime;
  }
}

}  // namespace

Index rank_modulo_prime(const Matrix<Integer>& M) {
  std::vector<ReducedRow> basis;
  const auto rank = [&] { return static_cast<Index>(basis.size()); };
  for (Index i = 0; i < M.rows() && rank() < M.cols(); ++i) {
    std::vector<Residue> x(static_cast<std::size_t>(M.cols()));
    for (std::size_t j = 0; j < x.size(); ++j)
      x[j] = mpz_fdiv_ui(M(i, static_cast<Index>(j)).backend().data(), prime);
    for (const ReducedRow& row : basis) reduce(x, row);
    const auto first = std::ranges::find_if(x, [](Residue entry) { return entry != 0; });
    if (first == x.end()) continue;
    const Residue scale = inverse(*first);
    const auto pivot = static_cast<std::size_t>(first - x.begin());
    for (Residue& entry : x) entry = product(entry, scale);
    basis.push_back({pivot, std::move(x)});
  }
  return rank();
}

}  // namespace graddiv::detail
