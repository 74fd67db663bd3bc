#include "workbench/sharpen.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <utility>

#include "workbench/error.h"
#include "workbench/sharpen_checks.h"
#include "workbench/sharpen_files.h"
#include "workbench/sharpen_numbers.h"
#include "workbench/sharpen_questions.h"
#include "workbench/sharpen_variants.h"

namespace graddiv::workbench {

namespace {

using Outcome = VariantFinding::Outcome;

class Sharpener {
 public:
  Sharpener(const SharpenRequest& request, const TheoremFile& file)
      : inquiry_{request, {request, file}, {}} {}

  SharpenResult result() {
    ask_trials();
    refute_statement();
    find_solved();
    find_variants();
    find_unsolved();
    return std::move(result_);
  }

 private:
  void ask_trials() {
    const std::size_t count = inquiry_.asked.trials.size();
    inquiry_.answers.resize(count);
    in_parallel(count, [&](std::size_t i) { inquiry_.answers[i] = answers_on(inquiry_.asked, i); });
    result_.trials = static_cast<std::int64_t>(count);
    result_.applicable = std::ranges::count_if(inquiry_.answers, [](const TrialAnswers& a) {
      return a.original.what == Seen::What::holds || a.original.what == Seen::What::refuted;
    });
  }

  void refute_statement() {
    for (std::size_t i = 0; i < inquiry_.answers.size() && !result_.refutation; ++i) {
      if (inquiry_.answers[i].original.what != Seen::What::refuted) continue;
      const Trial& trial = inquiry_.trial(i);
      result_.refutation = disproof_by(inquiry_.asked.file, trial.instance, trial.origin);
    }
    inquiry_.is_true = !result_.refutation;
  }

  void find_solved() {
    std::vector<std::vector<NumberFinding>> found(inquiry_.asked.solved.size());
    in_parallel(found.size(), [&](std::size_t i) { found[i] = best_of_solved(inquiry_, i); });
    for (auto& all : found)
      for (NumberFinding& one : all) result_.numbers.push_back(std::move(one));
    // A search that drives a number beyond its own value has found the statement false.
    for (const NumberFinding& f : result_.numbers) {
      if (result_.refutation || !f.by) continue;
      result_.refutation = disproof_by(inquiry_.asked.file, f.by->instance, f.by->origin);
    }
    inquiry_.is_true = !result_.refutation;
  }

  void find_variants() {
    std::vector<VariantFinding> found(inquiry_.asked.variants.size());
    in_parallel(found.size(),
                [&](std::size_t j) { found[j] = outcome_of(inquiry_, j, result_.numbers); });
    for (VariantFinding& f : found) {
      const bool is_dropped = f.variant.kind == Variant::Kind::hypothesis;
      (is_dropped ? result_.hypotheses : result_.mutants).push_back(std::move(f));
    }
  }

  /// In the order of the file, between those that are there.
  void find_unsolved() {
    const std::vector<std::size_t>& unsolved = inquiry_.asked.unsolved;
    std::vector<std::optional<NumberFinding>> found(2 * unsolved.size());
    in_parallel(found.size(), [&](std::size_t i) {
      found[i] = best_by_bisection(inquiry_, unsolved[i / 2], i % 2 == 0, result_.mutants);
    });
    for (auto& one : found)
      if (one) result_.numbers.push_back(std::move(*one));
    const std::vector<FileNumber>& numbers = inquiry_.asked.numbers;
    const auto place = [&](const NumberFinding& f) {
      return std::ranges::find_if(numbers,
                                  [&](const FileNumber& n) {
                                    return n.text == f.number.text && n.where == f.number.where;
                                  }) -
             numbers.begin();
    };
    std::ranges::stable_sort(result_.numbers, std::less(), place);
  }

  template <class Work>
  void in_parallel(std::size_t count, const Work& work) {
    const SharpenRequest& request = inquiry_.request;
    total_ += static_cast<std::int64_t>(count);
    tbb::task_arena(request.jobs).execute([&] {
      tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
        work(i);
        const std::lock_guard lock(progress_);
        request.progress(++done_, total_);
      });
    });
  }

  Inquiry inquiry_;
  SharpenResult result_;
  std::mutex progress_;
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace

std::string_view to_string(Outcome outcome) {
  constexpr std::array<std::string_view, 7> names{
      "refuted", "implied", "undefined", "idle", "refuted in a step", "weaker", "not refuted"};
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
