#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "sgd/instance.h"
#include "sgd/literals.h"

namespace graddiv {

/// The numbers of an instance that a search may turn: all rational literals of its file that are
/// not 0. Zeros and signs are its structure and stay.
class FreeNumbers {
 public:
  /// Which numbers turn together.
  enum class Ties {
    /// Those of one absolute value within the problem, and within each member of the run: keeps ±ζ
    /// a pair. The steps of a schedule stay in proportion, so that θ/k stays that.
    equal_values,
    symmetry  ///< only the two that make a matrix symmetric
  };
  FreeNumbers(const Instance& instance, Ties ties);

  /// The absolute values, one for each group of numbers that turn together; of proportional ones
  /// the first.
  const std::vector<Rational>& values() const { return values_; }
  /// The instance with other absolute values, signs kept; nothing where that is no valid instance.
  std::optional<Instance> with(const std::vector<Rational>& values) const;

 private:
  struct Place {
    Literal at;
    std::size_t group;
    Rational factor;  ///< of the group's value
  };
  nlohmann::ordered_json json_;
  std::vector<Place> places_;
  std::vector<Rational> values_;
};

}  // namespace graddiv
