#include "formula/variants.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "formula/evaluate.h"
#include "formula/solve.h"
#include "formula/symbol.h"
#include "formula/typeset.h"
#include "number/exact.h"

namespace graddiv {
namespace varying {
namespace {

using Operation = Formula::Operation;
using Path = std::vector<std::size_t>;

/// Where a formula stands in a file.
struct Slot {
  enum class Part { given, let, hypothesis, block_let, when, claim };
  Part part;
  std::size_t block = 0;
  std::size_t index = 0;
};

bool is_same(const std::optional<TheoremFile::Hypothesis>& a,
             const std::optional<TheoremFile::Hypothesis>& b) {
  return a.has_value() == b.has_value() &&
         (!a || (a->label == b->label && a->formula == b->formula));
}

/// Whether a `when` stands before this claim: one is for all claims behind it.
bool begins_condition(const std::vector<TheoremFile::Claim>& claims, std::size_t i) {
  return claims[i].when && (i == 0 || !is_same(claims[i].when, claims[i - 1].when));
}

std::vector<Slot> slots_of(const TheoremFile& file) {
  using Part = Slot::Part;
  std::vector<Slot> slots;
  const auto add = [&](Part part, std::size_t count, std::size_t block) {
    for (std::size_t i = 0; i < count; ++i) slots.push_back({part, block, i});
  };
  add(Part::given, file.given.size(), 0);
  add(Part::let, file.lets.size(), 0);
  add(Part::hypothesis, file.hypotheses.size(), 0);
  for (std::size_t b = 0; b < file.blocks.size(); ++b) {
    add(Part::block_let, file.blocks[b].lets.size(), b);
    for (std::size_t i = 0; i < file.blocks[b].claims.size(); ++i) {
      if (begins_condition(file.blocks[b].claims, i)) slots.push_back({Part::when, b, i});
      slots.push_back({Part::claim, b, i});
    }
  }
  return slots;
}

template <class File>
auto& formula_at(File& file, const Slot& slot) {
  switch (slot.part) {
    case Slot::Part::given:
      return file.given[slot.index].best;
    case Slot::Part::let:
      return file.lets[slot.index].formula;
    case Slot::Part::hypothesis:
      return file.hypotheses[slot.index].formula;
    case Slot::Part::block_let:
      return file.blocks[slot.block].lets[slot.index].formula;
    case Slot::Part::when:
      return file.blocks[slot.block].claims[slot.index].when->formula;
    default:
      return file.blocks[slot.block].claims[slot.index].formula;
  }
}

const TheoremFile::Claim* claim_of(const TheoremFile& file, const Slot& slot) {
  const bool is_of_claim = slot.part == Slot::Part::claim || slot.part == Slot::Part::when;
  return is_of_claim ? &file.blocks[slot.block].claims[slot.index] : nullptr;
}

std::string hypothesis_name(const TheoremFile& file, std::size_t index) {
  const std::string& label = file.hypotheses[index].label;
  return label.empty() ? fmt::format("hypothesis {}", index + 1) : "hypothesis " + label;
}

std::string where_of(const TheoremFile& file, const Slot& slot) {
  switch (slot.part) {
    case Slot::Part::given:
      return "given " + file.given[slot.index].name;
    case Slot::Part::let:
      return "let " + file.lets[slot.index].name;
    case Slot::Part::hypothesis:
      return hypothesis_name(file, slot.index);
    case Slot::Part::block_let:
      return "let " + file.blocks[slot.block].lets[slot.index].name;
    default:
      break;
  }
  const TheoremFile::Claim& claim = *claim_of(file, slot);
  const std::string kind =
      slot.part == Slot::Part::when ? "when" : (claim.is_step ? "step" : "claim");
  return claim.label.empty() ? kind : kind + " " + claim.label;
}

Formula replaced(const Formula& in, const Path& path, const Formula& by, std::size_t depth = 0) {
  if (depth == path.size()) return by;
  std::vector<Formula> parts = in.node().parts;
  parts[path[depth]] = replaced(parts[path[depth]], path, by, depth + 1);
  return with_parts(in, std::move(parts));
}

const Formula& part_at(const Formula& in, const Path& path, std::size_t depth) {
  const Formula* part = &in;
  for (std::size_t i = 0; i < depth; ++i) part = &(*part)[path[i]];
  return *part;
}

TheoremFile with_formula(const TheoremFile& file, const Slot& slot, const Formula& formula) {
  TheoremFile changed = file;
  formula_at(changed, slot) = formula;
  if (slot.part != Slot::Part::when) return changed;
  auto& claims = changed.blocks[slot.block].claims;
  const auto& before = file.blocks[slot.block].claims;
  for (std::size_t i = slot.index + 1; i < claims.size(); ++i) {
    if (!is_same(before[i].when, before[slot.index].when)) break;
    claims[i].when->formula = formula;
  }
  return changed;
}

/// What is around a part: as much as belongs to its product, and a step more.
std::size_t context_of(const Formula& in, const Path& path) {
  if (path.empty()) return 0;
  std::size_t depth = path.size() - 1;
  const auto is_product = [&](std::size_t at) {
    const Operation o = part_at(in, path, at).operation();
    return o == Operation::multiply || o == Operation::negate;
  };
  while (depth > 0 && is_product(depth) && is_product(depth - 1)) --depth;
  return depth;
}

std::string context_with(const Formula& in, const Path& path, const Formula& by) {
  const std::size_t depth = context_of(in, path);
  const Path below(path.begin() + static_cast<std::ptrdiff_t>(depth), path.end());
  return to_unicode(replaced(part_at(in, path, depth), below, by));
}

// Numbers --------------------------------------------------------------------------------------

std::optional<Rational> literal_of(const Formula& f) {
  const auto is_number = [](const Formula& x) { return x.operation() == Operation::number; };
  if (is_number(f)) return f.node().number;
  const bool is_fraction = f.operation() == Operation::divide && is_number(f[0]) &&
                           is_number(f[1]) && f[1].node().number != 0;
  if (is_fraction) return f[0].node().number / f[1].node().number;
  return std::nullopt;
}

bool is_count(const Formula& f) {
  constexpr std::array<std::string_view, 7> counts{"n", "d", "K", "k", "B", "B_at", "evaluations"};
  return f.operation() == Operation::symbol &&
         std::ranges::find(counts, f.node().symbol->name) != counts.end();
}

bool begins_with_a_number(const Formula& product) {
  if (literal_of(product)) return true;
  return product.operation() == Operation::multiply && begins_with_a_number(product[0]);
}

struct Site {
  Path path;
  bool is_ordered;
};

void collect_numbers(const Formula& f, bool is_ordered, Path& path, std::vector<Site>& found) {
  if (const auto literal = literal_of(f)) {
    if (*literal != 0) found.push_back({path, is_ordered});
    return;
  }
  const auto visit = [&](std::size_t i, bool ordered) {
    path.push_back(i);
    collect_numbers(f[i], ordered, path, found);
    path.pop_back();
  };
  switch (f.operation()) {
    case Operation::symbol:  // an index
      return;
    case Operation::power:
      return visit(0, is_ordered);
    case Operation::sum:
    case Operation::least:
    case Operation::largest:
    case Operation::for_all:
      return visit(2, is_ordered);
    case Operation::divide:
      // In 1/(2·x) the 2 alone says it.
      if (literal_of(f[0]) != Rational(1) || !begins_with_a_number(f[1])) visit(0, is_ordered);
      return visit(1, is_ordered);
    default:
      break;
  }
  const bool is_equation =
      f.operation() == Operation::equal || f.operation() == Operation::not_equal;
  for (std::size_t i = 0; i < f.node().parts.size(); ++i) {
    const bool is_bound_of_a_count =
        is_relation(f.operation()) && is_count(f[1 - i]) && literal_of(f[i]);
    visit(i, is_ordered && !is_equation && !is_bound_of_a_count);
  }
}

std::string name_of_number(const Rational& value) { return "[" + to_unicode(Formula(value)) + "]"; }

FileNumber number_at(const TheoremFile& file, const Slot& slot, const Site& site) {
  const Formula& in = formula_at(file, slot);
  const Rational value = *literal_of(part_at(in, site.path, site.path.size()));
  const Formula marked = Formula::variable(name_of_number(value));
  return {.text = context_with(in, site.path, marked),
          .where = where_of(file, slot),
          .value = value,
          .is_ordered = site.is_ordered,
          .is_in_a_step = claim_of(file, slot) != nullptr && claim_of(file, slot)->is_step,
          .with = [file, slot, path = site.path](const Formula& by) {
            return with_formula(file, slot, replaced(formula_at(file, slot), path, by));
          }};
}

std::optional<Rational> exact_number(const Formula& f) {
  const Enclosure value = value_of(f, {});
  return value.is_exact() ? std::optional(exact_value(value)) : std::nullopt;
}

bool has_a_factor(const Formula& product) {
  if (literal_of(product) || product.operation() == Operation::variable) return true;
  if (product.operation() == Operation::divide) return has_a_factor(product[0]);
  return product.operation() == Operation::multiply &&
         (has_a_factor(product[0]) || has_a_factor(product[1]));
}

/// The factor 1 that stands before the right side of a claim, where no other number does.
std::optional<FileNumber> factor_of(const TheoremFile& file, const Slot& slot) {
  const TheoremFile::Claim* claim = claim_of(file, slot);
  if (slot.part != Slot::Part::claim || claim->is_step) return std::nullopt;
  const Formula& in = claim->formula;
  if (in.operation() == Operation::equal || has_a_factor(in[1])) return std::nullopt;
  const auto scaled = [](const Formula& f, const Formula& by) {
    return with_parts(f, {f[0], by * f[1]});
  };
  return FileNumber{.text = to_unicode(Formula::variable("[1]") * in[1]),
                    .where = where_of(file, slot),
                    .value = 1,
                    .with = [file, slot, scaled](const Formula& by) {
                      return with_formula(file, slot, scaled(formula_at(file, slot), by));
                    }};
}

// Whole files ------------------------------------------------------------------------------------

/// All formulas, with definitions put in, in which a number can stand.
struct Expanded {
  std::vector<Formula> hypotheses;
  std::vector<Formula> given;
  struct Claim {
    std::size_t block;
    const TheoremFile::Claim* claim;
    std::optional<Formula> when;
    Formula formula;
  };
  std::vector<Claim> claims;

