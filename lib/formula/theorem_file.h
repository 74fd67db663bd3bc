#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formula/draw_line.h"
#include "formula/formula.h"
#include "formula/source.h"

namespace graddiv {

/// What a .theorem file says, word by word (docs/theorem-files.md): a statement as data. It is
/// printed (printed), typeset (formula/statement_text.h), evaluated and varied
/// (formula/statement.h).
struct TheoremFile {
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
    SourceRange where;
  };

  std::string id;
  std::string title;
  std::string cites;   ///< BibTeX key
  std::string source;  ///< where in it: "Theorem 2"
  std::vector<Definition> constants;
  std::vector<Given> given;
  std::vector<Definition> lets;
  std::vector<Hypothesis> hypotheses;
  std::vector<Block> blocks;
  std::vector<Mutant> mutants;
  using Draw = DrawLine;
  std::vector<Draw> draws;
  /// `demand δ > 0 in 33 %`: a campaign in which fewer of the applicable instances tell something
  /// at δ > 0 is vacuous.
  int least_percent_at_positive_delta = 0;
};

/// The words that lines begin with: "theorem", "assume", …
std::span<const std::string_view> line_keywords();

/// Throws FormulaError for whatever the text does not say properly: every name is known, every
/// definition used, every label one's own.
TheoremFile parse_theorem(const std::string& text);

/// The canonical text: parsing it gives the same file.
std::string printed(const TheoremFile& file);

std::string_view words_of(TheoremFile::Quantifier quantifier);    ///< "for every k"
std::string_view words_of(TheoremFile::Surrogate surrogate);      ///< "for any gradients"
std::string_view words_of(TheoremFile::Mutant::Moments moments);  ///< "moments without noise"

/// The formula with all constants and `let`s of the file and of the block put in.
Formula expanded(const Formula& formula, const TheoremFile& file, const TheoremFile::Block* block);

}  // namespace graddiv
