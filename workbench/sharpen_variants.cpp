#include "workbench/sharpen_variants.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "claim/statement_error.h"
#include "workbench/search_families.h"
#include "workbench/sharpen_checks.h"

namespace graddiv::workbench {

namespace {

using Outcome = VariantFinding::Outcome;

constexpr std::int64_t share_of_a_mutant = 2;  // there are many

/// By an instance that does not refute the statement itself: that one tells nothing of what was
/// changed.
std::optional<Disproof> disproof_of(const Inquiry& inquiry, const TheoremFile& variant,
                                    const Instance& instance, const std::string& origin) {
  if (!inquiry.is_true && disproof_by(inquiry.asked.file, instance, origin)) return std::nullopt;
  return disproof_by(variant, instance, origin);
}

void look_for_one(const Inquiry& inquiry, VariantFinding& f, std::size_t j) {
  // Where the statement itself says nothing there is most to be found.
  const auto is_new = [](const TrialAnswers& a, const Seen& s) {
    return s.what == Seen::What::holds && a.original.what == Seen::What::idle;
  };
  const auto holds = [](const TrialAnswers&, const Seen& s) { return s.what == Seen::What::holds; };
  std::vector<std::size_t> starts = inquiry.trials_where(is_new, j, most_starts_of_a_search);
  const auto others = inquiry.trials_where(holds, j, most_starts_of_a_search - starts.size() / 2);
  starts.insert(starts.end(), others.begin(), others.end());
  const bool is_dropped = f.variant.kind == Variant::Kind::hypothesis;
  const std::int64_t effort = inquiry.request.effort;
  f.checks = is_dropped ? effort : effort / share_of_a_mutant;
  const auto found = quick_search(inquiry.asked.statements[j], inquiry.instances_of(starts),
                                  f.checks, inquiry.request.seed, true,
                                  is_dropped ? search_families() : std::vector<InstanceFamily>());
  if (found.counterexample)
    f.by = disproof_of(inquiry, inquiry.asked.variants[j].file, *found.counterexample, "search");
}

/// A variant that cannot be evaluated where the statement says something, or nothing yet.
void note_trouble(const Inquiry& inquiry, VariantFinding& f, std::size_t j) {
  for (std::size_t i = 0; i < inquiry.answers.size(); ++i) {
    if (inquiry.answers[i].variants[j].what != Seen::What::undefined) continue;
    try {
      check(inquiry.asked.statements[j], inquiry.trial(i).instance);
    } catch (const StatementError& e) {
      f.outcome = Outcome::undefined;
      f.trouble = e.what();
      return;
    } catch (const std::exception&) {  // trouble of another kind
    }
  }
}

/// Whether the proof needs the hypothesis, where no claim was found to.
void look_at_steps(const Inquiry& inquiry, VariantFinding& f) {
  for (std::size_t i = 0; i < inquiry.answers.size() && !f.by; ++i) {
    if (inquiry.answers[i].broken != f.variant.hypothesis) continue;
    f.by = disproof_of(inquiry, *f.variant.with_steps, inquiry.trial(i).instance,
                       inquiry.trial(i).origin);
  }
  if (f.by) f.outcome = Outcome::in_a_step;
}

bool is_broken(const Finding& finding) {
  return std::ranges::any_of(finding.hypotheses,
                             [](const HypothesisFinding& h) { return h.holds == Truth::no; });
}

/// Where nothing is left to be said without a hypothesis, on all instances that are not known to
/// have it but break none of the others, as the statement speaks of a constant that is not there:
/// why.
void note_silence(const Inquiry& inquiry, VariantFinding& f, std::size_t j) {
  constexpr int enough = 20;
  int silent = 0;
  Text reason;
  for (std::size_t i = 0; i < inquiry.answers.size() && silent < enough; ++i) {
    const TrialAnswers& a = inquiry.answers[i];
    if (a.broken != f.variant.hypothesis) continue;
    if (a.variants[j].what != Seen::What::idle) return;
    const auto finding = checked(inquiry.asked.statements[j], inquiry.trial(i).instance);
    if (!finding || is_broken(*finding)) continue;
    reason = finding->reason;
    ++silent;
  }
  if (silent == 0) return;
  f.outcome = Outcome::undefined;
  f.trouble = "where it is not known to hold nothing is claimed: " + reason.plain();
}

/// On some instance, and more on none.
bool says_less_only(const Inquiry& inquiry, std::size_t j) {
  const auto any = [&](bool Seen::*says) {
    return std::ranges::any_of(inquiry.answers,
                               [&](const TrialAnswers& a) { return a.variants[j].*says; });
  };
  return any(&Seen::says_less) && !any(&Seen::says_more);
}

void decide(const Inquiry& inquiry, VariantFinding& f, std::size_t j,
            const std::vector<NumberFinding>& numbers) {
  const TheoremFile& variant = inquiry.asked.variants[j].file;
  bool is_idle = true;
  for (std::size_t i = 0; i < inquiry.answers.size(); ++i) {
    const Seen& s = inquiry.answers[i].variants[j];
    is_idle = is_idle && s.what == Seen::What::idle;
    if (s.what != Seen::What::refuted || f.by) continue;
    if (inquiry.answers[i].original.what == Seen::What::refuted) continue;
    f.by = disproof_of(inquiry, variant, inquiry.trial(i).instance, inquiry.trial(i).origin);
  }
  if (!f.by && f.variant.is_implied && inquiry.is_true) {  // what is seen goes first
    f.outcome = Outcome::implied;
    return;
  }
  for (const NumberFinding& n : numbers) {
    if (f.by || !n.by || !f.variant.number) continue;
    f.by = disproof_of(inquiry, variant, n.by->instance, n.by->origin);
  }
  for (const Trial& trial : inquiry.asked.long_trials)
    if (!f.by) f.by = disproof_of(inquiry, variant, trial.instance, trial.origin);
  if (!f.by && !is_idle) look_for_one(inquiry, f, j);
  if (f.by) {
    f.outcome = Outcome::refuted;
    return;
  }
  f.outcome = is_idle                      ? Outcome::idle
              : says_less_only(inquiry, j) ? Outcome::weaker
                                           : Outcome::open;
  note_trouble(inquiry, f, j);
  if (f.outcome == Outcome::open && f.variant.with_steps) look_at_steps(inquiry, f);
  if (f.outcome == Outcome::open && f.variant.hypothesis) note_silence(inquiry, f, j);
}

}  // namespace

VariantFinding outcome_of(const Inquiry& inquiry, std::size_t j,
                          const std::vector<NumberFinding>& numbers) {
  const auto begin = std::chrono::steady_clock::now();
  VariantFinding f{.variant = inquiry.asked.variants[j]};
  decide(inquiry, f, j, numbers);
  f.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return f;
}

}  // namespace graddiv::workbench