  explicit Expanded(const TheoremFile& file) {
    for (const auto& h : file.hypotheses) hypotheses.push_back(expanded(h.formula, file, nullptr));
    for (const auto& g : file.given) given.push_back(expanded(g.best, file, nullptr));
    for (std::size_t b = 0; b < file.blocks.size(); ++b) {
      const auto& block = file.blocks[b];
      for (const auto& c : block.claims) {
        std::optional<Formula> when;
        if (c.when) when = expanded(c.when->formula, file, &block);
        claims.push_back({b, &c, std::move(when), expanded(c.formula, file, &block)});
      }
    }
  }
};

/// Without definitions that nothing uses any more, and without mutants: a file that can be read.
TheoremFile made_readable(TheoremFile file) {
  file.mutants.clear();
  const auto erase_unused = [](std::vector<TheoremFile::Definition>& all,
                               const std::set<std::string>& names) {
    return std::erase_if(all, [&](const auto& d) { return !names.contains(d.name); }) > 0;
  };
  bool has_changed = true;
  while (has_changed) {
    has_changed = false;
    std::set<std::string> names;
    for (const auto& c : file.constants) collect_variables(c.formula, names);
    for (const Slot& slot : slots_of(file)) collect_variables(formula_at(file, slot), names);
    for (const auto& draw : file.draws)
      if (draw.step) collect_variables(*draw.step, names);
    for (const auto& block : file.blocks)
      if (block.telling) collect_variables(*block.telling, names);
    for (auto& block : file.blocks)
      if (block.each && !names.contains(block.each->name)) block.each.reset();
    for (auto& block : file.blocks) has_changed |= erase_unused(block.lets, names);
    has_changed |= erase_unused(file.lets, names);
    has_changed |= erase_unused(file.constants, names);
    has_changed |=
        std::erase_if(file.given, [&](const auto& g) { return !names.contains(g.name); }) > 0;
  }
  return file;
}

// Variants ---------------------------------------------------------------------------------------

class Variants {
 public:
  explicit Variants(const TheoremFile& file) : file_(file) {}

