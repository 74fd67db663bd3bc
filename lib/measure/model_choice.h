#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "measure/model.h"

namespace graddiv::measure {

/// A network of convolutions on images (networks/, through libtorch).
struct ConvolutionalShape {
  bool is_residual = false;
  std::vector<int> channels;  ///< of each stage
};

/// A model by the name that users give it.
struct ModelChoice {
  std::string name;          ///< as given
  std::optional<Loss> loss;  ///< a generalized linear model
  std::vector<int> hidden;   ///< a network: the widths of its hidden layers; else softmax
  std::optional<ConvolutionalShape> convolutional;
  Activation activation = Activation::relu;
  double tau = 1;  ///< of Huber's loss
  double rho = 0;  ///< of ½ρ‖w‖²

  bool is_network() const { return convolutional || !hidden.empty(); }
  Target target() const;
};

/// "logistic", "linear" (or "squared"), "huber", "geman-mcclure", "sine", "softmax", "mlp:128",
/// "mlp:256-128", "conv:16-32", "resnet:16-32-64". Throws InputError, which lists them;
/// normalisation over a batch is refused with the reason.
ModelChoice parse_model(const std::string& name);

/// Who makes networks of convolutions, in double and single precision.
struct ConvolutionalMakers {
  std::unique_ptr<const Model<double>> (*in_doubles)(std::shared_ptr<const Examples<double>>,
                                                     const ConvolutionalShape&, double rho);
  std::unique_ptr<const Model<float>> (*in_floats)(std::shared_ptr<const Examples<float>>,
                                                   const ConvolutionalShape&, double rho);
};
/// Where make_model finds them once it needs them. Without it, and where `find` gives nullptr, it
/// throws InputError that says how to get them.
void find_convolutional_makers_by(const ConvolutionalMakers* (*find)());

/// Throws InputError where the data do not fit the model, or its parameters do not fit in memory.
template <class T>
std::unique_ptr<const Model<T>> make_model(const ModelChoice& choice,
                                           std::shared_ptr<const Examples<T>> data);

}  // namespace graddiv::measure
