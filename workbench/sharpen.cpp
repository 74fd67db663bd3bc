#include "workbench/sharpen.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "campaign/counterexample.h"
#include "campaign/gallery.h"
#include "campaign/tightness.h"
#include "claim/check.h"
#include "claim/statement_error.h"
#include "formula/statement_of.h"
#include "json/file.h"
#include "number/evidence.h"
#include "number/exact.h"
#include "number/precision.h"
#include "sgd/shrink.h"

#include "workbench/error.h"
#include "workbench/provenance.h"
#include "workbench/search_families.h"
#include "workbench/trials.h"

namespace graddiv::workbench {

namespace {

using Outcome = VariantFinding::Outcome;

// A search must not meet what takes longer than others to check.
constexpr double largest_work_of_a_search = 1 << 12;
constexpr std::size_t most_starts_of_a_search = 8;
constexpr std::int64_t share_of_a_mutant = 2;  // there are many

bool is_refuted(const Finding& finding) {
  return finding.verdict == Verdict::refuted && finding.evidence != Evidence::statistical;
}

/// The ordinary check; nothing where it ran into trouble.
std::optional<Finding> checked(const Statement& statement, const Instance& instance) {
  try {
    return check(statement, instance);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

/// Where the ordinary check refutes what a file states.
std::optional<Disproof> disproof_by(const TheoremFile& file, const Instance& instance,
                                    const std::string& origin) {
  const auto finding = checked(statement_of(file), instance);
  if (!finding || !is_refuted(*finding)) return std::nullopt;
  return Disproof{origin, instance, finding->reason, file};
}

/// A look at low precision, as searches take: an enclosure, so that nothing is seen that is not
/// there, but what stays open there says nothing.
Finding glance(const Statement& statement, const Evaluation& evaluation) {
  constexpr unsigned bits = 96;
  return check(statement, evaluation, {bits, bits});
}
PrecisionScope at_a_glance() { return PrecisionScope(Precision{96, 2048}); }

/// Long runs take long, however small the problem is.
double work_of_a_search(const Instance& instance) {
  constexpr double of_an_iteration = 40;
  return work_with_paths(instance) + of_an_iteration * instance.run.iterations;
}

SearchResult search(const Statement& statement, const std::vector<Instance>& starts,
                    std::int64_t checks, std::uint64_t seed, bool until_refuted,
                    const std::vector<InstanceFamily>& families = {}) {
  const PrecisionScope low = at_a_glance();
  return search_sharpest(statement, starts,
                         {.evaluations = checks,
                          .seed = seed,
                          .largest_work = largest_work_of_a_search,
                          .until_refuted = until_refuted,
                          .work = work_of_a_search},
                         families);
}

// What the trials show --------------------------------------------------------------------------

/// What a variant said on a trial.
struct Seen {
  enum class What : char { unasked, idle, undefined, holds, refuted };
  What what = What::unasked;
  float tightness = 0;
};

/// The number at which a claim turns false on an instance.
struct Turn {
  Rational at;
  std::size_t trial = 0;
};
using Turns = std::map<Regime, Turn>;

bool is_beyond(const Rational& a, const Rational& b, bool smaller_is_stronger) {
  return smaller_is_stronger ? a > b : a < b;
}

void keep_farthest(Turns& turns, Regime regime, const Turn& turn, bool smaller_is_stronger) {
  const auto [known, is_new] = turns.try_emplace(regime, turn);
  if (!is_new && is_beyond(turn.at, known->second.at, smaller_is_stronger)) known->second = turn;
}

/// A number whose claim could be solved for it.
struct SolvedNumber {
  std::size_t number;  // of numbers_of
  SolvedFile file;
  Statement statement;  // with the number's own value
};

/// Where the conclusions on an instance turn false.
Turns turns_in(const Finding& finding, bool smaller_is_stronger, std::size_t trial) {
  Turns turns;
  for (const ConclusionFinding& f : finding.conclusions) {
    const auto regime = regime_of(f.conclusion.delta);
    const Enclosure& bound = f.conclusion.comparison.left;
    const bool is_certain = f.conclusion.applies == Truth::yes &&
                            f.conclusion.comparison.evidence().kind != Evidence::statistical &&
                            bound.is_bounded();
    if (!regime || !is_certain) continue;
    const Rational at = smaller_is_stronger ? lower_end(bound) : upper_end(bound);
    keep_farthest(turns, *regime, {at, trial}, smaller_is_stronger);
  }
  return turns;
}

Turns turns_on(const SolvedNumber& solved, const Instance& instance) {
  const auto finding = checked(solved.statement, instance);
  return finding ? turns_in(*finding, solved.file.smaller_is_stronger, 0) : Turns();
}

/// Everything that is asked of the trials.
struct Questionnaire {
  TheoremFile file;
  Statement statement;
  std::vector<FileNumber> numbers;
  std::vector<SolvedNumber> solved;
  std::vector<std::size_t> unsolved;  // numbers
  std::vector<Variant> variants;
  std::vector<Statement> statements;  // of the variants
  std::vector<Trial> trials;

  Questionnaire(const SharpenRequest& request, const TheoremFile& theorem_file)
      : file(theorem_file),
        statement(statement_of(file)),
        numbers(numbers_of(file)),
        variants(variants_of(file)),
        trials(trials_for(*request.theorem, file, request.seed, request.instances)) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const FileNumber& number = numbers[i];
      if (!number.is_ordered || number.is_in_a_step || number.value <= 0) continue;
      if (auto solved_file = solved_for(number)) {
        solved.push_back({i, *solved_file, statement_of(solved_file->with(number.value))});
      } else {
        unsolved.push_back(i);
      }
    }
    for (const Variant& variant : variants) statements.push_back(statement_of(variant.file));
  }
};

/// What came of one trial.
struct TrialAnswers {
  Seen original;
  std::vector<Seen> variants;
  std::vector<Turns> turns = {};  // of the solved numbers
};

Seen seen(const Statement& statement, const Evaluation& evaluation) {
  using What = Seen::What;
  try {
    const Finding finding = glance(statement, evaluation);
    if (is_refuted(finding)) return {What::refuted, 2};
    if (finding.verdict == Verdict::not_applicable) return {What::idle};
    const float tightness = finding.tightness && finding.tightness->is_bounded()
                                ? static_cast<float>(finding.tightness->lower().approximate())
                                : 0.0F;
    return {What::holds, tightness};
  } catch (const StatementError&) {
    return {What::undefined};
  } catch (const std::exception&) {
    return {What::idle};
  }
}

TrialAnswers answers_on(const Questionnaire& asked, std::size_t trial) {
  const PrecisionScope low = at_a_glance();
  const Evaluation evaluation(asked.trials[trial].instance);
  TrialAnswers answers;
  answers.original = seen(asked.statement, evaluation);
  for (const Statement& statement : asked.statements)
    answers.variants.push_back(seen(statement, evaluation));
  for (const SolvedNumber& solved : asked.solved) {
    Turns turns;
    try {
      turns =
          turns_in(glance(solved.statement, evaluation), solved.file.smaller_is_stronger, trial);
    } catch (const std::exception&) {  // it says nothing there
    }
    answers.turns.push_back(std::move(turns));
  }
  return answers;
}

// The search ------------------------------------------------------------------------------------

class Sharpener {
 public:
  Sharpener(const SharpenRequest& request, const TheoremFile& file)
      : request_(request), asked_(request, file) {}

