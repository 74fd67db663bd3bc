#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.h"
#include "formula/source.h"

namespace graddiv {

/// What `draw` says of instances: a class of the registry, `strongly-convex`, or a description of
/// one, `quadratics or glm with d = 1..3`; and `with` how they are changed or what they are like.
struct DrawLine {
  /// `B = 3`, or `B = 2..8`.
  struct Range {
    Formula from;
    std::optional<Formula> to;
  };
  std::string instance_class;         ///< or none, and
  std::vector<std::string> families;  ///< of a description

  // Of descriptions alone:
  bool is_mixed = false;             ///< every function of any of them, else all of one
  std::vector<std::string> losses;   ///< of glm; all where there are none
  std::optional<Range> row_length;   ///< ‖x_i‖
  std::optional<Range> spectrum;     ///< that of every ∇²f_i lies there
  std::vector<Formula> eigenvalues;  ///< `spectrum = {1, 1/10}`: or consists of these
  std::optional<Range> regularization;
  bool has_neighbour = false;           ///< and a data set beside it, with one example replaced
  std::vector<std::string> mechanisms;  ///< of the run, one of these
  std::vector<std::string> starts;      ///< inside W, or on its boundary
  std::optional<Range> dimension;       ///< d

  bool is_interpolated = false;      ///< one point is best for all functions
  std::vector<std::string> domains;  ///< kinds of W; of a class: a box around the start alone
  std::optional<Range> functions;    ///< n; of a class: at most, the first functions are kept
  bool has_full_batch = false;       ///< `B = full`, or
  std::optional<Range> batch;        ///< B
  std::optional<Range> iterations;   ///< K
  std::optional<Formula> step;       ///< γ is a share of it
  bool is_schedule = false;          ///< of γ_k, for a variable k = 0, …, K − 1
  SourceRange where;                 ///< of the class, or of the families

  bool is_description() const { return !families.empty(); }
};

/// The families that a description can name: "quadratics", …
const std::vector<std::string>& described_families();

/// Reads `quadratics with d = 1..3 and γ = 1/L_max`: all of text[part.begin, part.end). Formulas
/// may use the variables. Throws FormulaError, which points into `text`.
DrawLine parse_draw(const std::string& text, SourceRange part,
                    const std::map<std::string, Formula::Type>& variables);

/// The canonical text: parsing it gives the same.
std::string printed(const DrawLine& draw);

/// The same changes of another class: those that only descriptions have are left out.
DrawLine with_class(const DrawLine& draw, const std::string& instance_class);

}  // namespace graddiv