  std::vector<Variant> all() {
    vary_numbers();
    for (const Slot& slot : slots_of(file_)) {
      Path path;
      vary_at(slot, formula_at(file_, slot), path, polarity_of(slot));
    }
    drop_hypotheses();
    return std::move(variants_);
  }

 private:
  /// Whether the statement says more where a formula is true more often: 1, less: −1, or it cannot
  /// be told.
  static int polarity_of(const Slot& slot) {
    if (slot.part == Slot::Part::claim) return -1;
    return slot.part == Slot::Part::hypothesis || slot.part == Slot::Part::when ? 1 : 0;
  }

  void vary_numbers() {
    const std::vector<FileNumber> numbers = numbers_of(file_);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const FileNumber& number = numbers[i];
      const Monotonicity trend = monotonicity_of(number);
      for (const Rational& value : others_than(number.value)) {
        // A whole number is compared with whole ones.
        if (!number.is_ordered && denominator(value) != 1) continue;
        const Monotonicity weaker =
            value < number.value ? Monotonicity::falling : Monotonicity::rising;
        const bool is_implied =
            trend == Monotonicity::constant || (number.value >= 0 && value >= 0 && trend == weaker);
        variants_.push_back({.kind = Variant::Kind::number,
                             .change = change_of(number, value),
                             .where = number.where,
                             .file = made_readable(number.with(value)),
                             .is_implied = is_implied,
                             .number = i,
                             .value = value});
      }
    }
  }

