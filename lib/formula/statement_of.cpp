#include "formula/statement_of.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <utility>

#include "claim/quantified.h"
#include "formula/evaluate.h"
#include "formula/symbol.h"
#include "formula/typeset.h"
#include "sgd/instance.h"

namespace graddiv {
namespace stating {
namespace {

using Quantifier = TheoremFile::Quantifier;
using Surrogate = TheoremFile::Surrogate;

/// A claim with everything put in, and what it stands under.
struct Ready {
  Quantifier quantifier;
  Surrogate surrogate;
  TheoremFile::Claim claim;
  std::optional<Formula> telling = {};
  std::optional<Formula> epsilon = {};
  std::vector<TheoremFile::Given> given;
  std::vector<Formula> conditions;  // hypotheses that speak of what is given
  Text part;
};

/// The scope with the best numbers in the place of those that are given.
Scope with_the_best(Scope scope, const std::vector<TheoremFile::Given>& given) {
  for (const auto& g : given) {
    const Enclosure best = value_of(g.best, scope);
    scope.variables.insert_or_assign(g.name, best);
  }
  return scope;
}

/// Visits the scope with every choice of the numbers that are given: all at the best, then each
/// alone at multiples of it.
void visit_given(const Scope& scope, const std::vector<TheoremFile::Given>& given,
                 const std::function<void(const Scope&, const Text&)>& visit) {
  constexpr std::array<std::pair<int, int>, 3> multiples{{{5, 4}, {2, 1}, {10, 1}}};
  const Scope best = with_the_best(scope, given);
  visit(best, {});
  for (const auto& [name, is_at_least, formula, where] : given) {
    const Enclosure bound = best.variables.at(name);
    const bool is_zero = (bound == 0) == Truth::yes;  // zero has no multiples
    for (const auto& [p, q] : multiples) {
      Scope changed = best;
      const Enclosure factor = Enclosure(p) / q;
      const Enclosure value = is_zero       ? (is_at_least ? factor : -factor)
                              : is_at_least ? bound * factor
                                            : bound / factor;
      changed.variables.insert_or_assign(name, value);
      visit(changed, Text::formula(name + " = " + value.to_string(8)));
    }
  }
}

Text part_at(const Ready& ready, const Text& given) {
  if (given.empty()) return ready.part;
  return ready.part.empty() ? given : ready.part + ", " + given;
}

/// Where neither side says anything the truth of a claim tells nothing.
Truth tells(const Ready& ready, Scope scope, const Comparison& comparison) {
  scope.claimed = &comparison;
  if (ready.telling) return holds(*ready.telling, scope);
  return !((comparison.left == 0) && (comparison.right == 0));
}

Conclusion conclude(const Ready& ready, const Scope& scope, Place place, const Text& given) {
  Truth applies = ready.claim.when ? holds(*ready.claim.when, scope) : Truth::yes;
  // The best numbers have been asked already.
  for (std::size_t i = 0; !given.empty() && i < ready.conditions.size(); ++i)
    applies = applies && holds(ready.conditions[i], scope);
  const Text part = part_at(ready, given);
  if (!part.empty()) place = place.of(part);
  if (applies == Truth::no)
    return {place, applies, Comparison{0, Relation::equal, 0}, ready.claim.is_step};
  Conclusion c{place, applies, comparison_of(ready.claim.formula, scope), ready.claim.is_step};
  if (ready.claim.is_step) return c;
  if (ready.epsilon) c.epsilon = value_of(*ready.epsilon, scope);
  try {
    c.telling = tells(ready, scope, c.comparison);
  } catch (const NotCertified&) {
    c.telling = Truth::unknown;  // it is not known to tell anything
  }
  return c;
}

/// All choices of what is given.
Conclusions conclude_all(const Ready& ready, const Scope& scope, const Place& place) {
  Conclusions result;
  visit_given(scope, ready.given, [&](const Scope& inner, const Text& given) {
    result.push_back(conclude(ready, inner, place, given));
  });
  return result;
}

Conclusions conclude_at(const Ready& ready, const Scope& scope, const Place& place) {
  return at_place(place, [&] { return conclude_all(ready, scope, place); });
}

Conclusions at_every_iteration(const Ready& ready, const Case& c) {
  Conclusions result;
  for (int k = 1; k <= c.iterations(); ++k) {
    for (Conclusion& x : conclude_at(ready, {.instance = &c, .k = k}, Place::at(k)))
      result.push_back(std::move(x));
  }
  return result;
}

Conclusions at_every_point(const Ready& ready, const Case& c) {
  std::function<Point(const Point&)> surrogate;
  if (ready.surrogate == Surrogate::gradients) surrogate = &Point::with_exact_gradients;
  if (ready.surrogate == Surrogate::derivatives) surrogate = &Point::with_exact_derivatives;
  const auto conclude_there = [&](const Point& p) {
    Conclusions here = conclude_all(ready, {.instance = &c, .point = &p}, p.place());
    for (Conclusion& conclusion : here) {
      conclusion.second_moment = p.second_moment();
      if (!c.instance().run.batches.empty())
        conclusion.delta = (c.B_at(p.place()) - 1) * p.inverse_batch_size_bound();
    }
    return here;
  };
  return graddiv::at_every_point(c, conclude_there, surrogate);
}

Conclusions for_every_pair(const Ready& ready, const Case& c) {
  Conclusions result;
  for (const PointPair& pair : c.coupled().pairs()) {
    for (Conclusion& x : conclude_at(ready, {.instance = &c, .pair = &pair}, pair.place()))
      result.push_back(std::move(x));
  }
  return result;
}

Conclusions concluded(const Ready& ready, const Case& c) {
  switch (ready.quantifier) {
    case Quantifier::none:
      return conclude_at(ready, {.instance = &c}, Place());
    case Quantifier::iteration:
      return at_every_iteration(ready, c);
    case Quantifier::form:
      return at_every_form(c, [&](int k, const BatchCondition& form, const Place& place) {
        return conclude_all(ready, {.instance = &c, .k = k, .form = &form}, place);
      });
    case Quantifier::point:
      return at_every_point(ready, c);
    case Quantifier::pair:
      return for_every_pair(ready, c);
  }
  return {};
}

/// Whether a formula speaks of any reference point x.
bool speaks_of_reference(const Formula& f) {
  if (f.operation() == Formula::Operation::symbol && f.node().symbol->name.starts_with("reference"))
    return true;
  return std::ranges::any_of(f.node().parts, speaks_of_reference);
}

bool speaks_of(const Formula& f, const std::vector<TheoremFile::Given>& given) {
  if (f.operation() == Formula::Operation::variable)
    return std::ranges::find(given, f.node().name, &TheoremFile::Given::name) != given.end();
  return std::ranges::any_of(f.node().parts,
                             [&](const Formula& part) { return speaks_of(part, given); });
}

/// The name of a claim among those of a statement, where there are several.
Text part_of(const TheoremFile& file, const TheoremFile::Claim& claim) {
  if (!claim.label.empty()) return Text::words(claim.label);
  int number = 0;
  int count = 0;
  for (const auto& b : file.blocks) {
    for (const auto& c : b.claims) {
      ++count;
      if (&c == &claim) number = count;
    }
  }
  if (claim.is_step) return Text::words("step " + std::to_string(number));
  return count == 1 ? Text() : Text::words("claim " + std::to_string(number));
}

}  // namespace
}  // namespace stating

Statement statement_of(const TheoremFile& file) {
  using namespace stating;
  Statement s;
  std::vector<TheoremFile::Given> given = file.given;
  for (auto& g : given) g.best = expanded(g.best, file, nullptr);
  std::vector<Formula> conditions;
  for (const auto& h : file.hypotheses) {
    const Formula condition = expanded(h.formula, file, nullptr);
    if (speaks_of(condition, given)) conditions.push_back(condition);
    s.assumes(to_sentence(tidied(condition)), [condition, given](const Case& c) {
      return holds(condition, with_the_best({.instance = &c}, given));
    });
  }
  bool names_reference = false;
  for (const TheoremFile::Block& block : file.blocks) {
    for (const TheoremFile::Claim& claim : block.claims) {
      auto ready = std::make_shared<Ready>(Ready{.quantifier = block.quantifier,
                                                 .surrogate = block.surrogate,
                                                 .claim = claim,
                                                 .given = given,
                                                 .conditions = conditions,
                                                 .part = part_of(file, claim)});
      ready->claim.formula = expanded(claim.formula, file, &block);
      if (claim.when) ready->claim.when = expanded(*claim.when, file, &block);
      if (block.telling) ready->telling = expanded(*block.telling, file, &block);
      for (const auto& let : block.lets) {
        if (let.name == "ε") ready->epsilon = expanded(let.formula, file, &block);
      }
      names_reference = names_reference || speaks_of_reference(ready->claim.formula);
      s.claims([ready](const Case& c) { return concluded(*ready, c); });
    }
    if (block.telling) s.tells_where(to_sentence(tidied(expanded(*block.telling, file, nullptr))));
  }
  if (names_reference) s.holds_for_any_reference_point();
  return s;
}

Statement statement_of(const TheoremFile& file, const TheoremFile::Mutant& mutant) {
  TheoremFile changed = file;
  for (const auto& c : mutant.constants) {
    std::ranges::find(changed.constants, c.name, &TheoremFile::Definition::name)->formula =
        c.formula;
  }
  for (const auto& r : mutant.replaced) {
    std::ranges::find(changed.hypotheses, r.label, &TheoremFile::Hypothesis::label)->formula =
        r.formula;
  }
  std::erase_if(changed.hypotheses, [&](const TheoremFile::Hypothesis& h) {
    return !h.label.empty() && std::ranges::find(mutant.dropped, h.label) != mutant.dropped.end();
  });
  return statement_of(changed);
}

}  // namespace graddiv
