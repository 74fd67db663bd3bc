#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.h"
#include "number/enclosure.h"

namespace graddiv {

struct Scope;

/// What must be given for a quantity to have a value: the quantifier it stands under.
enum class Under {
  nothing,    ///< of the instance: λ
  iteration,  ///< k: "for every k"
  form,       ///< (δ, M²) or (δ, M_Q²): "for every k, under each (δ, M²)"
  plain,      ///< (δ, M²) alone
  noisy,      ///< (δ, M_Q²) alone: "for every k, under each (δ, M_Q²)"
  point,      ///< w: "at every point w"
  noise,      ///< w and the noise of a mechanism: "at every point w, under the mechanism"
  pair,       ///< w, w'
  claim       ///< the two sides of a claim, in its `telling`
};

/// A word of the vocabulary: a quantity or a property of an instance as papers write it.
struct Symbol {
  std::string
      name;  ///< in ASCII, "distance": as it is written in C++ and as a last resort in files
  /// As it is read on a terminal and written in files, the canonical way first: "E‖w_# − w*‖²". A #
  /// stands for the index.
  std::vector<std::string> spellings;
  std::string marked = {};  ///< of a property, as a sentence with marks: "$F$ is convex"
  std::string latex;        ///< likewise: "\mathbb{E}\|w_{#}-w^*\|^2"
  Under under = Under::nothing;
  std::optional<Under> under_too = {};  ///< another quantifier under which it has a value
  std::string meaning;                  ///< one line
  Formula::Type type = Formula::Type::number;
  /// No value lies below it. Nothing where there is no such number for all instances.
  std::optional<int> least = {};

  // One of the three; the index is a whole number where there is a #. Throw NotCertified.
  std::function<Enclosure(const Scope&, long index)> value;
  std::function<Truth(const Scope&)> holds;
  /// Where the # is any number: P(inf B_S < #). It may look at what it is compared with.
  std::function<Enclosure(const Scope&, const Enclosure& number)> of_number = {};
  /// Its inverse, for what may be infinite: x/B_S(w) is 0 where ∇F(w) vanishes.
  std::function<Enclosure(const Scope&, long index)> inverse = {};
  /// Numerator and denominator, both ≥ 0, which a comparison is cleared of: B_S(w) ≥ x is
  /// M²(w) ≥ x ‖∇F(w)‖².
  std::function<std::pair<Enclosure, Enclosure>(const Scope&)> fraction = {};

  /// Of a claim about any reference point x: ‖w − x‖².
  bool is_of_reference() const { return name.starts_with("reference"); }
  bool has_index() const { return spellings.front().find('#') != std::string::npos; }
};

}  // namespace graddiv