  /// Times 9/10, 11/10, 1/2, 2 and 0; of 0 those beside it.
  static std::vector<Rational> others_than(const Rational& value) {
    if (value == 0) return {Rational(1, 10), Rational(-1, 10), Rational(1), Rational(-1)};
    std::vector<Rational> others;
    for (const Rational& factor : {Rational(9, 10), Rational(11, 10), Rational(1, 2), Rational(2)})
      others.push_back(value * factor);
    others.emplace_back(0);
    return others;
  }

  static std::string change_of(const FileNumber& number, const Rational& value) {
    const std::string marked = name_of_number(number.value);
    const std::string now = to_unicode(Formula(value));
    const std::size_t at = number.text.find(marked);
    if (at == std::string::npos) return number.text + " = " + now;
    std::string before = number.text;
    std::string after = number.text;
    before.replace(at, marked.size(), marked.substr(1, marked.size() - 2));
    after.replace(at, marked.size(), now);
    return before + " → " + after;
  }

  void add(Variant::Kind kind, const Slot& slot, const Path& path, const Formula& by,
           bool is_implied = false) {
    const Formula& in = formula_at(file_, slot);
    variants_.push_back(
        {.kind = kind,
         .change = to_unicode(part_at(in, path, path.size())) + " → " + to_unicode(by),
         .where = where_of(file_, slot),
         .file = made_readable(with_formula(file_, slot, replaced(in, path, by))),
         .is_implied = is_implied});
  }

