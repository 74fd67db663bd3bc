#include "formula/statement_of.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <utility>

#include "claim/statement_error.h"
#include "formula/evaluate.h"
#include "formula/symbol.h"
#include "formula/typeset.h"
#include "number/evidence_scope.h"
#include "sgd/instance.h"

namespace graddiv {
namespace stating {
namespace {

using Quantifier = TheoremFile::Quantifier;
using Surrogate = TheoremFile::Surrogate;

/// A claim with everything put in, and what it stands under.
struct Ready {
  TheoremFile::Block block;  // for its quantifier
  TheoremFile::Claim claim;
  std::optional<Formula> telling = {};
  std::optional<Formula> epsilon = {};
  std::vector<TheoremFile::Given> given;
  std::vector<Formula> conditions;  // hypotheses that speak of what is given
  Text part;
};

/// What numbers are tried for `given L ≥ best`, beside the best one.
const std::array<std::pair<int, int>, 4>& multiples() {
  static const std::array<std::pair<int, int>, 4> all{{{1, 1}, {5, 4}, {2, 1}, {10, 1}}};
  return all;
}

/// Visits the scope with every choice of the numbers that are given: all at the best, then each
/// alone at its multiples.
void visit_given(const Scope& scope, const std::vector<TheoremFile::Given>& given,
                 const std::function<void(const Scope&, const Text&)>& visit) {
  Scope inner = scope;
  std::vector<Enclosure> best;
  for (const auto& g : given) {
    best.push_back(value_of(g.best, inner));
    inner.variables.insert_or_assign(g.name, best.back());
  }
  visit(inner, {});
  for (std::size_t i = 0; i < given.size(); ++i) {
    for (const auto& [p, q] : multiples()) {
      if (p == q) continue;
      Scope changed = inner;
      const Enclosure factor = Enclosure(p) / q;
      // Zero has no multiples.
      const bool is_zero = (best[i] == 0) == Truth::yes;
      const Enclosure value = is_zero                ? (given[i].is_at_least ? factor : -factor)
                              : given[i].is_at_least ? best[i] * factor
                                                     : best[i] / factor;
      changed.variables.insert_or_assign(given[i].name, value);
      visit(changed, Text::formula(given[i].name + " = " + value.to_string(8)));
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

/// All choices of what is given, at one place.
void conclude_all(const Ready& ready, const Scope& scope, const Place& place,
                  std::vector<Conclusion>& to, const std::function<void(Conclusion&)>& note = {}) {
  const std::size_t first = to.size();
  try {
    const EvidenceScope evidence;
    visit_given(scope, ready.given, [&](const Scope& inner, const Text& given) {
      to.push_back(conclude(ready, inner, place, given));
    });
    for (std::size_t i = first; i < to.size(); ++i) {
      to[i].rests_on = join(to[i].rests_on, evidence.collected());
      if (note) note(to[i]);
    }
  } catch (const FormulaError& e) {
    throw StatementError(" at " + to_string(place) + ": " + e.what());
  } catch (const std::logic_error& e) {
    throw StatementError(" at " + to_string(place) + ": " + e.what());
  }
}

std::vector<Conclusion> at_every_iteration(const Ready& ready, const Case& c, bool under_forms) {
  std::vector<Conclusion> result;
  for (int k = 1; k <= c.iterations(); ++k) {
    Scope scope{.instance = &c, .k = k};
    if (!under_forms) {
      conclude_all(ready, scope, Place::at(k), result);
      continue;
    }
    for (const BatchCondition& form : c.batch_conditions(k)) {
      // M² > 0 is part of H-moment: with M² = 0 the run never moves.
      if ((form.second_moment > 0) != Truth::yes) continue;
      scope.form = &form;
      Place place = Place::at(k);
      place.form = form.form;
      conclude_all(ready, scope, place, result, [&](Conclusion& conclusion) {
        conclusion.delta = form.delta;
        conclusion.second_moment = form.second_moment;
      });
    }
  }
  return result;
}

Point with_surrogates(const Point& p, Surrogate surrogate) {
  return surrogate == Surrogate::gradients ? p.with_exact_gradients() : p.with_exact_derivatives();
}

std::vector<Conclusion> at_every_point(const Ready& ready, const Case& c) {
  std::vector<Conclusion> result;
  for (const Point& point : c.points()) {
    const auto conclude_at = [&](const Point& p) {
      std::vector<Conclusion> here;
      conclude_all(ready, {.instance = &c, .point = &p}, p.place(), here,
                   [&](Conclusion& conclusion) {
                     conclusion.second_moment = p.second_moment();
                     if (c.instance().run.batches.empty()) return;
                     conclusion.delta = (c.B_at(p.place()) - 1) * p.inverse_batch_size_bound();
                   });
      return here;
    };
    std::vector<Conclusion> here = conclude_at(point);
    // No interval shows an equation; what it leaves open otherwise is left so in the end.
    const bool is_open = std::ranges::any_of(here, [&](const Conclusion& x) {
      const bool is_equation = x.comparison.relation == Relation::equal;
      return x.applies != Truth::no && x.comparison.truth() == Truth::unknown &&
             (is_equation || c.is_last_resort());
    });
    if (is_open && ready.block.surrogate != Surrogate::none)
      here = conclude_at(with_surrogates(point, ready.block.surrogate));
    for (Conclusion& x : here) result.push_back(std::move(x));
  }
  return result;
}

std::vector<Conclusion> for_every_pair(const Ready& ready, const Case& c) {
  std::vector<Conclusion> result;
  for (const PointPair& pair : c.coupled().pairs())
    conclude_all(ready, {.instance = &c, .pair = &pair}, pair.place(), result);
  return result;
}

std::vector<Conclusion> once(const Ready& ready, const Case& c) {
  std::vector<Conclusion> result;
  conclude_all(ready, {.instance = &c}, Place(), result);
  return result;
}

std::vector<Conclusion> concluded(const Ready& ready, const Case& c) {
  switch (ready.block.quantifier) {
    case Quantifier::none:
      return once(ready, c);
    case Quantifier::iteration:
      return at_every_iteration(ready, c, false);
    case Quantifier::form:
      return at_every_iteration(ready, c, true);
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

/// The scope with the best numbers in the place of those that are given.
Scope with_the_best(const Case& c, const std::vector<TheoremFile::Given>& given) {
  Scope scope{.instance = &c};
  for (const auto& g : given) {
    const Enclosure best = value_of(g.best, scope);
    scope.variables.insert_or_assign(g.name, best);
  }
  return scope;
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
      try {
        return holds(condition, with_the_best(c, given));
      } catch (const FormulaError& e) {
        throw std::logic_error(e.what());
      }
    });
  }
  bool names_reference = false;
  for (const TheoremFile::Block& block : file.blocks) {
    for (const TheoremFile::Claim& claim : block.claims) {
      auto ready = std::make_shared<Ready>(Ready{.block = block,
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
