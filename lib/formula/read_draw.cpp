#include "formula/draw_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "diversity/mechanism_registry.h"
#include "formula/parse.h"
#include "problem/families.h"

namespace graddiv {
namespace draw_reading {
namespace {

using Words = std::vector<std::string>;

/// What may stand behind `with`.
struct Change {
  std::string_view name;   ///< as it is printed
  std::string_view ascii;  ///< another spelling, or none
  bool is_of_classes;      ///< else of descriptions alone
  std::string_view shape;  ///< what a message expects
  Words families;          ///< that can be so; all, where there are none
};

const std::vector<Change>& changes() {
  static const Words rows{"linear-functions", "least-squares", "glm"};
  static const std::vector<Change> all{
      {"γ", "gamma", true, "γ = FORMULA", {}},
      {"γ_k", "gamma_k", true, "γ_k = FORMULA", {}},
      {"n", "", true, "n = NUMBER", {}},
      {"B", "", true, "B = NUMBER", {}},
      {"K", "", true, "K = NUMBER", {}},
      {"interpolation", "", true, "interpolation", {"quadratics", "least-squares", "glm"}},
      {"W", "", true, "W = SET", {}},
      {"mixed", "", false, "mixed", {}},
      {"d", "", false, "d = NUMBER", {}},
      {"loss", "", false, "loss = NAME or NAME", {"glm"}},
      {"‖x_i‖", "norm(x_i)", false, "‖x_i‖ = NUMBER", rows},
      {"spectrum", "", false, "spectrum = NUMBER..NUMBER", {"quadratics", "max-affine"}},
      {"regularization", "", false, "regularization = NUMBER", {}},
      {"neighbour", "", false, "neighbour", {}},
      {"mechanism", "", false, "mechanism = NAME or NAME", {}},
      {"start", "", false, "start = inside or boundary", {}}};
  return all;
}

Words losses() {
  Words names;
  for (const LossEntry& loss : loss_entries()) names.push_back(loss.name);
  return names;
}

Words mechanism_names() {
  Words names;
  for (const MechanismEntry& mechanism : mechanisms()) names.push_back(mechanism.name);
  return names;
}

bool has(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

class Reader {
 public:
  Reader(const std::string& text, const std::map<std::string, Formula::Type>& variables)
      : text_(text), variables_(variables) {}

  DrawLine read(SourceRange part) {
    const std::vector<SourceRange> sides = split(part, "with", 2);
    draw_.where = sides.front();
    read_head();
    if (sides.size() > 1) {
      for (const SourceRange change : split(sides.back(), "and")) read_change(change);
    }
    const bool has_boundary = std::ranges::any_of(
        draw_.domains, [](const std::string& domain) { return domain != "R^d"; });
    if (has(draw_.starts, "boundary") && !has_boundary)
      throw FormulaError(start_, "R^d has no boundary: expected 'W = box', ball or product too");
    return std::move(draw_);
  }

 private:
  std::string_view of(SourceRange range) const {
    return std::string_view(text_).substr(range.begin, range.end - range.begin);
  }
  bool is_space(std::size_t at) const {
    return std::string_view(" \t\r\n").find(text_[at]) != std::string_view::npos;
  }
  SourceRange trimmed(SourceRange range) const {
    while (range.begin < range.end && is_space(range.begin)) ++range.begin;
    while (range.begin < range.end && is_space(range.end - 1)) --range.end;
    return range;
  }
  static SourceRange at_least_one(SourceRange range) {
    return {range.begin, std::max(range.end, range.begin + 1)};
  }

  /// Parts between a word, which stands between spaces and outside of brackets.
  std::vector<SourceRange> split(SourceRange range, std::string_view word,
                                 std::size_t most = std::string::npos) const {
    std::vector<SourceRange> parts;
    int depth = 0;
    std::size_t begin = range.begin;
    for (std::size_t i = range.begin; i < range.end && parts.size() + 1 < most; ++i) {
      if (text_[i] == '(') ++depth;
      if (text_[i] == ')') --depth;
      const std::size_t behind = i + word.size();
      const bool is_here = depth == 0 && of({i, range.end}).starts_with(word) &&
                           (i == range.begin || is_space(i - 1)) &&
                           (behind == range.end || is_space(behind));
      if (!is_here) continue;
      parts.push_back(trimmed({begin, i}));
      begin = behind;
    }
    parts.push_back(trimmed({begin, range.end}));
    return parts;
  }

  // A class, or families -------------------------------------------------------------------------

  void read_head() {
    const std::vector<SourceRange> names = split(draw_.where, "or");
    const bool is_class = names.size() == 1 && !has(described_families(), of(names.front()));
    if (!is_class) {
      draw_.families = words(draw_.where, described_families(), "family that a draw describes");
      return;
    }
    const std::string_view name = of(draw_.where);
    const std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    if (name.empty() || name.find_first_not_of(letters) != std::string_view::npos) {
      throw FormulaError(at_least_one(draw_.where),
                         "expected a class of instances, small letters, digits and hyphens, or "
                         "families such as 'quadratics or glm'");
    }
    draw_.instance_class = std::string(name);
  }

  /// NAME or NAME, of those that are known, each once.
  Words words(SourceRange range, const Words& known, const char* what) const {
    Words result;
    for (const SourceRange part : split(range, "or")) {
      const std::string word(of(part));
      if (!has(known, word)) {
        throw FormulaError(at_least_one(part),
                           fmt::format("'{}' is no {}{}; expected {}", word, what,
                                       suggestion(word, known), fmt::join(known, ", ")));
      }
      if (has(result, word)) throw FormulaError(part, "'" + word + "' stands here twice");
      result.push_back(word);
    }
    return result;
  }

  // Changes --------------------------------------------------------------------------------------

  /// The change of that name, of those that this draw can have.
  const Change& change_named(std::string_view name, SourceRange where) const {
    Words names;
    std::vector<std::string_view> shapes;
    for (const Change& change : changes()) {
      if (name == change.name || (!name.empty() && name == change.ascii)) {
        require_possible(change, where);
        return change;
      }
      if (is_possible(change)) {
        names.emplace_back(change.name);
        shapes.push_back(change.shape);
      }
    }
    const std::string near = suggestion(name, names);
    if (!near.empty())
      throw FormulaError(where, fmt::format("'{}' is no change of a draw{}", name, near));
    throw FormulaError(at_least_one(where),
                       fmt::format("expected '{}'", fmt::join(shapes, "', '")));
  }
  static bool is_of(const Change& change, const std::string& family) {
    return change.families.empty() || has(change.families, family);
  }
  bool is_possible(const Change& change) const {
    if (!draw_.is_description()) return change.is_of_classes;
    return std::ranges::all_of(draw_.families,
                               [&](const std::string& family) { return is_of(change, family); });
  }
  void require_possible(const Change& change, SourceRange where) const {
    if (!draw_.is_description() && !change.is_of_classes) {
      const std::string near = suggestion(draw_.instance_class, described_families());
      if (!near.empty()) {
        throw FormulaError(draw_.where, fmt::format("'{}' is no family that a draw describes{}",
                                                    draw_.instance_class, near));
      }
      throw FormulaError(where, fmt::format("a class has its own '{}'; expected a description, "
                                            "such as 'quadratics with {}'",
                                            change.name, change.shape));
    }
    for (const std::string& family : draw_.families) {
      if (is_of(change, family)) continue;
      throw FormulaError(where, fmt::format("{} have no '{}': it is of {}", family, change.name,
                                            fmt::join(change.families, ", ")));
    }
  }

  void read_change(SourceRange part) {
    const std::string_view all = of(part);
    const std::size_t sign = std::min(all.find('='), all.size());
    const SourceRange name = trimmed({part.begin, part.begin + sign});
    const Change& change = change_named(of(name), at_least_one(name));
    const bool has_value = sign < all.size();
    const bool takes_value = change.name != change.shape;
    if (has_value != takes_value)
      throw FormulaError(part, fmt::format("expected '{}'", change.shape));
    if (!seen_.insert(change.name == "γ_k" ? "γ" : change.name).second)
      throw FormulaError(part, fmt::format("'{}' stands here twice", change.name));
    read_value(change.name, takes_value ? trimmed({part.begin + sign + 1, part.end}) : part);
    require_sense(part);
  }

  void require_sense(SourceRange where) const {
    if (draw_.has_full_batch && !draw_.mechanisms.empty())
      throw FormulaError(where, "nothing is drawn from a full batch: no mechanism beside it");
    if (!draw_.is_interpolated) return;
    if (has(draw_.losses, "logistic"))
      throw FormulaError(where, "logistic losses have no minimum: no interpolation");
    if (draw_.regularization)
      throw FormulaError(where, "½ρ‖w‖² moves the minimum of every function: no interpolation");
  }

  void read_value(std::string_view name, SourceRange value) {
    if (name == "interpolation") draw_.is_interpolated = true;
    if (name == "mixed") draw_.is_mixed = true;
    if (name == "neighbour") draw_.has_neighbour = true;
    if (name == "loss") draw_.losses = words(value, losses(), "loss");
    if (name == "mechanism") draw_.mechanisms = words(value, mechanism_names(), "mechanism");
    if (name == "W") read_domains(value);
    if (name == "start") {
      start_ = value;
      draw_.starts = words(value, {"inside", "boundary"}, "place of a start");
    }
    if (name == "d") draw_.dimension = range_of(value);
    if (name == "n") draw_.functions = range_of(value);
    if (name == "K") draw_.iterations = range_of(value);
    if (name == "‖x_i‖") draw_.row_length = range_of(value);
    if (name == "regularization") draw_.regularization = range_of(value);
    if (name == "spectrum") read_spectrum(value);
    if (name == "B" && of(value) == "full") {
      draw_.has_full_batch = true;
    } else if (name == "B") {
      draw_.batch = range_of(value);
    }
    if (name == "γ" || name == "γ_k") {
      draw_.is_schedule = name == "γ_k";
      Names with{.variables = variables_};
      if (draw_.is_schedule) with.variables.emplace("k", Formula::Type::number);
      draw_.step = number(value, with);
    }
  }

  void read_domains(SourceRange value) {
    if (!draw_.is_description() && of(value) != "box") {
      throw FormulaError(at_least_one(value),
                         "a class is put into a box alone: expected 'W = box', or a description, "
                         "such as 'quadratics with W = ball or product'");
    }
    const Words known{"R^d", "box", "ball", "product"};
    const bool is_everything = of(value) == "ℝ^d";
    draw_.domains = is_everything ? Words{"R^d"} : words(value, known, "set W that is known");
  }

  Formula number(SourceRange range, const Names& with) const {
    if (range.begin == range.end) throw FormulaError(at_least_one(range), "expected a formula");
    Formula result = parse_formula(text_, range, with);
    if (result.type() != Formula::Type::number)
      throw FormulaError(result.where(), "expected a number");
    return result;
  }
  Formula constant(SourceRange range) const {
    return number(range, {.variables = {}, .under = {}});
  }

  // NUMBER or NUMBER..NUMBER
  DrawLine::Range range_of(SourceRange range) const {
    constexpr std::string_view dots = "..";
    int depth = 0;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (text_[i] == '(') ++depth;
      if (text_[i] == ')') --depth;
      if (depth != 0 || !of({i, range.end}).starts_with(dots)) continue;
      return {constant(trimmed({range.begin, i})), constant(trimmed({i + dots.size(), range.end}))};
    }
    return {constant(range), {}};
  }

  // NUMBER..NUMBER or {NUMBER, NUMBER}
  void read_spectrum(SourceRange range) {
    const std::string_view all = of(range);
    if (!all.starts_with('{')) {
      draw_.spectrum = range_of(range);
      return;
    }
    if (!all.ends_with('}'))
      throw FormulaError({range.end - 1, range.end}, "expected '}' behind the eigenvalues");
    std::size_t begin = range.begin + 1;
    for (std::size_t i = begin; i < range.end; ++i) {
      if (text_[i] != ',' && i + 1 != range.end) continue;
      draw_.eigenvalues.push_back(constant(trimmed({begin, i})));
      begin = i + 1;
    }
  }

  const std::string& text_;
  const std::map<std::string, Formula::Type>& variables_;
  DrawLine draw_;
  std::set<std::string_view> seen_;
  SourceRange start_;
};

}  // namespace
}  // namespace draw_reading

DrawLine parse_draw(const std::string& text, SourceRange part,
                    const std::map<std::string, Formula::Type>& variables) {
  return draw_reading::Reader(text, variables).read(part);
}

}  // namespace graddiv
