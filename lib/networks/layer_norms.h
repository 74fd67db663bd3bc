#pragma once

#include <torch/torch.h>

// What a layer y = W ∗ a + b adds to the gradient of one example, from its inputs a and δ = ∂f/∂y.
namespace graddiv::networks {

/// Linear layers: δ is m × outputs, a is m × inputs. ‖δ_i a_iᵀ‖² + ‖δ_i‖² = ‖δ_i‖² (‖a_i‖² + 1): m
/// numbers.
torch::Tensor linear_norms(const torch::Tensor& delta, const torch::Tensor& a);

/// Which of two ways to the same number.
enum class Way {
  cheaper,     ///< by the number of multiplications
  explicitly,  ///< forms δ_i u_iᵀ (outputs × k) of each example
  gram         ///< Σ_pq ⟨δ_ip, δ_iq⟩⟨u_ip, u_iq⟩ over pairs of the P pixels
};

/// Convolutions with square kernels, stride 1 and padding on all sides: a is m × inputs × height ×
/// width, δ m × outputs × height × width. With u_ip the patch of a_i around pixel p (k = inputs ·
/// kernel² numbers) the gradient of the weights is Σ_p δ_ip u_ipᵀ, that of the bias Σ_p δ_ip. The
/// explicit way takes outputs · k · P multiplications an example, the Gram matrices
/// P² (outputs + k).
torch::Tensor convolution_norms(const torch::Tensor& delta, const torch::Tensor& a, int kernel,
                                Way way = Way::cheaper);

}  // namespace graddiv::networks
