#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "formula/monotonicity.h"
#include "formula/theorem_file.h"

namespace graddiv {

// What a theorem file says, changed at one place: its numbers put to other values, and the mutants
// that propose themselves.

/// A number that a file says and that could be another: one of its constants, a literal, or the
/// factor 1 of the right side of a claim.
struct FileNumber {
  std::string text;   ///< "noise"; "[2]·γ·λ", where it stands in brackets
  std::string where;  ///< "the constants", "the hypothesis short-step", "the claim"
  Rational value;
  /// Whether there is a best value: not in equations, nor among bounds of whole numbers.
  bool is_ordered = true;
  bool is_in_a_step = false;  ///< of the proof
  /// The file with a formula in its place.
  std::function<TheoremFile(const Formula&)> with;
};

/// In the order of the file. No indices, exponents and bounds of sums, and no zeros.
std::vector<FileNumber> numbers_of(const TheoremFile& file);

/// How the truth of what the file asserts changes as the number grows from 0: `falling` where every
/// larger one asserts more, so that the statement implies the same with a smaller one.
Monotonicity monotonicity_of(const FileNumber& number);

/// The one claim that speaks of a number, solved for it (formula/solve.h).
struct SolvedFile {
  bool smaller_is_stronger = true;
  /// Claims, under the hypotheses of the file, that the number at which the claim turns false is at
  /// most (at least) so large: c ≥ bound as `bound ≤ …`.
  std::function<TheoremFile(const Rational& at_most)> with;
};
/// Nothing where several places speak of the number, or a hypothesis.
std::optional<SolvedFile> solved_for(const FileNumber& number);

/// A statement that differs from a file's in one place.
struct Variant {
  enum class Kind { number, sign, exponent, relation, hypothesis };
  Kind kind = Kind::number;
  std::string change;  ///< "noise = 9/5", "1 − γ → 1 + γ", "without W = R^d"
  std::string where;
  TheoremFile file;
  bool is_implied = false;  ///< by the statement itself, as far as signs tell: it cannot be false
                            ///< where that is true
  std::optional<std::size_t> number = {};      ///< of numbers_of
  std::optional<Rational> value = {};          ///< that it has
  std::optional<std::size_t> hypothesis = {};  ///< that is dropped, with the steps of the proof:
                                               ///< whether what is claimed needs it
  std::optional<TheoremFile> with_steps = {};  ///< without it, but with those steps
};

/// Each number at 9/10, 11/10, 1/2, 2 and 0 times itself (0 at ±1/10 and ±1), each sign turned,
/// each exponent one more and one less, each relation strict, not strict and turned, each
/// hypothesis dropped.
std::vector<Variant> variants_of(const TheoremFile& file);

std::string_view to_string(Variant::Kind kind);  ///< "number"

}  // namespace graddiv