  void vary_at(const Slot& slot, const Formula& f, Path& path, int polarity) {
    const auto visit = [&](std::size_t i, int inner) {
      path.push_back(i);
      vary_at(slot, f[i], path, inner);
      path.pop_back();
    };
    switch (f.operation()) {
      case Operation::symbol:
      case Operation::sum:
      case Operation::least:
      case Operation::largest:
        return;
      case Operation::for_all:
        return visit(2, polarity);
      case Operation::add:
        add(Variant::Kind::sign, slot, path, f[0] - f[1]);
        break;
      case Operation::subtract:
        add(Variant::Kind::sign, slot, path, f[0] + f[1]);
        break;
      case Operation::power:
        vary_exponent(slot, f, path);
        return visit(0, 0);
      case Operation::negation:
        return visit(0, -polarity);
      case Operation::conjunction:
      case Operation::disjunction:
        visit(0, polarity);
        return visit(1, polarity);
      default:
        if (is_relation(f.operation())) vary_relation(slot, f, path, polarity);
        break;
    }
    for (std::size_t i = 0; i < f.node().parts.size(); ++i) visit(i, 0);
  }

  void vary_exponent(const Slot& slot, const Formula& f, const Path& path) {
    const Formula& exponent = f[1];
    const auto literal = literal_of(exponent);
    const auto with_exponent = [&](const Formula& by) {
      const bool is_one = literal_of(by) == Rational(1);
      add(Variant::Kind::exponent, slot, path, is_one ? f[0] : pow(f[0], by));
    };
    with_exponent(literal ? Formula(Rational(*literal + 1)) : exponent + 1);
    if (!literal || *literal > 1)
      with_exponent(literal ? Formula(Rational(*literal - 1)) : exponent - 1);
  }

  void vary_relation(const Slot& slot, const Formula& f, const Path& path, int polarity) {
    // A strict relation is true less often.
    const auto with_relation = [&](Operation by, int truth) {
      add(Variant::Kind::relation, slot, path, Formula::of(by, {f[0], f[1]}, f.where()),
          truth != 0 && truth == -polarity);
    };
    switch (f.operation()) {
      case Operation::less:
        with_relation(Operation::less_equal, 1);
        return with_relation(Operation::greater, 0);
      case Operation::less_equal:
        with_relation(Operation::less, -1);
        return with_relation(Operation::greater_equal, 0);
      case Operation::greater:
        with_relation(Operation::greater_equal, 1);
        return with_relation(Operation::less, 0);
      case Operation::greater_equal:
        with_relation(Operation::greater, -1);
        return with_relation(Operation::less_equal, 0);
      case Operation::equal:
        with_relation(Operation::less, 0);
        return with_relation(Operation::greater, 0);
      default:
        return;
    }
  }

  void drop_hypotheses() {
    for (std::size_t i = 0; i < file_.hypotheses.size(); ++i) {
      TheoremFile changed = file_;
      changed.hypotheses.erase(changed.hypotheses.begin() + static_cast<std::ptrdiff_t>(i));
      const std::optional<TheoremFile> claims = without_steps(changed);
      variants_.push_back({.kind = Variant::Kind::hypothesis,
                           .change = "without " + to_unicode(file_.hypotheses[i].formula),
                           .where = hypothesis_name(file_, i),
                           .file = made_readable(claims.value_or(changed)),
                           .hypothesis = i});
      if (claims) variants_.back().with_steps = made_readable(std::move(changed));
    }
  }

  /// Nothing where there are no steps to leave out, or no claims to be left.
  static std::optional<TheoremFile> without_steps(TheoremFile file) {
    const auto is_step = [](const TheoremFile::Claim& claim) { return claim.is_step; };
    std::size_t steps = 0;
    for (TheoremFile::Block& block : file.blocks) steps += std::erase_if(block.claims, is_step);
    std::erase_if(file.blocks,
                  [](const TheoremFile::Block& block) { return block.claims.empty(); });
    if (steps == 0 || file.blocks.empty()) return std::nullopt;
    return file;
  }

