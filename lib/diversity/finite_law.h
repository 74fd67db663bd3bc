#pragma once

#include <functional>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "linear/matrix.h"

namespace graddiv {

/// A law would have more values than its user allows.
class LawTooLarge : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The law of a random vector with finitely many values; more generally a measure with finitely
/// many atoms, whose masses need not sum to 1. Atoms with the same representation are one atom.
class FiniteLaw {
 public:
  struct Outcome {
    Enclosure probability;
    Vector<Enclosure> value;
  };

  /// The measure 0, to be filled.
  FiniteLaw() = default;
  static FiniteLaw certain(const Vector<Enclosure>& value);

  void add(const Enclosure& probability, const Vector<Enclosure>& value);
  /// Adds `weight` times a measure.
  void add(const FiniteLaw& other, const Enclosure& weight);

  const std::vector<Outcome>& outcomes() const { return outcomes_; }
  std::size_t size() const { return outcomes_.size(); }
  Enclosure total() const;
  /// The sum of probability × f(value).
  Enclosure mean(const std::function<Enclosure(const Vector<Enclosure>&)>& f) const;
  /// Whether every probability and every coordinate is an exact number.
  bool is_exact() const;

 private:
  std::vector<Outcome> outcomes_;
  std::unordered_multimap<std::size_t, std::size_t> index_;  // hash of a value → its place
};

/// The law of factor · X.
FiniteLaw scaled(const FiniteLaw& law, const Enclosure& factor);
/// The law of X + Y for independent X and Y: a convolution. Throws LawTooLarge where it has more
/// than `most` pairs of values.
FiniteLaw sum_of_independent(const FiniteLaw& x, const FiniteLaw& y, double most);

}  // namespace graddiv
