#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "constructions/figures.h"
#include "sgd/instance.h"

namespace graddiv {

/// A parameter of a worst-case family: "lambda", its meaning, its default and its smallest value.
struct Parameter {
  std::string name;
  std::string meaning;
  Rational fallback;
  Rational smallest;
  bool is_above_smallest = false;  ///< the smallest value itself is out of range
  bool is_integer = false;         ///< a count: a whole number of at most `largest_count`
  bool is_share = false;           ///< p/q, which takes a multiple of p functions
};

inline constexpr long largest_count = 100'000;

using Parameters = std::map<std::string, Rational>;

/// The value of an integer parameter.
long count(const Parameters& parameters, const std::string& name);

/// Throws std::invalid_argument where a problem's functions have too many numbers to write out.
void require_writable(const std::string& id, const Integer& numbers);

/// A worst-case family: its formula, source, minimiser, optimum, exact law and pictures.
struct Construction {
  std::string id;  ///< "lower-noise-floor"
  Text title;
  Text source;
  std::string latex;  ///< the functions f_i and what is known of them
  std::string law_latex;
  std::vector<Parameter> parameters;
  /// Throws std::invalid_argument where parameters in range do not go together.
  std::function<void(const Parameters&)> require = {};

  // All of these want every parameter to be present and in range: see `complete`.
  std::function<std::shared_ptr<const FiniteSum>(const Parameters&)> functions;
  std::function<Vector<Rational>(const Parameters&)> minimizer;
  std::function<Rational(const Parameters&)> optimum;
  /// E‖w_k − w*‖² for k = 0, …, K on R^d, by the family's own closed form; for runs with constant
  /// step and batch.
  std::function<std::vector<Rational>(const Parameters&, const Run&)> law;

  /// A telling member of the family: worst cases for every campaign, the first one for the report's
  /// plot.
  struct Showcase {
    Parameters parameters;
    Run run;
    std::optional<Neighbour> neighbour = {};
  };
  std::vector<Showcase> showcases;
  std::vector<Figure> figures = {};  ///< what the family shows over a range of its parameters

  /// The parameters of the only member that these functions can be, as far as the family can be
  /// told from its functions: `recognise` checks whether they are.
  std::function<std::optional<Parameters>(const FiniteSum&)> read_off = {};

  /// The given parameters with defaults filled in. Throws std::invalid_argument for unknown names
  /// and values out of range.
  Parameters complete(const Parameters& given) const;
  /// The problem of the family with these parameters (defaults filled in), on R^d.
  Problem problem(const Parameters& given) const;
  Instance instance(const Showcase& showcase) const;
  /// The parameters of the member that these functions are, in whatever order they stand; nothing
  /// where they are none.
  std::optional<Parameters> recognise(const FiniteSum& sum) const;
};

}  // namespace graddiv
