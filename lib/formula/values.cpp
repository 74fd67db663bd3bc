#include "formula/values.h"

#include <algorithm>
#include <string>
#include <vector>

#include "claim/conclusion_text.h"
#include "formula/evaluate.h"
#include "formula/symbol.h"
#include "formula/typeset.h"
#include "number/exact.h"

namespace graddiv {
namespace valuing {
namespace {

using Operation = Formula::Operation;

/// The formula with k and the variables of the scope put in, as far as they are numbers: what an
/// index says then.
Formula with_numbers(const Formula& f, const Scope& scope) {
  if (f.operation() == Operation::symbol && f.node().symbol->name == "k" && scope.k)
    return *scope.k;
  if (f.node().parts.empty()) return f;
  const Enclosure value = value_of(f, scope);
  return value.is_exact() ? Formula(exact_value(value)) : f;
}

void collect(const Formula& f, const Scope& scope, std::vector<std::string>& all) {
  constexpr int digits = 8;
  const auto add = [&](const std::string& name) {
    const std::string said = name + " = " + short_text(value_of(f, scope), digits);
    if (std::ranges::find(all, said) == all.end()) all.push_back(said);
  };
  const bool binds = f.operation() == Operation::sum || f.operation() == Operation::least ||
                     f.operation() == Operation::largest || f.operation() == Operation::for_all;
  if (binds) return;  // its words differ from term to term
  if (f.type() == Formula::Type::number && f.operation() == Operation::variable)
    return add(f.node().name);
  if (f.operation() == Operation::symbol) {
    const Symbol& s = *f.node().symbol;
    if (f.type() != Formula::Type::number || s.name == "k" || s.of_number) return;
    const bool may_be_infinite = s.inverse && !s.has_index();
    if (may_be_infinite && (s.inverse(scope, 0) > 0) != Truth::yes) return;
    return add(s.has_index() ? to_unicode(Formula::of(s, {with_numbers(f[0], scope)}))
                             : s.spellings.front());
  }
  for (const Formula& part : f.node().parts) collect(part, scope, all);
}

}  // namespace
}  // namespace valuing

Text values_in(const Formula& formula, const Scope& scope) {
  std::vector<std::string> all;
  valuing::collect(formula, scope, all);
  Text text;
  for (const std::string& said : all) {
    if (!text.empty()) text += ", ";
    text += Text::formula(said);
  }
  return text;
}

}  // namespace graddiv
