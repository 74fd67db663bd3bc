#pragma once

#include "number/rational.h"

// What large batches cost on lower-replicated against serial SGD, both projected onto the product
// of balls of radius G/a, where sup_W M²(w) = M² (theory D).
namespace graddiv {

/// M²/(λ²N): serial SGD with γ_k = 1/(λk) is at least this near to w* in mean square after N ≥ 2
/// evaluations.
Rational serial_bound(const Rational& M2, const Rational& lambda, long N);
/// (M²/λ²)(N − H_N)/(N(N−1)), H_N the harmonic number: the same, exactly what the recursion
/// e_{k+1} = (1 − 2/k) e_k + M²/(λ²k²) reaches after k = N ≥ 2, whatever it starts from.
Rational serial_recursion(const Rational& M2, const Rational& lambda, long N);
/// δM²/(16λ²N): no step sizes bring batches B_k ≥ 1 + δB_S nearer on lower-replicated. Over
/// serial_bound: δ/16.
Rational large_batch_bound(const Rational& delta, const Rational& M2, const Rational& lambda,
                           long N);
/// G²/(4mλ²K) with M² = 4G² and N = KB: what K iterations of batch B cannot beat, before K is
/// rounded to N/(1+δm).
Rational resisting_bound(long m, const Rational& M2, const Rational& lambda, long K);

}  // namespace graddiv
