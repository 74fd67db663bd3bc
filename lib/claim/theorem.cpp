#include "claim/theorem.h"

namespace graddiv {

Statement& Statement::assumes(std::string text, std::function<Truth(const Case&)> holds) {
  hypotheses_.push_back({std::move(text), std::move(holds)});
  return *this;
}

Statement& Statement::claims(std::function<std::vector<Conclusion>(const Case&)> claim) {
  claims_.push_back(std::move(claim));
  return *this;
}

Statement& Statement::claims_at_every_point(
    std::function<Comparison(const Case&, const Point&)> claim,
    std::function<Enclosure(const Case&, const Point&)> delta, Point (Point::*beside)() const) {
  return claims([claim = std::move(claim), delta = std::move(delta), beside](const Case& c) {
    std::vector<Conclusion> result;
    const auto conclude = [&](const Point& p) {
      Conclusion conclusion{p.place(), Truth::yes, claim(c, p)};
      if (delta) conclusion.delta = delta(c, p);
      return conclusion;
    };
    for (const Point& p : c.points()) {
      result.push_back(conclude(p));
      const Comparison& comparison = result.back().comparison;
      if (beside != nullptr && comparison.truth() == Truth::unknown &&
          (comparison.relation == Relation::equal || c.is_last_resort()))
        result.back() = conclude((p.*beside)());
    }
    return result;
  });
}

Statement& Statement::claims_at_every_mechanism_point(
    std::function<std::vector<Conclusion>(const Case&, const MechanismPoint&)> claim) {
  return claims([claim = std::move(claim)](const Case& c) {
    std::vector<Conclusion> result;
    for (const MechanismPoint& p : c.mechanism_points()) {
      for (Conclusion& conclusion : claim(c, p)) {
        conclusion.place = p.place().of(std::move(conclusion.place.part));
        result.push_back(std::move(conclusion));
      }
    }
    return result;
  });
}

namespace {

template <class Conclude>
std::vector<Conclusion> at_every_iteration(const Case& c, const Conclude& conclude) {
  std::vector<Conclusion> result;
  for (int k = 1; k <= c.iterations(); ++k) {
    for (const BatchCondition& condition : c.batch_conditions(k)) {
      // M² > 0 is part of H-moment: with M² = 0 the run never moves and ε = 0.
      if ((condition.second_moment > 0) != Truth::yes) continue;
      Conclusion conclusion = conclude(k, condition);
      conclusion.place.iteration = k;
      conclusion.place.form = condition.form;
      conclusion.delta = condition.delta;
      conclusion.second_moment = condition.second_moment;
      result.push_back(std::move(conclusion));
    }
  }
  return result;
}

}  // namespace

Statement& Statement::claims_at_every_iteration(
    std::function<When(const Case&, int, const BatchCondition&)> claim, std::string part) {
  return claims([claim = std::move(claim), part = std::move(part)](const Case& c) {
    return at_every_iteration(c, [&](int k, const BatchCondition& condition) {
      const auto [applies, comparison, epsilon] = claim(c, k, condition);
      Conclusion conclusion{part, applies, comparison};
      conclusion.epsilon = epsilon;
      return conclusion;
    });
  });
}

Statement& Statement::rests_on_the_recursion(
    std::function<Comparison(const Case&, int, const BatchCondition&)> claim) {
  return claims([claim = std::move(claim)](const Case& c) {
    return at_every_iteration(c, [&](int k, const BatchCondition& condition) {
      return Conclusion{"the recursion", Truth::yes, claim(c, k, condition), true};
    });
  });
}

Statement& Statement::of_runs_with_a_mechanism(const MechanismMoments& moments) {
  mechanism_ = moments;
  return assumes("the gradients pass through a mechanism",
                 [](const Case& c) { return c.has_mechanism(); });
}

Claimed Statement::claimed(const Case& c) const {
  Claimed result;
  for (const auto& claim : claims_) {
    try {
      for (Conclusion& conclusion : claim(c)) result.conclusions.push_back(std::move(conclusion));
    } catch (const NotCertified& e) {
      if (!result.not_certified) result.not_certified = e.what();
    }
  }
  return result;
}

std::string witness(const std::string& problem, const std::string& run) {
  return R"({"format": "graddiv-instance/1", "problem": {)" + problem + R"(}, "run": {)" + run +
         "}}";
}

}  // namespace graddiv
