#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "measure/model.h"

namespace graddiv::measure {

/// A model by the name that users give it.
struct ModelChoice {
  std::string name;          ///< as given
  std::optional<Loss> loss;  ///< a generalized linear model
  std::vector<int> hidden;   ///< a network: the widths of its hidden layers; else softmax
  Activation activation = Activation::relu;
  double tau = 1;  ///< of Huber's loss
  double rho = 0;  ///< of ½ρ‖w‖²

  bool is_network() const { return !loss && !hidden.empty(); }
  Target target() const;
};

/// "logistic", "linear" (or "squared"), "huber", "geman-mcclure", "sine", "softmax", "mlp:128",
/// "mlp:256-128". Throws InputError, which lists them.
ModelChoice parse_model(const std::string& name);

template <class T>
std::unique_ptr<const Model<T>> make_model(const ModelChoice& choice,
                                           std::shared_ptr<const Examples<T>> data);

}  // namespace graddiv::measure
