#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "campaign/plan.h"

namespace graddiv::workbench {

/// Instances too large for exact expectations, for `verify --large`: generalized linear functions
/// of drawn rows (problem/data_rows.h) with n up to 10^5 and d up to 10^3, and rows of real images
/// where these are. Each is checked by so many independent runs as let its bounds be told; all is a
/// function of the seed.
class LargePlan {
 public:
  static constexpr const char* fashion_mnist = "/usr/share/datasets/fashion-mnist";

  /// The theorems that there are instances for.
  static std::vector<const Theorem*> theorems();

  explicit LargePlan(std::uint64_t seed, const std::string& images = fashion_mnist);

  Plan plan() const;
  /// The most instances that a theorem has.
  std::int64_t instances() const;
  /// What there is no data for, for people: "Fashion-MNIST: no /usr/share/…".
  const std::vector<std::string>& left_out() const;

  std::string in_words() const;
  /// The same for the same instances and numbers of runs.
  std::string fingerprint() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace graddiv::workbench