  SharpenResult result() {
    ask_trials();
    SharpenResult result;
    result.trials = static_cast<std::int64_t>(asked_.trials.size());
    result.applicable = std::ranges::count_if(answers_, [](const TrialAnswers& a) {
      return a.original.what == Seen::What::holds || a.original.what == Seen::What::refuted;
    });
    refute_statement(result);
    find_solved(result);
    find_variants(result);
    find_unsolved(result);
    return result;
  }

 private:
  // Trials and what they show

  void ask_trials() {
    answers_.resize(asked_.trials.size());
    in_parallel(asked_.trials.size(), [&](std::size_t i) { answers_[i] = answers_on(asked_, i); });
  }

  template <class Work>
  void in_parallel(std::size_t count, const Work& work) {
    total_ += static_cast<std::int64_t>(count);
    tbb::task_arena(request_.jobs).execute([&] {
      tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
        work(i);
        const std::lock_guard lock(progress_);
        request_.progress(++done_, total_);
      });
    });
  }

  const Trial& trial(std::size_t i) const { return asked_.trials[i]; }

  /// The trials on which a variant said so, those first where the sides of a claim are closest.
  template <class Wanted>
  std::vector<std::size_t> trials_where(const Wanted& wanted, std::size_t variant,
                                        std::size_t most) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < answers_.size(); ++i)
      if (wanted(answers_[i], answers_[i].variants[variant])) found.push_back(i);
    std::ranges::stable_sort(found, std::greater(), [&](std::size_t i) {
      return answers_[i].variants[variant].tightness;
    });
    if (found.size() > most) found.resize(most);
    return found;
  }

  std::vector<Instance> instances_of(const std::vector<std::size_t>& trials) const {
    std::vector<Instance> result;
    for (const std::size_t i : trials) result.push_back(trial(i).instance);
    return result;
  }

  void refute_statement(SharpenResult& result) {
    for (std::size_t i = 0; i < answers_.size() && !result.refutation; ++i) {
      if (answers_[i].original.what != Seen::What::refuted) continue;
      result.refutation = disproof_by(asked_.file, trial(i).instance, trial(i).origin);
    }
    is_true_ = !result.refutation;
  }

  // Numbers

  void find_solved(SharpenResult& result) {
    std::vector<std::vector<NumberFinding>> found(asked_.solved.size());
    in_parallel(found.size(), [&](std::size_t i) { found[i] = best_of(asked_.solved[i], i); });
    for (auto& all : found)
      for (NumberFinding& one : all) result.numbers.push_back(std::move(one));
    // A search that drives a number beyond its own value has found the statement false.
    for (const NumberFinding& f : result.numbers) {
      if (result.refutation || !f.by) continue;
      result.refutation = disproof_by(asked_.file, f.by->instance, f.by->origin);
    }
    is_true_ = !result.refutation;
  }

  /// In the order of the file, between those that are there.
  void find_unsolved(SharpenResult& result) {
    std::vector<std::optional<NumberFinding>> found(2 * asked_.unsolved.size());
    in_parallel(found.size(), [&](std::size_t i) {
      found[i] = best_of(asked_.unsolved[i / 2], i % 2 == 0, result.mutants);
    });
    for (auto& one : found)
      if (one) result.numbers.push_back(std::move(*one));
    const auto place = [&](const NumberFinding& f) {
      const auto at = std::ranges::find_if(asked_.numbers, [&](const FileNumber& n) {
        return n.text == f.number.text && n.where == f.number.where;
      });
      return at - asked_.numbers.begin();
    };
    std::ranges::stable_sort(result.numbers, std::less(), place);
  }

  /// Of a number that a claim could be solved for: where instances turn it false is what a search
  /// drives as far as it can.
  std::vector<NumberFinding> best_of(const SolvedNumber& solved, std::size_t index) const {
    const bool down = solved.file.smaller_is_stronger;
    const FileNumber& number = asked_.numbers[solved.number];
    Turns best;
    std::vector<std::pair<Rational, std::size_t>> order;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      for (const auto& [regime, turn] : answers_[i].turns[index]) {
        keep_farthest(best, regime, turn, down);
        order.emplace_back(turn.at, i);
      }
    }
    std::ranges::stable_sort(
        order, [&](const auto& a, const auto& b) { return is_beyond(a.first, b.first, down); });
    std::vector<std::size_t> trials;
    for (const auto& [regime, turn] : best) trials.push_back(turn.trial);
    for (const auto& [at, i] : order) {
      if (trials.size() >= most_starts_of_a_search) break;
      if (std::ranges::find(trials, i) == trials.end()) trials.push_back(i);
    }
    std::map<Regime, std::pair<std::string, Instance>> witnesses;
    for (const auto& [regime, turn] : best)
      witnesses.try_emplace(regime, trial(turn.trial).origin, trial(turn.trial).instance);

    // A bound that nothing known exceeds: the search drives the ratio to it towards 1.
    Rational bound = number.value;
    for (const auto& [regime, turn] : best)
      if (is_beyond(turn.at, bound, down)) bound = down ? 2 * turn.at : turn.at / 2;
    const SearchResult found = search(statement_of(solved.file.with(bound)), instances_of(trials),
                                      request_.effort, request_.seed, false, search_families());
    // The gallery's own count as they are, however long their runs.
    std::vector<Instance> sharpest = gallery_instances(*request_.theorem);
    const auto of_gallery = sharpest.size();
    for (const Sharpest& s : found.sharpest) sharpest.push_back(s.instance);
    if (found.counterexample) sharpest.push_back(*found.counterexample);
    for (std::size_t i = 0; i < sharpest.size(); ++i) {
      for (const auto& [regime, turn] : turns_on(solved, sharpest[i])) {
        const auto known = best.find(regime);
        if (known != best.end() && !is_beyond(turn.at, known->second.at, down)) continue;
        best[regime] = turn;
        witnesses.insert_or_assign(regime,
                                   std::pair(i < of_gallery ? "gallery" : "search", sharpest[i]));
      }
    }
    std::vector<NumberFinding> findings;
    for (const auto& [regime, turn] : best) {
      const auto& [origin, instance] = witnesses.at(regime);
      NumberFinding f{.number = number, .regime = regime, .smaller_is_stronger = down};
      f.checks = request_.effort;
      certify(f, turn.at, instance, origin);
      const bool is_true_there = !is_beyond(turn.at, number.value, down);
      if (is_true_there && is_true_) f.unrefuted = number.value;
      if (f.by && (!is_true_there || !is_true_))
        f.unrefuted = f.is_limit ? *f.refuted : short_number(turn.at, !down);
      findings.push_back(std::move(f));
    }
    if (findings.empty())
      findings.push_back({.number = number,
                          .smaller_is_stronger = down,
                          .unrefuted = number.value,
                          .checks = request_.effort});
    return findings;
  }

  /// Few digits at or below (above) a number.
  static Rational short_number(const Rational& x, bool is_below, int digits = 5) {
    return parse_rational(is_below ? decimal_below(x, digits) : decimal_above(x, digits));
  }

  static TheoremFile with_number(const FileNumber& number, const Rational& value) {
    TheoremFile file = number.with(value);
    file.mutants.clear();
    return file;
  }

  /// What the ordinary check refutes at a number where an instance turns, by the solved claim. Both
  /// sides are equal at a limit. The number stands in the claim once, below operations that are
  /// injective, so that the claim is false between the limit and a number at which it is false.
  void certify(NumberFinding& f, const Rational& turn, const Instance& instance,
               const std::string& origin) const {
    if (turn <= 0) return;
    constexpr std::size_t few_bits = 40;
    const bool down = f.smaller_is_stronger;
    const Rational gap(1, 1 << 20);
    const Rational beside = turn * (down ? 1 - gap : 1 + gap);
    if (bit_size(turn) <= few_bits && is_equality(f.number, turn, instance, f.regime)) {
      f.by = disproof_by(with_number(f.number, beside), instance, origin);
      f.is_limit = f.by.has_value();
      if (f.is_limit) f.refuted = turn;
    }
    for (const int digits : {5, 3}) {
      if (f.by) return;
      const Rational value = short_number(turn, down, digits);
      f.by = disproof_by(with_number(f.number, value), instance, origin);
      if (f.by) f.refuted = value;
    }
  }

  bool is_equality(const FileNumber& number, const Rational& value, const Instance& instance,
                   Regime regime) const {
    const auto finding = checked(statement_of(with_number(number, value)), instance);
    if (!finding) return false;
    return std::ranges::any_of(finding->conclusions, [&](const ConclusionFinding& c) {
      return c.conclusion.applies == Truth::yes && regime_of(c.conclusion.delta) == regime &&
             c.tightness && c.tightness->is_exact() && (*c.tightness == 1) == Truth::yes;
    });
  }

  /// Of any other number, in one direction: from the nearest other value that is refuted towards
  /// its own, by bisection on the instances that refute it there, and by searches just beyond what
  /// comes out. Nothing where that direction asserts less, or is not refuted.
  std::optional<NumberFinding> best_of(std::size_t index, bool down,
                                       const std::vector<VariantFinding>& mutants) const {
    const FileNumber& number = asked_.numbers[index];
    NumberFinding f{.number = number, .smaller_is_stronger = down};
    std::vector<std::pair<std::string, Instance>> starts;
    for (const std::size_t j : ladder_of(index, down)) {
      const Variant& variant = asked_.variants[j];
      if (!is_true_ || variant.is_implied) return std::nullopt;
      const auto mutant = std::ranges::find_if(
          mutants, [&](const VariantFinding& m) { return m.by && is_same(m.variant, variant); });
      if (mutant == mutants.end()) continue;
      f.refuted = variant.value;
      f.by = mutant->by;
      const auto refuted = [](const TrialAnswers&, const Seen& s) {
        return s.what == Seen::What::refuted;
      };
      for (const std::size_t i : trials_where(refuted, j, most_candidates))
        starts.emplace_back(trial(i).origin, trial(i).instance);
      break;
    }
    if (!f.by) return std::nullopt;
    approach(f, f.by->instance, f.by->origin);
    for (const auto& [origin, instance] : starts) approach(f, instance, origin);
    const std::int64_t share = std::max<std::int64_t>(request_.effort / 2, 1);
    for (std::uint64_t round = 0; f.checks < 2 * request_.effort; ++round) {
      f.checks += share;
      std::vector<Instance> from{f.by->instance};
      for (std::size_t i = 0; i + 1 < most_starts_of_a_search && i < starts.size(); ++i)
        from.push_back(starts[i].second);
      const auto found = search(statement_of(with_number(number, just_beyond(f))), from, share,
                                request_.seed + round, true);
      if (!found.counterexample) continue;
      approach(f, *found.counterexample, "search");
    }
    f.unrefuted = number.value;
    return f;
  }
  static constexpr std::size_t most_candidates = 40;

  static bool is_same(const Variant& a, const Variant& b) {
    return a.number == b.number && a.value == b.value;
  }

  /// The variants with other values of a number on one side of it, the nearest first.
  std::vector<std::size_t> ladder_of(std::size_t number, bool down) const {
    std::vector<std::size_t> ladder;
    const Rational& value = asked_.numbers[number].value;
    for (std::size_t j = 0; j < asked_.variants.size(); ++j) {
      const Variant& v = asked_.variants[j];
      if (v.number == number && (*v.value < value) == down) ladder.push_back(j);
    }
    std::ranges::stable_sort(ladder, std::less(), [&](std::size_t j) {
      return Rational(abs(Rational(*asked_.variants[j].value - value)));
    });
    return ladder;
  }

  /// A value a little nearer to the number's own than the one that is refuted.
  static Rational just_beyond(const NumberFinding& f) {
    const Rational gap = f.number.value - *f.refuted;
    return between(*f.refuted + gap / 64, *f.refuted + gap / 16);
  }
  static Rational between(const Rational& a, const Rational& b) {
    return simplest_between(std::min(a, b), std::max(a, b));
  }

  /// Bisects towards the number's own value, where the instance refutes more than is refuted.
  void approach(NumberFinding& f, const Instance& instance, const std::string& origin) const {
    const auto refutes = [&](const Rational& value) {
      auto by = disproof_by(with_number(f.number, value), instance, origin);
      if (!by) return false;
      f.refuted = value;
      f.by = std::move(by);
      return true;
    };
    if (!refutes(just_beyond(f))) return;
    const Rational narrow = f.number.value / 2048;
    Rational end = f.number.value;
    while (abs(Rational(end - *f.refuted)) > narrow) {
      const Rational third = (end - *f.refuted) / 3;
      const Rational middle = between(*f.refuted + third, end - third);
      if (!refutes(middle)) end = middle;
    }
  }

  // Variants

  void find_variants(SharpenResult& result) {
    std::vector<VariantFinding> found(asked_.variants.size());
    in_parallel(found.size(), [&](std::size_t j) { found[j] = outcome_of(j, result.numbers); });
    for (VariantFinding& f : found) {
      const bool is_dropped = f.variant.kind == Variant::Kind::hypothesis;
      (is_dropped ? result.hypotheses : result.mutants).push_back(std::move(f));
    }
  }

  VariantFinding outcome_of(std::size_t j, const std::vector<NumberFinding>& numbers) const {
    const auto begin = std::chrono::steady_clock::now();
    VariantFinding f{.variant = asked_.variants[j]};
    decide(f, j, numbers);
    f.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return f;
  }

  void decide(VariantFinding& f, std::size_t j, const std::vector<NumberFinding>& numbers) const {
    if (f.variant.is_implied && is_true_) {
      f.outcome = Outcome::implied;
      return;
    }
    const TheoremFile& variant = asked_.variants[j].file;
    bool is_idle = true;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      const Seen& s = answers_[i].variants[j];
      is_idle = is_idle && s.what == Seen::What::idle;
      if (s.what != Seen::What::refuted || f.by) continue;
      if (answers_[i].original.what == Seen::What::refuted) continue;
      f.by = disproof_of(variant, trial(i).instance, trial(i).origin);
    }
    for (const NumberFinding& n : numbers) {
      if (f.by || !n.by || !f.variant.number) continue;
      f.by = disproof_of(variant, n.by->instance, n.by->origin);
    }
    if (!f.by && !is_idle) look_for_one(f, j);
    if (f.by) f.outcome = Outcome::refuted;
    if (f.by) return;
    f.outcome = is_idle ? Outcome::idle : Outcome::open;
    note_trouble(f, j);
  }

  void look_for_one(VariantFinding& f, std::size_t j) const {
    // Where the statement itself says nothing there is most to be found.
    const auto is_new = [](const TrialAnswers& a, const Seen& s) {
      return s.what == Seen::What::holds && a.original.what == Seen::What::idle;
    };
    const auto holds = [](const TrialAnswers&, const Seen& s) {
      return s.what == Seen::What::holds;
    };
    std::vector<std::size_t> starts = trials_where(is_new, j, most_starts_of_a_search);
    const auto others = trials_where(holds, j, most_starts_of_a_search - starts.size() / 2);
    starts.insert(starts.end(), others.begin(), others.end());
    const bool is_dropped = f.variant.kind == Variant::Kind::hypothesis;
    f.checks = is_dropped ? request_.effort : request_.effort / share_of_a_mutant;
    const auto found = search(asked_.statements[j], instances_of(starts), f.checks, request_.seed,
                              true, is_dropped ? search_families() : std::vector<InstanceFamily>());
    if (found.counterexample)
      f.by = disproof_of(asked_.variants[j].file, *found.counterexample, "search");
  }

  /// By an instance that does not refute the statement itself: that one tells nothing of what was
  /// changed.
  std::optional<Disproof> disproof_of(const TheoremFile& variant, const Instance& instance,
                                      const std::string& origin) const {
    if (!is_true_ && disproof_by(asked_.file, instance, origin)) return std::nullopt;
    return disproof_by(variant, instance, origin);
  }

  /// A variant that cannot be evaluated where the statement says something, or nothing yet.
  void note_trouble(VariantFinding& f, std::size_t j) const {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (answers_[i].variants[j].what != Seen::What::undefined) continue;
      try {
        check(asked_.statements[j], trial(i).instance);
      } catch (const StatementError& e) {
        f.outcome = Outcome::undefined;
        f.trouble = e.what();
        return;
      } catch (const std::exception&) {  // trouble of another kind
      }
    }
  }

  const SharpenRequest& request_;
  Questionnaire asked_;
  std::vector<TrialAnswers> answers_;
  bool is_true_ = true;  // as far as the trials show
  std::mutex progress_;
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
};

