#pragma once

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <type_traits>

#include "number/exact.h"
#include "problem/families.h"
#include "problem/families/softplus.h"

// The losses ℓ(z; y) of generalized linear functions, z = xᵀw: value and derivative in z, written
// once for doubles and enclosures. The formulas are chosen such that an enclosure which straddles a
// branch point gets a valid and tight result.
namespace graddiv::detail {

template <class T>
T square(const T& x) {
  return x * x;
}

template <class T>
T loss_value(Loss loss, const T& z, const T& y, const T& tau) {
  using std::abs, std::max, std::min, std::sin;
  const T r = z - y;
  switch (loss) {
    case Loss::squared:
      return square(r) / T(2);
    // With m = min(|r|, τ), both branches are ½m² + τ(|r| − m): two terms that grow with |r|, so
    // intervals stay tight.
    case Loss::huber:
      return square(T(min(T(abs(r)), tau))) / T(2) + tau * max(T(abs(r) - tau), T(0));
    case Loss::geman_mcclure:
      // The same with r once for enclosures, and without cancellation for doubles.
      if constexpr (std::is_same_v<T, Enclosure>) return 1 - 1 / (1 + square(r));
      return square(r) / (1 + square(r));
    case Loss::sine:
      return square(r) + 3 * square(T(sin(r)));
    case Loss::logistic:
      return softplus(T(-y * z));
  }
  throw std::logic_error("a loss without a value");
}

/// dℓ/dz.
template <class T>
T loss_derivative(Loss loss, const T& z, const T& y, const T& tau) {
  using std::exp, std::max, std::min, std::sin;
  const T r = z - y;
  switch (loss) {
    case Loss::squared:
      return r;
    case Loss::huber:
      return max(T(-tau), min(r, tau));
    case Loss::geman_mcclure:
      return 2 * r / square(T(1 + square(r)));
    case Loss::sine:
      return 2 * r + 3 * sin(T(2 * r));  // (3 sin² r)' = 6 sin r cos r
    case Loss::logistic:
      // 1/(1 + exp t) = 1 − 1/(1 + exp(−t)): the slopes of both labels by one number, so that what
      // they have in common is recognised.
      if constexpr (std::is_same_v<T, Enclosure>) {
        const T t = y * z;
        if (t.is_exact() && (t < 0).truth() == Truth::yes) return y / (1 + exp(-t)) - y;
      }
      return -y / (1 + exp(T(y * z)));  // in doubles: exp = ∞ gives −0, the limit
  }
  throw std::logic_error("a loss without a derivative");
}

}  // namespace graddiv::detail
