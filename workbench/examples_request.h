#pragma once

#include <filesystem>
#include <vector>

#include "data/read_dataset.h"
#include "measure/model_choice.h"
#include "measure/preparation.h"
#include "number/rational.h"

namespace graddiv::workbench {

/// The functions of a finite sum, one of each example of a data set.
struct ExamplesRequest {
  std::filesystem::path data;
  ReadOptions read;
  measure::ModelChoice model;
  Rational scale = 1;            ///< multiplies every feature
  bool bias = false;             ///< a last feature that is 1
  std::vector<double> positive;  ///< the labels of +1 (measure::Preparation)
  bool single_precision = false;

  measure::Preparation preparation() const {
    return {static_cast<double>(scale), bias, model.target(), positive};
  }
};

}  // namespace graddiv::workbench
