#include "theorems/edges.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "claim/case.h"
#include "formula/evaluate.h"
#include "formula/symbol.h"
#include "formula/vocabulary.h"
#include "number/exact.h"

namespace graddiv {
namespace {

using Operation = Formula::Operation;

/// No name of a file: these have no spaces.
constexpr char unknown[] = "the unknown";

Formula with_word(const Formula& formula, std::string_view name, const Formula& by) {
  const Formula::Node& node = formula.node();
  if (node.operation == Operation::symbol && node.symbol->name == name) return by;
  std::vector<Formula> parts;
  for (const Formula& part : node.parts) parts.push_back(with_word(part, name, by));
  return parts.empty() ? formula : with_parts(formula, std::move(parts));
}

void collect_conjuncts(const Formula& formula, std::vector<Formula>& to) {
  if (formula.operation() != Operation::conjunction) return to.push_back(formula);
  for (const Formula& part : formula.node().parts) collect_conjuncts(part, to);
}

/// An equation is solved like an inequality; which way that turns does not matter.
std::optional<Solved> solved_for_word(const Formula& relation, const char* word) {
  Formula inequality = with_word(relation, word, Formula::variable(unknown));
  if (relation.operation() == Operation::equal)
    inequality = Formula::of(Operation::less_equal, inequality.node().parts);
  return solved_for(inequality, unknown);
}

/// γ > 0 and B ≥ 1: a constant below.
bool is_met_by_all(const Edge& edge) {
  return edge.kind == Edge::Kind::at_least && edge.threshold.bound.operation() == Operation::number;
}

/// The threshold, where it is known of the instance, and positive.
std::optional<Enclosure> value_of(const Edge& edge, const Scope& scope) {
  try {
    const auto is_true = [&](const Formula& condition) {
      return holds(condition, scope) == Truth::yes;
    };
    if (!std::ranges::all_of(edge.threshold.conditions, is_true)) return std::nullopt;
    const Enclosure value = value_of(edge.threshold.bound, scope);
    if ((value > 0) == Truth::yes && value.is_bounded()) return value;
  } catch (const NotCertified&) {
  } catch (const std::logic_error&) {  // a division by zero: no threshold there
  }
  return std::nullopt;
}

/// The narrowest number that hypotheses of one kind have on an instance, where it is known.
std::optional<Enclosure> narrowest(const std::vector<Edge>& edges, Edge::Of of, Edge::Kind kind,
                                   const Scope& scope) {
  std::optional<Enclosure> result;
  for (const Edge& edge : edges) {
    if (edge.of != of || edge.kind != kind) continue;
    const auto value = value_of(edge, scope);
    if (!value) continue;
    const bool is_above = kind == Edge::Kind::at_least;
    const bool is_narrower =
        !result || (is_above ? *value > *result : *value < *result) == Truth::yes;
    if (is_narrower) result = value;
  }
  return result;
}

/// The threshold itself, where it has few digits: one below it of few digits otherwise.
Rational exact_or_below(const Enclosure& threshold) {
  constexpr unsigned few_bits = 48;
  const Rational value = exact_value(threshold.is_exact() ? threshold : threshold.lower());
  if (threshold.is_exact() && bit_size(value) <= few_bits) return value;
  constexpr long reach = 1L << 20;
  return simplest_between(value * Rational(reach - 1, reach), value);
}

enum class Side : std::size_t { at, below, beyond };

void set_step(Run& run, const Enclosure& threshold, Side side) {
  constexpr std::array<std::pair<int, int>, 3> factors{{{1, 1}, {99, 100}, {101, 100}}};
  const auto [p, q] = factors.at(static_cast<std::size_t>(side));
  run.steps = {exact_or_below(threshold) * Rational(p, q)};
  run.step_rule.reset();
}

void set_batch(Run& run, const Enclosure& threshold, Side side) {
  constexpr std::array<long, 3> more{0, -1, 1};
  constexpr long largest = 16;  // a check must not take long
  const Rational value = exact_value(threshold.is_exact() ? threshold : threshold.lower());
  const Integer whole = numerator(value) / denominator(value);
  if (whole > largest || run.full_batch) return;
  run.batches = {std::max(1L, static_cast<long>(whole) + more.at(static_cast<std::size_t>(side)))};
}

void set(Run& run, Edge::Of of, const Enclosure& threshold, Side side) {
  of == Edge::Of::step ? set_step(run, threshold, side) : set_batch(run, threshold, side);
}

/// With the batch, then the step, that equations among the hypotheses ask for.
Instance with_equations(Instance instance, const std::vector<Edge>& edges) {
  for (const Edge::Of of : {Edge::Of::batch, Edge::Of::step}) {
    const auto is_one = [&](const Edge& e) { return e.of == of && e.kind == Edge::Kind::equal; };
    const auto equation = std::ranges::find_if(edges, is_one);
    if (equation == edges.end()) continue;
    const Evaluation evaluation(instance);
    const Case c(evaluation);
    if (const auto value = value_of(*equation, {.instance = &c}))
      set(instance.run, of, *value, Side::at);
  }
  return instance;
}

}  // namespace

std::vector<Edge> edges_of(const TheoremFile& file) {
  const Formula step_of_mean = word("gamma") * word("B");
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < file.hypotheses.size(); ++i) {
    Formula formula = expanded(file.hypotheses[i].formula, file, nullptr);
    for (const auto& given : file.given)
      formula = substituted(formula, given.name, expanded(given.best, file, nullptr));
    std::vector<Formula> conjuncts;
    collect_conjuncts(with_word(formula, "eta", step_of_mean), conjuncts);
    for (const Formula& one : conjuncts) {
      const auto is_step = [](const Symbol& s) { return s.name == "gamma"; };
      const bool has_step = has_word(one, is_step);
      auto solved = solved_for_word(one, has_step ? "gamma" : "B");
      if (!solved) continue;
      const bool is_equation = one.operation() == Operation::equal;
      const Edge edge{has_step ? Edge::Of::step : Edge::Of::batch,
                      is_equation           ? Edge::Kind::equal
                      : solved->is_at_least ? Edge::Kind::at_least
                                            : Edge::Kind::at_most,
                      *solved, i};
      if (!is_met_by_all(edge)) edges.push_back(edge);
    }
  }
  return edges;
}

Instance at_edge(Instance instance, const std::vector<Edge>& edges, std::int64_t number) {
  if (edges.empty()) return instance;
  instance = with_equations(std::move(instance), edges);
  const Evaluation evaluation(instance);
  const Case c(evaluation);
  std::vector<std::pair<Edge::Of, Enclosure>> thresholds;
  for (const Edge::Kind kind : {Edge::Kind::at_most, Edge::Kind::equal, Edge::Kind::at_least}) {
    for (const Edge::Of of : {Edge::Of::step, Edge::Of::batch}) {
      if (const auto value = narrowest(edges, of, kind, {.instance = &c}))
        thresholds.emplace_back(of, *value);
    }
  }
  if (thresholds.empty()) return instance;
  constexpr std::size_t sides = 3;
  const auto turn = static_cast<std::size_t>(number);
  const auto& [of, threshold] = thresholds[turn / sides % thresholds.size()];
  set(instance.run, of, threshold, static_cast<Side>(turn % sides));
  return instance;
}

}  // namespace graddiv
