#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claim/statement.h"

namespace graddiv {

struct Instance;

/// A class of random instances: one of the registry in instances/classes.h.
enum class InstanceClass : int;

/// Where random instances of a theorem come from: a class of the registry, changed or not, or one
/// that its file describes.
struct DrawnFrom {
  std::string name;  ///< "strongly-convex", "quadratics or glm": one's own within a theorem
  std::string description = {};  ///< all that `draw` says of it, "strongly-convex with B = 2"
  std::optional<InstanceClass> registered = {};
  bool is_named = true;           ///< by the file, else one of all classes, where it names none
  bool is_as_registered = false;  ///< its instances are those of the registry, with no change
  /// The number-th instance for a seed: the same on every machine.
  std::function<Instance(std::uint64_t seed, std::int64_t number)> instance = {};
};

/// A false variant of a theorem, with an instance that refutes it.
struct Mutant {
  std::string id;           ///< unique within its theorem: "without-delta"
  std::string change;       ///< LaTeX: what it says instead, "$2\gamma\lambda\le 2$"
  std::string change_text;  ///< the same as it is read on a terminal
  Statement statement;
  /// An instance (JSON text, format graddiv-instance/1). Empty, in theorems of files alone: none is
  /// known, and such mutants come last.
  std::string witness;
  std::string witness_source;  ///< where it stands: "claim.theorem:17:14", "witness.json"
};

/// A theorem as a value.
struct Theorem {
  std::string id;     ///< "rate-strongly-convex"
  Text title;         ///< "Mini-batch SGD on strongly convex objectives"
  Text source;        ///< the paper's number, or "re-derived with explicit constants"
  std::string cites;  ///< BibTeX key in reports/references.bib
  std::string latex;  ///< the statement, in LaTeX
  std::string text;   ///< the statement on one line, for terminals
  std::vector<DrawnFrom> drawn_from;  ///< in turn
  Statement statement;
  std::vector<Mutant> mutants;
  // A campaign or a suite with a smaller share counts as vacuous, and fails.
  int least_applicable_percent = 20;  ///< of the instances
  int least_telling_percent = 60;     ///< of the applicable ones
  /// Of the applicable ones with δ > 0, for statements that say something else there.
  int least_percent_at_positive_delta = 0;
  std::string file_text = {};  ///< all of the file that it was read from
  bool is_built_in = false;    ///< it is part of the catalogue: its id says all
};

/// The instance of a witness: the members of "problem" and of "run" as they stand in an instance
/// file.
std::string witness(const std::string& problem, const std::string& run);

}  // namespace graddiv
