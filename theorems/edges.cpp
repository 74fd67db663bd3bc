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

std::optional<Solved> solved_for_word(const Formula& inequality, const char* word) {
  return solved_for(with_word(inequality, word, Formula::variable(unknown)), unknown);
}

/// γ > 0 and B ≥ 1: a constant below.
bool is_met_by_all(const Edge& edge) {
  return edge.threshold.is_at_least && edge.threshold.bound.operation() == Operation::number;
}

/// The narrowest number that thresholds of one kind have on an instance, where it is known.
std::optional<Enclosure> narrowest(const std::vector<Edge>& edges, Edge::Of of, bool is_at_least,
                                   const Scope& scope) {
  std::optional<Enclosure> result;
  for (const Edge& edge : edges) {
    if (edge.of != of || edge.threshold.is_at_least != is_at_least) continue;
    try {
      const auto is_true = [&](const Formula& condition) {
        return holds(condition, scope) == Truth::yes;
      };
      if (!std::ranges::all_of(edge.threshold.conditions, is_true)) continue;
      const Enclosure value = value_of(edge.threshold.bound, scope);
      if ((value > 0) != Truth::yes || !value.is_bounded()) continue;
      const bool is_narrower =
          !result || (is_at_least ? value > *result : value < *result) == Truth::yes;
      if (is_narrower) result = value;
    } catch (const NotCertified&) {
    } catch (const std::logic_error&) {  // a division by zero: no threshold there
    }
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

bool set_step(Run& run, const Enclosure& threshold, std::size_t side) {
  constexpr std::array<std::pair<int, int>, 3> factors{{{1, 1}, {99, 100}, {101, 100}}};
  const auto [p, q] = factors.at(side);
  run.steps = {exact_or_below(threshold) * Rational(p, q)};
  run.step_rule.reset();
  return true;
}

bool set_batch(Run& run, const Enclosure& threshold, std::size_t side) {
  constexpr std::array<long, 3> more{0, 1, -1};
  constexpr long largest = 16;  // a check must not take long
  const Rational value = exact_value(threshold.is_exact() ? threshold : threshold.lower());
  const Integer whole = numerator(value) / denominator(value);
  if (whole > largest || run.full_batch) return false;
  run.batches = {std::max(1L, static_cast<long>(whole) + more.at(side))};
  return true;
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
      Edge edge{has_step ? Edge::Of::step : Edge::Of::batch, std::move(*solved), i};
      if (!is_met_by_all(edge)) edges.push_back(std::move(edge));
    }
  }
  return edges;
}

Instance at_edge(Instance instance, const std::vector<Edge>& edges, std::int64_t number) {
  constexpr std::size_t sides = 3;
  const auto turn = static_cast<std::size_t>(number);
  const Evaluation evaluation(instance);
  const Case c(evaluation);
  const Scope scope{.instance = &c};
  struct Kind {
    Edge::Of of;
    bool is_at_least;
  };
  constexpr std::array<Kind, 4> kinds{{{Edge::Of::step, false},
                                       {Edge::Of::batch, false},
                                       {Edge::Of::step, true},
                                       {Edge::Of::batch, true}}};
  std::vector<std::pair<Edge::Of, Enclosure>> thresholds;
  for (const auto& [of, is_at_least] : kinds) {
    if (const auto value = narrowest(edges, of, is_at_least, scope))
      thresholds.emplace_back(of, *value);
  }
  if (thresholds.empty()) return instance;
  const auto& [of, threshold] = thresholds[turn / sides % thresholds.size()];
  Run run = instance.run;
  const std::size_t side = turn % sides;
  const bool is_set =
      of == Edge::Of::step ? set_step(run, threshold, side) : set_batch(run, threshold, side);
  if (is_set) instance.run = std::move(run);
  return instance;
}

}  // namespace graddiv
