#pragma once

#include <algorithm>
#include <cmath>

// The loss of softmax on C numbers z: −log p_y with p = exp z / Σ exp z; its derivative is p − e_y.
namespace graddiv::measure {

/// z becomes p − e_y, and the loss is returned; `correct` says whether z_y alone is the largest.
template <class T>
T softmax_loss(T* z, int classes, int y, bool& correct) {
  const T of_truth = z[y];
  T largest = z[0];
  correct = true;
  for (int c = 0; c < classes; ++c) {
    largest = std::max(largest, z[c]);
    if (c != y && z[c] >= of_truth) correct = false;
  }
  T sum = 0;
  for (int c = 0; c < classes; ++c) {
    z[c] = std::exp(z[c] - largest);
    sum += z[c];
  }
  for (int c = 0; c < classes; ++c) z[c] /= sum;
  z[y] -= 1;
  return std::log(sum) - (of_truth - largest);
}

}  // namespace graddiv::measure
