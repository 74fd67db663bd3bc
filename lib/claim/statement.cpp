#include "claim/statement.h"

#include "claim/quantified.h"
#include "claim/statement_error.h"

namespace graddiv {

Statement& Statement::assumes(Text text, std::function<Truth(const Case&)> holds) {
  hypotheses_.push_back({std::move(text), std::move(holds)});
  return *this;
}

Statement& Statement::claims(std::function<std::vector<Conclusion>(const Case&)> claim) {
  claims_.emplace_back([claim = std::move(claim)](const Case& c) {
    return with_evidence([&] { return claim(c); });
  });
  return *this;
}

Statement& Statement::claims_at_every_point(
    std::function<Comparison(const Case&, const Point&)> claim,
    std::function<Enclosure(const Case&, const Point&)> delta, Point (Point::*surrogate)() const) {
  std::function<Point(const Point&)> stand_in;
  if (surrogate != nullptr) stand_in = [surrogate](const Point& p) { return (p.*surrogate)(); };
  claims_.emplace_back([claim = std::move(claim), delta = std::move(delta),
                        stand_in = std::move(stand_in)](const Case& c) {
    const auto conclude = [&](const Point& p) -> Conclusions {
      Conclusion conclusion{p.place(), Truth::yes, claim(c, p)};
      if (delta) {
        conclusion.delta = delta(c, p);
        conclusion.second_moment = p.second_moment();
      }
      return {std::move(conclusion)};
    };
    return at_every_point(c, conclude, stand_in);
  });
  return *this;
}

Statement& Statement::claims_at_every_iteration(
    std::function<When(const Case&, int, const BatchCondition&)> claim, Text part) {
  claims_.emplace_back([claim = std::move(claim), part = std::move(part)](const Case& c) {
    return at_every_form(
        c, [&](int k, const BatchCondition& condition, const Place& place) -> Conclusions {
          auto [applies, comparison, epsilon] = claim(c, k, condition);
          Conclusion conclusion{place.of(part), applies, std::move(comparison)};
          conclusion.epsilon = std::move(epsilon);
          return {std::move(conclusion)};
        });
  });
  return *this;
}

Statement& Statement::holds_for_any_reference_point() {
  names_its_reference_ = true;
  return *this;
}

Statement& Statement::of_runs_with_a_mechanism(const MechanismMoments& moments) {
  mechanism_ = moments;
  return assumes("the gradients pass through a mechanism",
                 [](const Case& c) { return c.has_mechanism(); });
}

Statement& Statement::tells_where(Text text,
                                  std::function<Truth(const Case&, const Conclusion&)> tells) {
  telling_.push_back({std::move(text), std::move(tells)});
  return *this;
}

// What cannot be certified is not known to tell anything.
void Statement::ask_what_tells(const Case& c, Conclusion& conclusion) const {
  if (conclusion.is_lemma || conclusion.applies != Truth::yes) return;
  for (const Telling& telling : telling_) {
    if (conclusion.telling != Truth::yes) return;
    if (!telling.tells) continue;
    try {
      conclusion.telling = telling.tells(c, conclusion);
    } catch (const NotCertified&) {
      conclusion.telling = Truth::unknown;
    } catch (const std::logic_error& e) {
      throw StatementError("\"tells where " + telling.text.plain() + "\" at " +
                           to_string(conclusion.place) + ": " + e.what());
    }
  }
}

Claimed Statement::claimed(const Case& c) const {
  Claimed result;
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    const std::string name = "claim " + std::to_string(i + 1);
    try {
      for (Conclusion& conclusion : claims_[i](c))
        result.conclusions.push_back(std::move(conclusion));
    } catch (const NotCertified& e) {
      if (!result.not_certified) result.not_certified = e.why();
    } catch (const StatementError& e) {
      throw StatementError(name + e.what());
    } catch (const std::logic_error& e) {
      throw StatementError(name + ": " + e.what());
    }
  }
  for (Conclusion& conclusion : result.conclusions) ask_what_tells(c, conclusion);
  if (names_its_reference_) result.reference = c.stand_in_for_minimizer();
  return result;
}

}  // namespace graddiv
