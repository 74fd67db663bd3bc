#include "formula/statement_of.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "claim/quantified.h"
#include "formula/evaluate.h"
#include "formula/symbol.h"
#include "formula/typeset.h"
#include "formula/values.h"
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
  std::optional<Formula> when = {};
  std::optional<TheoremFile::Choice> each = {};
  std::optional<Formula> telling = {};
  std::optional<Formula> epsilon = {};
  std::vector<TheoremFile::Given> given = {};
  std::vector<Formula> conditions = {};  // hypotheses that speak of what is given
  Text part;
  // What a conclusion is told to be claimed with.
  bool speaks_of_batches = false;             // (B − 1)/B_S(w)
  bool speaks_of_differential_delta = false;  // δ̄
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

/// Whether all of these hold. Each guards those behind it, as hypotheses do.
Truth all_hold(std::span<const Formula> conditions, const Scope& scope) {
  Truth all = Truth::yes;
  for (const Formula& condition : conditions) {
    all = all && holds(condition, scope);
    if (all == Truth::no) break;
  }
  return all;
}

/// Whether some choice of the numbers that are given meets all of these conditions; the best is
/// asked first. What is not certified there does not stop the others.
Truth hold_somewhere(std::span<const Formula> conditions,
                     const std::vector<TheoremFile::Given>& given, const Case& c) {
  Truth somewhere = Truth::no;
  std::optional<NotCertified> why;
  visit_given({.instance = &c}, given, [&](const Scope& scope, const Text&) {
    if (somewhere == Truth::yes) return;
    try {
      somewhere = somewhere || all_hold(conditions, scope);
    } catch (const Lacking&) {
      throw;
    } catch (const NotCertified& e) {
      somewhere = Truth::unknown;
      if (!why) why = e;
    }
  });
  if (somewhere == Truth::unknown && why) throw NotCertified(*why);
  return somewhere;
}

Text joined(const Text& a, const Text& b) { return a.empty() || b.empty() ? a + b : a + ", " + b; }

/// Where neither side says anything the truth of a claim tells nothing.
Truth tells(const Ready& ready, Scope scope, const Comparison& comparison) {
  scope.claimed = &comparison;
  if (ready.telling) return holds(*ready.telling, scope);
  return !((comparison.left == 0) && (comparison.right == 0));
}

/// What refutes a claim is read with its numbers put in; those that are not to be had are left out.
std::optional<Text> values_of_words(const Formula& formula, const Scope& scope) {
  try {
    return values_in(formula, scope);
  } catch (const NotCertified&) {
    return std::nullopt;
  } catch (const std::logic_error&) {
    return std::nullopt;
  }
}

/// Whether the hypotheses hold at these numbers: they do at some (hold_somewhere), perhaps others.
Truth conditions_hold(const Ready& ready, const Scope& scope) {
  try {
    return all_hold(ready.conditions, scope);
  } catch (const NotCertified&) {
    return Truth::unknown;
  }
}

Conclusion conclude(const Ready& ready, Scope scope, Place place, const Text& chosen,
                    const Text& given) {
  Truth applies = conditions_hold(ready, scope);
  if (applies != Truth::no && ready.when) applies = applies && holds(*ready.when, scope);
  const Text part = joined(joined(ready.part, chosen), given);
  if (!part.empty()) place = place.of(part);
  if (applies == Truth::no)
    return {place, applies, Comparison{0, Relation::equal, 0}, ready.claim.is_step};
  std::optional<RowSample> sample;
  scope.sample = &sample;
  Conclusion c{place, applies, comparison_of(ready.claim.formula, scope), ready.claim.is_step};
  scope.sample = nullptr;
  c.sample = std::move(sample);
  if (c.applies == Truth::yes && c.comparison.truth() == Truth::no)
    c.values = values_of_words(ready.claim.formula, scope);
  if (ready.speaks_of_differential_delta) c.delta = scope.c().coupled().delta();
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
  const auto conclude_with = [&](const Scope& with, const Text& chosen) {
    visit_given(with, ready.given, [&](const Scope& inner, const Text& given) {
      result.push_back(conclude(ready, inner, place, chosen, given));
    });
  };
  if (!ready.each) {
    conclude_with(scope, {});
    return result;
  }
  Scope chosen = scope;
  for (const Formula& number : ready.each->numbers) {
    chosen.variables.insert_or_assign(ready.each->name, value_of(number, {}));
    conclude_with(chosen, Text::formula(ready.each->name + " = " + to_unicode(number)));
  }
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
      if (!ready.speaks_of_batches) continue;
      conclusion.second_moment = p.second_moment();
      conclusion.delta = (c.B_at(p.place()) - 1) * p.inverse_batch_size_bound();
    }
    return here;
  };
  return graddiv::at_every_point(c, conclude_there, surrogate);
}

Conclusions for_every_pair(const Ready& ready, const Case& c) {
  Conclusions result;
  for (const PointPair& known : c.coupled().pairs()) {
    const bool is_for_all = ready.surrogate == Surrogate::derivatives;
    const PointPair pair = is_for_all ? known.with_exact_derivatives() : known;
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
    case Quantifier::noisy_form:
      return at_every_form(c, [&](int k, const BatchCondition& form, const Place& place) {
        return conclude_all(ready, {.instance = &c, .k = k, .form = &form}, place);
      });
    case Quantifier::point:
      return at_every_point(ready, c);
    case Quantifier::noisy_point:
      return at_every_mechanism_point(c, [&](const MechanismPoint& p) {
        return conclude_all(ready, {.instance = &c, .noise = &p}, p.place());
      });
    case Quantifier::pair:
      return for_every_pair(ready, c);
  }
  return {};
}

