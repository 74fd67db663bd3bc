#pragma once

#include <algorithm>
#include <cmath>

#include "measure/model.h"

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

/// The same of every example of a block, whose numbers z stand row by row: fills in the losses,
/// with `more` added to each, and how many are classified rightly.
template <class T>
void softmax_losses(const Examples<T>& data, const Selection& block, T* z, T more,
                    const BlockOutput<T>& output) {
  const int C = data.classes();
  for (std::int64_t k = 0; k < block.count; ++k) {
    bool correct = false;
    const T loss = softmax_loss(z + k * C, C, static_cast<int>(data.target(block[k])), correct);
    if (output.correct != nullptr && correct) ++*output.correct;
    if (!output.losses.empty()) output.losses[static_cast<std::size_t>(k)] = loss + more;
  }
}

}  // namespace graddiv::measure
