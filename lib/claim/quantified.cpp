#include "claim/quantified.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "claim/statement_error.h"
#include "number/evidence_scope.h"

namespace graddiv {
namespace {

void append(Conclusions more, Conclusions& to) {
  for (Conclusion& conclusion : more) to.push_back(std::move(conclusion));
}

bool is_open(const Case& c, const Conclusion& x) {
  const bool is_equation = x.comparison.relation == Relation::equal;
  return x.applies != Truth::no && x.comparison.truth() == Truth::unknown &&
         (is_equation || c.is_last_resort());
}

}  // namespace

Conclusions with_evidence(const std::function<Conclusions()>& conclude) {
  const EvidenceScope scope;
  Conclusions concluded = conclude();
  for (Conclusion& c : concluded) c.rests_on = join(c.rests_on, scope.collected());
  return concluded;
}

Conclusions at_place(const Place& place, const std::function<Conclusions()>& conclude) {
  try {
    return with_evidence(conclude);
  } catch (const std::logic_error& e) {
    const std::string where = to_string(place);
    throw StatementError((where.empty() ? "" : " at " + where) + ": " + e.what());
  }
}

Conclusions at_every_form(
    const Case& c,
    const std::function<Conclusions(int, const BatchCondition&, const Place&)>& conclude) {
  Conclusions result;
  for (int k = 1; k <= c.iterations(); ++k) {
    for (const BatchCondition& condition : c.batch_conditions(k)) {
      // M² > 0 is part of H-moment: with M² = 0 the run never moves and ε = 0.
      if ((condition.second_moment > 0) != Truth::yes) continue;
      Place place = Place::at(k);
      place.form = condition.form;
      Conclusions here = at_place(place, [&] { return conclude(k, condition, place); });
      for (Conclusion& conclusion : here) {
        conclusion.delta = condition.delta;
        conclusion.second_moment = condition.second_moment;
      }
      append(std::move(here), result);
    }
  }
  return result;
}

Conclusions at_every_point(const Case& c, const std::function<Conclusions(const Point&)>& conclude,
                           const std::function<Point(const Point&)>& surrogate) {
  Conclusions result;
  for (const Point& point : c.points()) {
    const auto concluded = [&](const Point& p) {
      return at_place(p.place(), [&] { return conclude(p); });
    };
    Conclusions here = concluded(point);
    const auto is_left = [&](const Conclusion& x) { return is_open(c, x); };
    if (surrogate && std::ranges::any_of(here, is_left)) here = concluded(surrogate(point));
    append(std::move(here), result);
  }
  return result;
}

Conclusions at_every_mechanism_point(
    const Case& c, const std::function<Conclusions(const MechanismPoint&)>& conclude) {
  Conclusions result;
  for (const MechanismPoint& p : c.mechanism_points()) {
    Conclusions here = at_place(p.place(), [&] { return conclude(p); });
    for (Conclusion& conclusion : here) {
      // No interval shows an equation; what it leaves open otherwise is left so in the end.
      const bool is_undecided =
          conclusion.applies == Truth::unknown ||
          (conclusion.applies == Truth::yes && conclusion.comparison.truth() == Truth::unknown);
      const bool is_equation = conclusion.comparison.relation == Relation::equal;
      if (p.only_enclosed() && is_undecided && (is_equation || c.is_last_resort()))
        conclusion.left_out = *p.only_enclosed();
    }
    append(std::move(here), result);
  }
  return result;
}

}  // namespace graddiv