// Files ----------------------------------------------------------------------------------------

/// Writes the instance, made as small as a few tries allow, with the statement that it refutes. On
/// what is smaller that may be undefined.
void save(Disproof& by, const std::string& name, const SharpenRequest& request) {
  constexpr int most_tries = 60;
  TheoremFile variant = by.variant;
  variant.id += "-varied";  // another statement
  const Statement statement = statement_of(variant);
  const auto refutes = [&](const Instance& instance) {
    const auto finding = checked(statement, instance);
    return finding && is_refuted(*finding);
  };
  const Instance smaller = shrink(by.instance, refutes, most_tries);
  const auto finding = checked(statement, smaller);
  if (!finding) return;  // not so, as it was refuted
  const auto path = std::filesystem::path(request.folder) /
                    fmt::format("sharpen-{}-{}.json", request.theorem->id, name);
  by.file = path.string();
  const auto now = make_provenance(request.seed);
  write_file(by.file, to_text(CounterexampleFile{.statement = variant.id,
                                                 .mutant = std::nullopt,
                                                 .theorem_file = printed(variant),
                                                 .verdict = Verdict::refuted,
                                                 .evidence = EvidenceName(finding->rests_on),
                                                 .reason = finding->reason.plain(),
                                                 .sides = sides_of(*finding),
                                                 .origin = by.origin,
                                                 .version = now.version,
                                                 .commit = now.commit,
                                                 .seed = request.seed,
                                                 .number = std::nullopt,
                                                 .is_smallest = false,
                                                 .instance = smaller}));
}

