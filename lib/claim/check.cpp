#include "claim/check.h"

#include <algorithm>
#include <utility>

#include "claim/conclusion_text.h"
#include "number/evidence.h"
#include "number/evidence_scope.h"
#include "number/exact.h"
#include "number/precision.h"
#include "sgd/instance.h"

namespace graddiv {
namespace {

/// The smaller side over the larger, as the relation has them: at most 1 where the claim holds.
std::optional<Enclosure> tightness_of(const Comparison& c) {
  const bool upper_bound = c.relation == Relation::less || c.relation == Relation::less_equal;
  const Enclosure& actual = upper_bound ? c.left : c.right;
  const Enclosure& claimed = upper_bound ? c.right : c.left;
  if ((claimed > 0) != Truth::yes || (actual < 0) == Truth::yes) return std::nullopt;
  return actual / claimed;
}

/// Hypotheses one by one, up to the first that does not hold, so that each guards those behind it;
/// false where one fails or cannot be certified. What cannot be told does not stop the others, as
/// they may say more; but an error in one of them is no more than another reason then.
bool hypotheses_hold(const Statement& statement, const Case& c, Finding& finding) {
  bool all = true;
  bool fails = false;
  for (const Hypothesis& h : statement.hypotheses()) {
    HypothesisFinding f{h.text, Truth::unknown, {}};
    if (fails) {
      f.is_asked = false;
      f.reason = "not asked, as an earlier one does not hold";
      finding.hypotheses.push_back(std::move(f));
      continue;
    }
    const EvidenceScope scope;
    try {
      f.holds = h.holds(c);
    } catch (const Lacking& e) {
      f.holds = Truth::no;
      f.reason = e.why();
    } catch (const NotCertified& e) {
      f.reason = e.why();
    } catch (const std::logic_error& e) {
      if (all) throw StatementError("hypothesis \"" + h.text.plain() + "\": " + e.what());
      f.reason = Text::words(e.what());
    }
    f.rests_on = scope.collected();
    fails = f.holds == Truth::no;
    if (f.holds != Truth::yes && all) {
      all = false;
      finding.reason = failure_of(f.text, fails);
      if (!f.reason.empty()) finding.reason += " (" + f.reason + ")";
    }
    finding.hypotheses.push_back(std::move(f));
  }
  return all;
}

/// How far the draws that a conclusion rests on speak for it: none where it rests on no draws, or
/// where they leave it open. `supported`, where its numbers say that it holds, unless a sample
/// misled. A stated probability can be far below what any number of draws could confirm: where none
/// failed, all depends on how much larger a probability they would have refuted.
std::optional<Verdict> by_draws(const ConclusionFinding& f) {
  const Comparison& comparison = f.conclusion.comparison;
  const auto& sample = f.conclusion.sample;
  if (sample && f.holds == Truth::unknown) {
    if (!sample->all_hold()) return std::nullopt;
    const bool would_show =
        sample->detectable &&
        (*sample->detectable <= largest_multiple * comparison.right).truth() == Truth::yes;
    return would_show ? Verdict::supported : Verdict::consistent;
  }
  const Evidence evidence = evidence_of(f.conclusion);
  if (f.holds == Truth::yes && is_guess(evidence)) return Verdict::consistent;
  if (f.holds == Truth::yes && is_statistical(evidence)) return Verdict::supported;
  return std::nullopt;
}

/// Whether a conclusion that applies tells something.
bool tells(const ConclusionFinding& f) {
  return !f.conclusion.is_lemma && f.conclusion.applies == Truth::yes &&
         f.conclusion.telling == Truth::yes;
}

constexpr char undecided[] = " could not be decided";

void judge(const std::vector<Conclusion>& conclusions, Finding& finding) {
  const ConclusionFinding* against = nullptr;
  const ConclusionFinding* open = nullptr;
  const ConclusionFinding* open_step = nullptr;  // of the proof: it spoils no claim that is decided
  const ConclusionFinding* sampled = nullptr;    // the weakest of what holds as far as draws tell
  Verdict of_draws = Verdict::supported;
  Evidence assumed;  // by the hypotheses
  for (const HypothesisFinding& h : finding.hypotheses) assumed = join(assumed, h.rests_on);
  Evidence all = assumed;
  bool claims_something = false;
  // An equation beside bounds would hide their ratios by its own, 1.
  const bool has_bounds = std::ranges::any_of(conclusions, [](const Conclusion& c) {
    return c.comparison.relation != Relation::equal && c.applies == Truth::yes && !c.is_lemma &&
           !c.left_out;
  });
  for (const Conclusion& c : conclusions) {
    const bool is_beside_bounds = has_bounds && c.comparison.relation == Relation::equal;
    if (c.left_out) finding.left_out.push_back(to_text(c.place) + ": " + *c.left_out);
    if (c.applies == Truth::no || c.left_out) continue;
    // A guess speaks against nothing.
    const Truth holds = c.comparison.truth();
    const bool is_open = holds == Truth::no && is_guess(evidence_of(c));
    finding.conclusions.push_back({c, is_open ? Truth::unknown : holds,
                                   c.is_lemma || is_beside_bounds || is_statistical(evidence_of(c))
                                       ? std::nullopt
                                       : tightness_of(c.comparison)});
  }
  for (const ConclusionFinding& f : finding.conclusions) {
    const bool applies = f.conclusion.applies == Truth::yes;
    const auto drawn = applies ? by_draws(f) : std::nullopt;
    const bool is_decided = drawn || f.holds == Truth::yes || (applies && f.holds == Truth::no);
    if (f.conclusion.is_lemma && !is_decided) {
      if (open_step == nullptr) open_step = &f;
      continue;
    }
    all = join(all, evidence_of(f.conclusion));
    // The claim itself rather than a step of its proof.
    const bool says_more =
        against == nullptr || (against->conclusion.is_lemma && !f.conclusion.is_lemma);
    if (applies && f.holds == Truth::no && says_more) against = &f;
    if (drawn) {
      const bool is_first_claim = of_draws == Verdict::supported && sampled != nullptr &&
                                  sampled->conclusion.is_lemma && !f.conclusion.is_lemma;
      if (sampled == nullptr || *drawn == Verdict::consistent || is_first_claim) sampled = &f;
      if (*drawn == Verdict::consistent) of_draws = *drawn;
    } else if (!is_decided && open == nullptr) {
      open = &f;
    }
    if (f.conclusion.is_lemma) continue;
    claims_something = claims_something || applies;
    if (tells(f)) {
      const auto& delta = f.conclusion.delta;
      finding.is_telling = true;
      finding.is_telling_at_positive_delta =
          finding.is_telling_at_positive_delta || (delta && (*delta > 0) == Truth::yes);
    }
    if (!applies || !f.tightness || !f.tightness->is_bounded()) continue;
    if (!finding.tightness || (f.tightness->lower() > finding.tightness->lower()) == Truth::yes) {
      finding.tightness = f.tightness;
      finding.sharpest = f.conclusion.place;
    }
  }
  if (!claims_something && open == nullptr) open = open_step;
  if (against != nullptr) {
    finding.verdict = Verdict::refuted;
    finding.rests_on = join(assumed, evidence_of(against->conclusion));
    finding.reason =
        in_words(against->conclusion) + (against->conclusion.sample ? Text() : " is false");
    if (const auto& values = against->conclusion.values; values && !values->empty())
      finding.reason += ", where " + *values;
  } else if (open != nullptr) {
    finding.verdict = Verdict::inconclusive;
    finding.reason = in_words(open->conclusion) + (open->conclusion.sample ? Text() : undecided);
  } else if (!claims_something) {
    finding.verdict = Verdict::not_applicable;
    finding.reason =
        !finding.left_out.empty() ? finding.left_out.front()
        : conclusions.empty()
            ? Text(
                  "nothing is claimed of this instance: there is no iteration, or no point of "
                  "which the statement speaks")
            : Text(
                  "nothing is claimed of this instance for certain: what its claims ask for, such "
                  "as a horizon, holds nowhere");
  } else if (sampled != nullptr) {
    finding.verdict = of_draws;
    finding.rests_on = all;
    finding.reason = in_words(sampled->conclusion);
  } else if (is_statistical(assumed)) {
    finding.verdict = is_guess(assumed) ? Verdict::consistent : Verdict::supported;
    finding.rests_on = all;
    finding.reason = "its hypotheses hold " + unless_misled(assumed);
  } else {
    finding.verdict = Verdict::proved;
    finding.rests_on = all;
    if (open_step != nullptr) finding.reason = in_words(open_step->conclusion) + undecided;
  }
  finding.evidence = finding.rests_on.kind;
  // How sharp a bound is means nothing where it was not decided whether it holds.
  if (finding.verdict != Verdict::proved && finding.verdict != Verdict::refuted) {
    finding.tightness.reset();
    finding.sharpest.reset();
  }
}

Finding check_once(const Statement& statement, const Evaluation& evaluation, bool is_last_resort) {
  Finding finding;
  const Case c = statement.view(evaluation, is_last_resort);
  if (!hypotheses_hold(statement, c, finding)) return finding;
  if (c.misses_full_batch()) {
    finding.reason =
        "the batch is full: every example is taken once, and nothing is drawn; only claims that "
        "assume it speak of such runs";
    return finding;
  }
  const Claimed claimed = statement.claimed(c);
  finding.provenance = c.provenance();
  finding.reference = claimed.reference;
  Finding judged = finding;
  judge(claimed.conclusions, judged);
  if (judged.verdict == Verdict::inconclusive)
    judged.megabytes_of_exact_values = c.megabytes_of_exact_values();
  // What a claim speaks of must exist before it can be true or false of an instance; what was
  // refuted meanwhile stays so.
  if (!claimed.not_certified || judged.verdict == Verdict::refuted) return judged;
  finding.reason = *claimed.not_certified;
  return finding;
}

/// Whether more precision could change the verdict, as a step of the proof that is still open could
/// turn out false. It makes no more of the same draws.
bool is_open(const Finding& f) {
  const auto stays_open = [](const ConclusionFinding& x) {
    const bool is_decided = x.conclusion.applies == Truth::yes && x.holds != Truth::unknown;
    return !is_decided && !is_statistical(evidence_of(x.conclusion));
  };
  if (f.verdict == Verdict::inconclusive) return std::ranges::any_of(f.conclusions, stays_open);
  if (f.verdict == Verdict::proved || f.verdict == Verdict::supported) {
    return std::ranges::any_of(f.conclusions, [&](const ConclusionFinding& x) {
      return x.conclusion.is_lemma && x.holds == Truth::unknown && stays_open(x);
    });
  }
  const auto fails = [](const HypothesisFinding& h) { return h.holds == Truth::no; };
  return f.verdict == Verdict::not_applicable && std::ranges::none_of(f.hypotheses, fails) &&
         std::ranges::any_of(f.hypotheses, [](const HypothesisFinding& h) {
           return h.holds == Truth::unknown && h.reason.empty();
         });
}

}  // namespace

Text failure_of(const Text& hypothesis, bool is_false) {
  return hypothesis + (is_false ? Text(": does not hold") : Text(": could not be certified"));
}

Finding check(const Statement& statement, const Evaluation& evaluation,
              const CheckOptions& options) {
  int escalations = 0;
  const auto at_precision = [&](unsigned bits, bool is_last_resort) {
    const PrecisionScope scope(bits);
    Finding finding = check_once(statement, evaluation, is_last_resort);
    finding.precision = bits;
    finding.escalations = escalations;
    return finding;
  };
  Finding finding = at_precision(options.precision, false);
  for (unsigned bits = 2 * options.precision; is_open(finding) && bits <= options.largest_precision;
       bits *= 2) {
    ++escalations;
    finding = at_precision(bits, false);
  }
  if (finding.verdict != Verdict::inconclusive || !is_open(finding)) return finding;
  const Finding at_surrogates = at_precision(options.precision, true);
  return at_surrogates.verdict == Verdict::inconclusive ? finding : at_surrogates;
}

Finding check(const Statement& statement, const Instance& instance, const CheckOptions& options) {
  return check(statement, Evaluation(instance), options);
}

}  // namespace graddiv
