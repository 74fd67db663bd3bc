#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formula/formula.h"
#include "formula/source.h"

namespace graddiv {

/// What the lines of a .theorem file say (formula/theorem_file.h).
struct TheoremParts {
  /// A name for a formula: `constants`, whose values mutants change, and `let`.
  struct Definition {
    std::string name;
    Formula formula;
    SourceRange where;
  };
  /// `given L ≥ L_max`: any such number; tried at the best one and at multiples of it.
  struct Given {
    std::string name;
    bool is_at_least = true;  ///< else at most
    Formula best;
    SourceRange where;
  };
  struct Hypothesis {
    std::string label;  ///< may be empty
    Formula formula;
    SourceRange where;
  };
  /// What a block of claims is about.
  enum class Quantifier { none, iteration, form, noisy_form, point, noisy_point, pair };
  /// In the place of irrational numbers, for claims that hold for all vectors in their place.
  enum class Surrogate { none, gradients, derivatives };
  struct Claim {
    std::string label;
    bool is_step = false;            ///< `step`: one that the proof rests on
    std::optional<Hypothesis> when;  ///< one for all claims behind it
    Formula formula;
    SourceRange where;
  };
  /// `each r = 2, 3, 7`: the claims are made with each of these numbers.
  struct Choice {
    std::string name;
    std::vector<Formula> numbers;
    SourceRange where;
  };
  struct Block {
    Quantifier quantifier = Quantifier::none;
    Surrogate surrogate = Surrogate::none;
    std::optional<Choice> each;
    std::vector<Definition> lets;
    std::vector<Claim> claims;
    std::optional<Formula> telling;
  };
  struct Mutant {
    std::string id;
    std::vector<Definition> constants;  ///< with other values
    std::vector<std::string> dropped;   ///< labels of hypotheses
    std::vector<Hypothesis> replaced;   ///< another formula, by the label of a hypothesis or claim
    /// Reads the moments of a mechanism falsely: the noise left out of M_Q², or shared noise taken
    /// for noise that is new for every draw.
    enum class Moments { as_stated, without_noise, as_if_fresh };
    Moments moments = Moments::as_stated;
    std::string witness;       ///< JSON, or empty
    std::string witness_file;  ///< beside the theorem file, or empty
    SourceRange witness_where;
    SourceRange where;
  };
};

}  // namespace graddiv
