#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "claim/statement.h"
#include "formula/variants.h"
#include "workbench/sharpen.h"
#include "workbench/sharpen_turns.h"
#include "workbench/trials.h"

// Private to sharpen: what is asked of every trial, and what they answer.
namespace graddiv::workbench {

/// Instances of one kind, by numbers that change with no unit: conditioning λ/β (μ/β where the
/// statement speaks of PL functions), and γBβ, the step on the mean gradient.
struct Slice {
  std::string words;  ///< "λ/β < 1/10"
  Formula condition;
};

/// Everything that is asked of the trials.
struct Questionnaire {
  TheoremFile file;
  Statement statement;
  std::vector<FileNumber> numbers;
  std::vector<SolvedNumber> solved;
  std::vector<std::size_t> unsolved;  ///< numbers
  std::vector<Slice> slices;
  std::vector<Variant> variants;
  std::vector<Statement> statements;  ///< of the variants
  std::vector<Trial> trials;
  std::vector<Trial> long_trials;  ///< for what no trial answers

  Questionnaire(const SharpenRequest& request, const TheoremFile& theorem_file);
};

/// What a statement said on a trial.
struct Seen {
  enum class What : char { unasked, idle, undefined, holds, refuted };
  What what = What::unasked;
  float tightness = 0;
  bool says_more = false;  ///< than the original: a claim of its own, or a sharper one
  bool says_less = false;  ///< than the original, in the same sense
};

/// What came of one trial.
struct TrialAnswers {
  Seen original;
  std::optional<std::size_t> broken;  ///< the first hypothesis that is not certain
  std::vector<Seen> variants;
  std::vector<Turns> turns;     ///< of the solved numbers
  std::vector<bool> is_within;  ///< of the slices
};
TrialAnswers answers_on(const Questionnaire& asked, std::size_t trial);

/// What is known when the trials are done.
struct Inquiry {
  const SharpenRequest& request;
  Questionnaire asked;
  std::vector<TrialAnswers> answers;
  bool is_true = true;  ///< the statement, as far as has been seen

  const Trial& trial(std::size_t i) const { return asked.trials[i]; }

  /// The trials on which a variant said so, those first where the sides of a claim are closest.
  template <class Wanted>
  std::vector<std::size_t> trials_where(const Wanted& wanted, std::size_t variant,
                                        std::size_t most) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < answers.size(); ++i)
      if (wanted(answers[i], answers[i].variants[variant])) found.push_back(i);
    std::ranges::stable_sort(found, std::greater(),
                             [&](std::size_t i) { return answers[i].variants[variant].tightness; });
    if (found.size() > most) found.resize(most);
    return found;
  }

  std::vector<Instance> instances_of(const std::vector<std::size_t>& trials) const;
};

constexpr std::size_t most_starts_of_a_search = 8;

}  // namespace graddiv::workbench