void save_all(SharpenResult& result, const SharpenRequest& request) {
  const auto save_each = [&](auto& findings, const char* kind) {
    for (std::size_t i = 0; i < findings.size(); ++i)
      if (findings[i].by) save(*findings[i].by, fmt::format("{}-{}", kind, i + 1), request);
  };
  if (result.refutation) {
    result.refutation->variant.mutants.clear();
    save(*result.refutation, "as-it-stands", request);
  }
  save_each(result.numbers, "number");
  save_each(result.hypotheses, "hypothesis");
  save_each(result.mutants, "mutant");
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  constexpr std::array<std::string_view, 5> names{"refuted", "implied", "undefined", "idle",
                                                  "not refuted"};
  return names.at(static_cast<std::size_t>(outcome));
}

std::int64_t SharpenResult::count(Outcome outcome) const {
  const auto is_so = [&](const VariantFinding& f) { return f.outcome == outcome; };
  return std::ranges::count_if(mutants, is_so) + std::ranges::count_if(hypotheses, is_so);
}

SharpenResult sharpen(const SharpenRequest& request) {
  const Theorem& theorem = *request.theorem;
  if (theorem.file_text.empty()) {
    throw RequestError("'" + theorem.id + "' is stated in C++; only a theorem file can be varied");
  }
  SharpenResult result = Sharpener(request, parse_theorem(theorem.file_text)).result();
  if (!request.folder.empty()) save_all(result, request);
  return result;
}

}  // namespace graddiv::workbench
