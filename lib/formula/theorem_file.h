#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formula/draw_line.h"
#include "formula/theorem_parts.h"

namespace graddiv {

/// What a .theorem file says, word by word (docs/theorem-files.md): a statement as data. It is
/// printed (printed), typeset (formula/statement_text.h), evaluated and varied
/// (formula/statement.h).
struct TheoremFile : TheoremParts {
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
