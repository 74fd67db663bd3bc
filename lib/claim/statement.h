#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claim/case.h"
#include "claim/conclusion.h"
#include "number/text.h"

namespace graddiv {

/// A condition of a statement, as a predicate over the facts of an instance.
struct Hypothesis {
  Text text;  ///< "F is $λ$-strongly convex", its formulas marked
  std::function<Truth(const Case&)> holds;
};

/// What makes a conclusion more than trivially true.
struct Telling {
  Text text;  ///< "$(1+δ/2) ε < ‖w_0 − w*‖²$", its formulas marked
  std::function<Truth(const Case&, const Conclusion&)> tells;
};

/// Hypotheses and a claim: what a theorem asserts, and what each of its mutants asserts falsely.
class Statement {
 public:
  Statement& assumes(Text text, std::function<Truth(const Case&)> holds);
  Statement& claims(std::function<std::vector<Conclusion>(const Case&)> claim);
  /// Claims something of every point of Case::points(), with a δ and the M² of that point where the
  /// claim speaks of them. A claim that holds for all exact numbers in the place of irrational
  /// ones, as `surrogate` puts them, is made of those where it could not be decided at any
  /// precision, and at once for equations, which no interval shows. The conclusion says so.
  Statement& claims_at_every_point(std::function<Comparison(const Case&, const Point&)> claim,
                                   std::function<Enclosure(const Case&, const Point&)> delta = {},
                                   Point (Point::*surrogate)() const = nullptr);
  /// Its claims on points hold for any reference point in the place of w*: they say which it was.
  Statement& holds_for_any_reference_point();
  /// Claims something of every k = 1, …, K, under every established form of H-batch and H-moment.
  Statement& claims_at_every_iteration(
      std::function<When(const Case&, int k, const BatchCondition&)> claim, Text part = {});

  /// Which conclusions tell something, beside those that are true whatever the theorem says: of a
  /// run that starts inside its target, of gradients that vanish. Asked of every conclusion that
  /// applies, steps of the proof apart; all conditions must be certain. A campaign is vacuous
  /// without them. Without a condition, what made the conclusion has said so.
  Statement& tells_where(Text text,
                         std::function<Truth(const Case&, const Conclusion&)> tells = {});

  /// Makes it a statement on runs with a mechanism, where M² and B_S are what `moments` says.
  Statement& of_runs_with_a_mechanism(const MechanismMoments& moments = {});

  /// The instance as this statement sees it.
  Case view(const Evaluation& evaluation, bool is_last_resort = false) const {
    return Case(evaluation, mechanism_, is_last_resort);
  }
  const std::vector<Hypothesis>& hypotheses() const { return hypotheses_; }
  const std::vector<Telling>& telling() const { return telling_; }
  /// Throws StatementError.
  Claimed claimed(const Case& c) const;

 private:
  void ask_what_tells(const Case& c, Conclusion& conclusion) const;

  std::optional<MechanismMoments> mechanism_;
  std::vector<Hypothesis> hypotheses_;
  std::vector<Telling> telling_;
  std::vector<std::function<std::vector<Conclusion>(const Case&)>> claims_;
  bool names_its_reference_ = false;
};

}  // namespace graddiv
