#pragma once

#include <optional>
#include <string>

#include "workbench/examples_request.h"

namespace graddiv::cli {

class Arguments;

/// The options of commands on real data: which examples, which function of each, in which
/// arithmetic.
class DataOptions {
 public:
  void add_to(Arguments& arguments);
  /// Looks at the data only to see in which format they are. Throws UsageError, and InputError
  /// where there are no data: values that are none, and options that would change nothing.
  workbench::ExamplesRequest request() const;

 private:
  void refuse_idle(const measure::ModelChoice& model) const;
  void refuse_idle(const workbench::ExamplesRequest& request) const;

  std::string data_;
  std::string format_;
  std::optional<std::string> part_;
  std::optional<std::string> label_column_;
  std::optional<int> columns_;
  std::optional<std::string> cache_;
  std::string model_ = "logistic";
  std::optional<std::string> activation_;
  std::optional<double> tau_;
  double rho_ = 0;
  std::optional<std::string> positive_;
  std::string scale_ = "1";
  bool bias_ = false;
  std::string precision_ = "double";
};

}  // namespace graddiv::cli
