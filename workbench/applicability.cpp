#include "workbench/applicability.h"

#include <algorithm>
#include <cmath>

#include "claim/check.h"
#include "formula/theorem_file.h"
#include "formula/typeset.h"
#include "theorems/edges.h"

namespace graddiv::workbench {

namespace {

using Failure = Applicability::Failure;
using Origin = Applicability::Origin;

/// A hypothesis as reasons begin with it, and as its file has it.
struct Asked {
  Text text;
  std::string what;
  std::string remedy{};
};

/// A step at the threshold that a hypothesis sets, or the batch that it asks for.
void add_remedies(const TheoremFile& file, std::vector<Asked>& asked) {
  for (const Edge& edge : edges_of(file)) {
    const Formula& bound = edge.threshold.bound;
    const bool is_batch = edge.of == Edge::Of::batch && edge.kind == Edge::Kind::equal &&
                          bound.operation() == Formula::Operation::number;
    const bool is_step = edge.of == Edge::Of::step && edge.kind != Edge::Kind::at_least;
    if (is_batch || is_step)
      asked.at(edge.hypothesis).remedy = (is_step ? "γ = " : "B = ") + to_unicode(bound);
  }
}

std::vector<Asked> asked_by(const Theorem& theorem) {
  std::vector<Asked> asked;
  for (const Hypothesis& h : theorem.statement.hypotheses())
    asked.push_back({h.text, h.text.plain()});
  if (theorem.file_text.empty()) return asked;
  const TheoremFile file = parse_theorem(theorem.file_text);
  for (std::size_t i = 0; i < std::min(asked.size(), file.hypotheses.size()); ++i) {
    const std::string& label = file.hypotheses[i].label;
    if (!label.empty()) asked[i].what = label + ": " + asked[i].what;
  }
  add_remedies(file, asked);
  return asked;
}

Failure failure_for(const Text& reason, const std::vector<Asked>& asked, std::int64_t count) {
  for (const Asked& one : asked) {
    for (const bool is_false : {true, false}) {
      if (!reason.marked().starts_with(failure_of(one.text, is_false).marked())) continue;
      return {one.what, is_false ? count : 0, is_false ? 0 : count, one.remedy};
    }
  }
  return {"what its claims speak of", 0, count, {}, reason};
}

void add(Origin& origin, const OutcomeCount& counted, const std::vector<Asked>& asked) {
  origin.instances += counted.count;
  if (counted.is_applicable) {
    origin.applicable += counted.count;
    return;
  }
  const Failure failure = failure_for(counted.reason, asked, counted.count);
  const auto known = std::ranges::find(origin.failures, failure.what, &Failure::what);
  if (known == origin.failures.end()) {
    origin.failures.push_back(failure);
  } else {
    known->is_false += failure.is_false;
    known->not_certified += failure.not_certified;
  }
}

}  // namespace

bool Applicability::Origin::is_hardly_ever() const {
  constexpr std::int64_t enough_for_none = 20;
  constexpr std::int64_t enough = 100;
  constexpr std::int64_t fewest_in = 50;
  return (applicable == 0 && instances >= enough_for_none) ||
         (instances >= enough && fewest_in * applicable < instances);
}

bool Applicability::is_hardly_ever() const {
  const auto is_idle = [](const Origin& o) { return o.is_named && o.is_hardly_ever(); };
  const bool is_asked = all.instances > 0;
  return is_asked && (falls_short(all.applicable, all.instances, least_percent) ||
                      std::ranges::any_of(origins, is_idle));
}

Applicability applicability(const Theorem& theorem, const std::vector<OutcomeCount>& counts) {
  const std::vector<Asked> asked = asked_by(theorem);
  Applicability result{.theorem = theorem.id, .least_percent = theorem.least_applicable_percent};
  for (const DrawnFrom& from : theorem.drawn_from)
    result.origins.push_back(
        {.name = from.name, .description = from.description, .is_named = from.is_named});
  constexpr char others[] = "worst cases, examples, witnesses and searches";
  result.origins.push_back({.name = others, .description = others, .is_named = false});
  for (const OutcomeCount& counted : counts) {
    const auto is_its_class = [&](const Origin& o) {
      return counted.origin == "random: " + o.name;
    };
    const auto origin =
        std::ranges::find_if(result.origins.begin(), result.origins.end() - 1, is_its_class);
    add(*origin, counted, asked);
    add(result.all, counted, asked);
  }
  std::erase_if(result.origins, [](const Origin& o) { return o.instances == 0; });
  const auto most_first = [](Origin& o) {
    std::ranges::stable_sort(o.failures, std::greater<>(), &Failure::count);
  };
  std::ranges::for_each(result.origins, most_first);
  most_first(result.all);
  return result;
}

bool falls_short(std::int64_t part, std::int64_t of, int floor) {
  if (floor == 0) return false;
  constexpr std::int64_t few = 50;
  constexpr double deviations = 2.3;
  if (part == 0) return true;
  if (of >= few) return 100 * part < floor * of;
  const double share = floor / 100.0;
  const auto count = static_cast<double>(of);
  return static_cast<double>(part) <
         share * count - deviations * std::sqrt(count * share * (1 - share));
}

}  // namespace graddiv::workbench
