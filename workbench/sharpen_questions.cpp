#include "workbench/sharpen_questions.h"

#include <exception>
#include <utility>

#include "claim/statement_error.h"
#include "formula/evaluate.h"
#include "formula/parse.h"
#include "formula/statement_of.h"
#include "number/exact.h"
#include "workbench/sharpen_checks.h"

namespace graddiv::workbench {

namespace {

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

bool speaks_of(const TheoremFile& file, std::string_view word) {
  const auto is_word = [&](const Symbol& symbol) { return symbol.name == word; };
  const auto speaks = [&](const Formula& f) { return has_word(f, is_word); };
  const auto defines = [&](const TheoremFile::Definition& d) { return speaks(d.formula); };
  return std::ranges::any_of(file.hypotheses,
                             [&](const auto& hypothesis) { return speaks(hypothesis.formula); }) ||
         std::ranges::any_of(file.lets, defines) ||
         std::ranges::any_of(file.blocks, [&](const TheoremFile::Block& block) {
           return std::ranges::any_of(block.lets, defines) ||
                  std::ranges::any_of(block.claims,
                                      [&](const auto& c) { return speaks(c.formula); });
         });
}

Slice slice(std::string words, std::string_view condition) {
  return {std::move(words), parse_formula(condition)};
}

std::vector<Slice> slices_of(const TheoremFile& file) {
  std::vector<Slice> slices;
  if (speaks_of(file, "mu")) {
    slices = {slice("μ/β < 1/10", "μ < β/10"), slice("1/10 ≤ μ/β < 1", "β/10 ≤ μ and μ < β"),
              slice("μ/β = 1", "μ = β")};
  } else if (speaks_of(file, "lambda") || speaks_of(file, "mu_min")) {
    slices = {slice("λ/β < 1/10", "λ < β/10"), slice("1/10 ≤ λ/β < 1", "β/10 ≤ λ and λ < β"),
              slice("λ/β = 1", "λ = β")};
  }
  if (speaks_of(file, "gamma") || speaks_of(file, "gamma_at")) {
    const std::string given = "γ and B are constant and ";
    slices.push_back(slice("γBβ < 1/10", given + "γ·B·β < 1/10"));
    slices.push_back(slice("1/10 ≤ γBβ < 1", given + "1/10 ≤ γ·B·β and γ·B·β < 1"));
    slices.push_back(slice("γBβ ≥ 1", given + "1 ≤ γ·B·β"));
  }
  return slices;
}

bool is_at_most(const Enclosure& a, const Enclosure& b) {
  return lower_end(a) <= lower_end(b) && upper_end(a) <= upper_end(b);
}

/// Whether a ≤ b (a ≥ b) claims more than another comparison, whose truth may not imply it. Of
/// numbers that are enclosed only it is told by the ends of both.
bool says_more(const Comparison& a, const Comparison& b) {
  const bool is_bounded =
      a.left.is_bounded() && a.right.is_bounded() && b.left.is_bounded() && b.right.is_bounded();
  if (!is_bounded) return true;
  const bool is_stricter = a.relation != b.relation;
  const bool is_same = is_at_most(a.left, b.left) && is_at_most(b.left, a.left) &&
                       is_at_most(a.right, b.right) && is_at_most(b.right, a.right);
  if (is_same || is_stricter) return is_stricter;
  switch (a.relation) {
    case Relation::less:
    case Relation::less_equal:
      return !is_at_most(a.left, b.left) || !is_at_most(b.right, a.right);
    case Relation::greater:
    case Relation::greater_equal:
      return !is_at_most(b.left, a.left) || !is_at_most(a.right, b.right);
    case Relation::equal:
      return true;
  }
  return true;
}

/// Claim by claim, of those that are at the same place: both are in the order of the file.
bool says_more(const std::optional<Finding>& a, const std::optional<Finding>& b) {
  if (!a || a->verdict == Verdict::not_applicable) return false;
  if (!b) return true;
  auto other = b->conclusions.begin();
  for (const ConclusionFinding& finding : a->conclusions) {
    const Conclusion& mine = finding.conclusion;
    const auto says_as_much = [&mine](const ConclusionFinding& f) {
      const Conclusion& c = f.conclusion;
      return c.applies == Truth::yes && mine.applies == Truth::yes && c.place == mine.place &&
             !says_more(mine.comparison, c.comparison);
    };
    other = std::find_if(other, b->conclusions.end(), says_as_much);
    if (other == b->conclusions.end()) return true;
    ++other;
  }
  return false;
}

/// What a statement says, and all of it for comparison.
Seen seen(const Statement& statement, const Evaluation& evaluation,
          std::optional<Finding>& finding) {
  using What = Seen::What;
  finding.reset();
  try {
    finding = glance(statement, evaluation);
    if (is_refuted(*finding)) return {What::refuted, 2};
    if (finding->verdict == Verdict::not_applicable) return {What::idle};
    const float tightness = finding->tightness && finding->tightness->is_bounded()
                                ? static_cast<float>(finding->tightness->lower().approximate())
                                : 0.0F;
    return {What::holds, tightness};
  } catch (const StatementError&) {
    return {What::undefined};
  } catch (const std::exception&) {
    return {What::idle};
  }
}

/// The first hypothesis that is not certain.
std::optional<std::size_t> first_broken(const Finding& finding) {
  const auto broken = std::ranges::find_if(
      finding.hypotheses, [](const HypothesisFinding& h) { return h.holds != Truth::yes; });
  if (broken == finding.hypotheses.end()) return std::nullopt;
  return static_cast<std::size_t>(broken - finding.hypotheses.begin());
}

bool is_within(const Slice& slice, const Evaluation& evaluation) {
  try {
    const Case c(evaluation);
    return holds(slice.condition, {.instance = &c}) == Truth::yes;
  } catch (const std::exception&) {  // there is no such constant
    return false;
  }
}

}  // namespace

bool is_beyond(const Rational& a, const Rational& b, bool smaller_is_stronger) {
  return smaller_is_stronger ? a > b : a < b;
}

void keep_farthest(Turns& turns, Regime regime, const Turn& turn, bool smaller_is_stronger) {
  const auto [known, is_new] = turns.try_emplace(regime, turn);
  if (!is_new && is_beyond(turn.at, known->second.at, smaller_is_stronger)) known->second = turn;
}

Turns turns_on(const SolvedNumber& solved, const Instance& instance) {
  const auto finding = checked(solved.statement, instance);
  return finding ? turns_in(*finding, solved.file.smaller_is_stronger, 0) : Turns();
}

Questionnaire::Questionnaire(const SharpenRequest& request, const TheoremFile& theorem_file)
    : file(theorem_file),
      statement(statement_of(file)),
      numbers(numbers_of(file)),
      slices(slices_of(file)),
      variants(variants_of(file)),
      trials(trials_for(*request.theorem, file, request.seed, request.instances)),
      long_trials(long_trials_for(*request.theorem)) {
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

TrialAnswers answers_on(const Questionnaire& asked, std::size_t trial) {
  const PrecisionScope low = at_a_glance();
  const Evaluation evaluation(asked.trials[trial].instance);
  TrialAnswers answers;
  std::optional<Finding> original;
  std::optional<Finding> variant;
  answers.original = seen(asked.statement, evaluation, original);
  if (original) answers.broken = first_broken(*original);
  for (const Statement& statement : asked.statements) {
    Seen& answer = answers.variants.emplace_back(seen(statement, evaluation, variant));
    answer.says_more = says_more(variant, original);
    answer.says_less = says_more(original, variant);
  }
  for (const SolvedNumber& solved : asked.solved) {
    Turns turns;
    try {
      turns =
          turns_in(glance(solved.statement, evaluation), solved.file.smaller_is_stronger, trial);
    } catch (const std::exception&) {  // it says nothing there
    }
    answers.turns.push_back(std::move(turns));
  }
  for (const Slice& slice : asked.slices) answers.is_within.push_back(is_within(slice, evaluation));
  return answers;
}

std::vector<Instance> Inquiry::instances_of(const std::vector<std::size_t>& trials) const {
  std::vector<Instance> result;
  for (const std::size_t i : trials) result.push_back(trial(i).instance);
  return result;
}

}  // namespace graddiv::workbench
