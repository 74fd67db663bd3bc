#pragma once

#include <cstddef>
#include <vector>

#include "expectation/factored.h"
#include "expectation/wide_integers.h"

// One iteration of the exact second moments, for one step size and one batch size.
namespace graddiv::moments {

/// S ← S⁺ as one fixed matrix on the triangle, a row an entry.
struct FlatStep {
  std::vector<Combination> rows;
  Factored divisor;
  std::size_t growth;  // bits
};

/// The coefficients of S⁺ on blocks (exact_recursion.h), with the letters of moment_step.h.
struct LargeStep {
  Integer of_S;                 // t h², as are the others without the factor common to all
  Integer of_G;                 // t hpB
  Integer of_mean;              // t p²B(B − 1)
  Integer of_squares;           // t p²Bn
  Integer of_diagonal_squares;  // (t + a) p²Bn, on the diagonal in place of of_squares
  Integer of_constant;          // p²B b, of S_dd on the diagonal
  Factored divisor;
  std::size_t growth;

  const Integer& of_square(int r, int s) const { return r == s ? of_diagonal_squares : of_squares; }
};

}  // namespace graddiv::moments