  const TheoremFile& file_;
  std::vector<Variant> variants_;
};

const std::string hole = "[number]";  // no name that a file could have

}  // namespace
}  // namespace varying

std::vector<FileNumber> numbers_of(const TheoremFile& file) {
  using namespace varying;
  std::vector<FileNumber> numbers;
  for (std::size_t i = 0; i < file.constants.size(); ++i) {
    const auto& constant = file.constants[i];
    const auto value = exact_number(expanded(constant.formula, file, nullptr));
    if (!value) continue;
    numbers.push_back({.text = constant.name,
                       .where = "constants",
                       .value = *value,
                       .with = [file, i](const Formula& by) {
                         TheoremFile changed = file;
                         changed.constants[i].formula = by;
                         return changed;
                       }});
  }
  for (const Slot& slot : slots_of(file)) {
    std::vector<Site> sites;
    Path path;
    collect_numbers(formula_at(file, slot), true, path, sites);
    for (const Site& site : sites) numbers.push_back(number_at(file, slot, site));
    if (auto factor = factor_of(file, slot)) numbers.push_back(std::move(*factor));
  }
  return numbers;
}

Monotonicity monotonicity_of(const FileNumber& number) {
  using namespace varying;
  const TheoremFile open = number.with(Formula::variable(hole));
  const Expanded all(open);
  Monotonicity trend = Monotonicity::constant;
  const auto trend_here = [&](const Formula& f) {
    return monotonicity_of(f, hole, all.hypotheses);
  };
  for (const Formula& g : all.given)
    if (count(g, hole) > 0) return Monotonicity::unknown;
  for (const Formula& h : all.hypotheses) trend = joined(trend, opposite(trend_here(h)));
  for (const auto& c : all.claims) {
    if (c.when) trend = joined(trend, opposite(trend_here(*c.when)));
    trend = joined(trend, trend_here(c.formula));
  }
  return trend;
}

std::optional<SolvedFile> solved_for(const FileNumber& number) {
  using namespace varying;
  const TheoremFile open = number.with(Formula::variable(hole));
  const Expanded all(open);
  const auto speaks = [](const Formula& f) { return count(f, hole) > 0; };
  if (std::ranges::any_of(all.hypotheses, speaks) || std::ranges::any_of(all.given, speaks))
    return std::nullopt;
  const Expanded::Claim* only = nullptr;
  for (const auto& c : all.claims) {
    if (c.when && speaks(*c.when)) return std::nullopt;
    if (!speaks(c.formula)) continue;
    if (only != nullptr || c.claim->is_step) return std::nullopt;
    only = &c;
  }
  if (only == nullptr) return std::nullopt;
  const auto solved = solved_for(only->formula, hole);
  if (!solved) return std::nullopt;
  std::optional<Formula> when = only->when;
  for (const Formula& condition : solved->conditions) when = when ? *when && condition : condition;
  TheoremFile result = open;
  const TheoremFile::Block& block = open.blocks[only->block];
  result.blocks = {{block.quantifier, block.surrogate, block.each, {}, {}, {}}};
  auto with = [result, when, bound = solved->bound,
               is_at_least = solved->is_at_least](const Rational& at_most) {
    TheoremFile claimed = result;
    const Formula end = at_most;
    std::optional<TheoremFile::Hypothesis> condition;
    if (when) condition = TheoremFile::Hypothesis{"", *when, {}};
    claimed.blocks[0].claims = {
        {"", false, condition, is_at_least ? bound <= end : bound >= end, {}}};
    return made_readable(std::move(claimed));
  };
  return SolvedFile{.smaller_is_stronger = solved->is_at_least, .with = std::move(with)};
}

std::vector<Variant> variants_of(const TheoremFile& file) { return varying::Variants(file).all(); }

std::string_view to_string(Variant::Kind kind) {
  constexpr std::array<std::string_view, 5> names{"number", "sign", "exponent", "relation",
                                                  "hypothesis"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace graddiv
