#pragma once

#include <memory>

#include "measure/model_choice.h"

// Networks of convolutions through libtorch, with the squared norms of the gradients of single
// examples: a component of its own, since libtorch is large (scripts/setup.sh --experiments).
namespace graddiv::networks {

/// conv: at each stage a 5 × 5 convolution, relu, and the maximum over 2 × 2 pixels; then a linear
/// layer. resnet: a 3 × 3 convolution, then at each stage a residual block
///   a ← relu(s(a) + V ∗ relu(U ∗ a)),
/// U, V 3 × 3, and from the second stage on first s: the mean over 2 × 2 pixels, with channels of
/// zeros added; then the mean over all pixels, and a linear layer. No normalisation. The parameters
/// are those of the layers in this order, weights before biases. The loss is that of softmax, plus
/// ½ρ‖w‖². Needs Examples of images (Dataset::image), without a constant column: throws InputError.
template <class T>
std::unique_ptr<const measure::Model<T>> convolutional_model(
    std::shared_ptr<const measure::Examples<T>> data, const measure::ConvolutionalShape& shape,
    double rho);

}  // namespace graddiv::networks
