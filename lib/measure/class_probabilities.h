#pragma once

#include <algorithm>
#include <cmath>

// The loss of softmax on C numbers z: −log p_y with p = exp z / Σ exp z; its derivative is p − e_y.
namespace graddiv::measure {

/// z becomes p − e_y, and the loss is returned; `correct` says whether z_y alone is the largest.
/// Both keep their digits where p_y is near 1: 1 − p_y is the sum of the others.
template <class T>
T softmax_loss(T* z, int classes, int y, bool& correct) {
  const T of_truth = z[y];
  T largest = z[0];
  correct = true;
  for (int c = 0; c < classes; ++c) {
    largest = std::max(largest, z[c]);
    if (c != y && z[c] >= of_truth) correct = false;
  }
  T others = 0;
  for (int c = 0; c < classes; ++c) {
    z[c] = std::exp(z[c] - largest);
    if (c != y) others += z[c];
  }
  const T sum = z[y] + others;
  for (int c = 0; c < classes; ++c) z[c] /= sum;
  z[y] = -others / sum;
  return of_truth == largest ? std::log1p(others) : std::log(sum) + (largest - of_truth);
}

}  // namespace graddiv::measure