bool is_differential_delta(const Symbol& s) { return s.name == "differential_delta"; }
bool is_of_batch(const Symbol& s) {
  constexpr std::array names{"B", "eta", "batch2"};
  return std::ranges::find(names, s.name) != names.end();
}

bool speaks_of(const Formula& f, const std::vector<TheoremFile::Given>& given) {
  return std::ranges::any_of(given, [&](const auto& g) { return count(f, g.name) > 0; });
}

/// The name of a claim among those of a statement, where there are several, and of any step.
Text part_of(const TheoremFile& file, const TheoremFile::Claim& claim) {
  int number = 0;
  int claims = 0;
  int all = 0;
  for (const auto& b : file.blocks) {
    for (const auto& c : b.claims) {
      ++all;
      if (!c.is_step) ++claims;
      if (&c == &claim) number = all;
    }
  }
  if (!claim.is_step && claims == 1) return {};
  if (claim.label.empty())
    return Text::words((claim.is_step ? "step " : "claim ") + std::to_string(number));
  std::string words = claim.label;
  std::ranges::replace(words, '-', ' ');
  return Text::words(words);
}

}  // namespace
}  // namespace stating

namespace stating {
namespace {

/// What all claims of a block share, with the constants and `let`s put in.
Ready made_ready(const TheoremFile& file, const TheoremFile::Block& block,
                 const TheoremFile::Claim& claim) {
  Ready r{.quantifier = block.quantifier,
          .surrogate = block.surrogate,
          .claim = claim,
          .each = block.each,
          .part = part_of(file, claim)};
  r.claim.formula = expanded(claim.formula, file, &block);
  if (claim.when) r.when = expanded(claim.when->formula, file, &block);
  if (block.telling) r.telling = expanded(*block.telling, file, &block);
  for (const auto& let : block.lets)
    if (let.name == "ε") r.epsilon = expanded(let.formula, file, &block);
  r.speaks_of_batches = has_word(r.claim.formula, is_of_batch);
  return r;
}

Statement stated(const TheoremFile& file, TheoremFile::Mutant::Moments moments) {
  Statement s;
  const auto is_noisy = [](const TheoremFile::Block& b) {
    return b.quantifier == Quantifier::noisy_form;
  };
  if (std::ranges::any_of(file.blocks, is_noisy)) {
    using Moments = TheoremFile::Mutant::Moments;
    s.of_runs_with_a_mechanism(
        {.noise = moments != Moments::without_noise, .sharing = moments != Moments::as_if_fresh});
  }
  std::vector<TheoremFile::Given> given = file.given;
  for (auto& g : given) g.best = expanded(g.best, file, nullptr);
  std::vector<Formula> conditions;
  for (const auto& h : file.hypotheses) {
    const Formula condition = expanded(h.formula, file, nullptr);
    if (!speaks_of(condition, given)) {
      s.assumes(to_sentence(tidied(condition)), [condition, given](const Case& c) {
        return holds(condition, with_the_best({.instance = &c}, given));
      });
      continue;
    }
    conditions.push_back(condition);
    // Together with those before it: all have to hold for the same numbers.
    s.assumes(to_sentence(tidied(condition)),
              [conditions, given](const Case& c) { return hold_somewhere(conditions, given, c); });
  }
  const bool has_differential_delta =
      std::ranges::any_of(file.hypotheses, [&](const TheoremFile::Hypothesis& h) {
        return has_word(expanded(h.formula, file, nullptr), is_differential_delta);
      });
  bool names_reference = false;
  for (const TheoremFile::Block& block : file.blocks) {
    for (const TheoremFile::Claim& claim : block.claims) {
      Ready here = made_ready(file, block, claim);
      here.given = given;
      here.conditions = conditions;
      here.speaks_of_differential_delta =
          has_differential_delta || has_word(here.claim.formula, is_differential_delta);
      names_reference =
          names_reference || has_word(here.claim.formula, std::mem_fn(&Symbol::is_of_reference));
      s.claims([here = std::move(here)](const Case& c) { return concluded(here, c); });
    }
    if (block.telling) s.tells_where(to_sentence(tidied(expanded(*block.telling, file, nullptr))));
  }
  if (names_reference) s.holds_for_any_reference_point();
  return s;
}

}  // namespace
}  // namespace stating

Statement statement_of(const TheoremFile& file) { return stating::stated(file, {}); }

Statement statement_of(const TheoremFile& file, const TheoremFile::Mutant& mutant) {
  TheoremFile changed = file;
  for (const auto& c : mutant.constants) {
    std::ranges::find(changed.constants, c.name, &TheoremFile::Definition::name)->formula =
        c.formula;
  }
  const auto replace = [&](const std::string& label, Formula& formula) {
    const auto by = std::ranges::find(mutant.replaced, label, &TheoremFile::Hypothesis::label);
    if (!label.empty() && by != mutant.replaced.end()) formula = by->formula;
  };
  const auto is_dropped = [&](const std::string& label) {
    return !label.empty() && std::ranges::find(mutant.dropped, label) != mutant.dropped.end();
  };
  std::erase_if(changed.hypotheses, [&](const auto& h) { return is_dropped(h.label); });
  for (auto& h : changed.hypotheses) replace(h.label, h.formula);
  for (auto& block : changed.blocks) {
    std::erase_if(block.claims, [&](const auto& c) { return is_dropped(c.label); });
    for (auto& claim : block.claims) {
      replace(claim.label, claim.formula);
      if (!claim.when) continue;
      replace(claim.when->label, claim.when->formula);
      if (is_dropped(claim.when->label)) claim.when.reset();
    }
  }
  return stating::stated(changed, mutant.moments);
}

}  // namespace graddiv
