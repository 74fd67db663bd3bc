#include "workbench/trials.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "campaign/mutants.h"
#include "campaign/tightness.h"
#include "constructions/catalogue.h"
#include "instances/classes.h"
#include "json/input_error.h"
#include "theorems/edges.h"
#include "theorems/from_file.h"
#include "workbench/breaks.h"
#include "workbench/search_families.h"

namespace graddiv::workbench {

namespace {

// A trial is checked against a hundred variants: it must not take long.
constexpr double largest_work_of_a_trial = 1 << 12;
constexpr int most_iterations_of_a_trial = 48;

bool has_short_run(const Instance& instance) {
  return instance.run.iterations <= most_iterations_of_a_trial &&
         work_with_paths(instance) <= largest_work_of_a_trial;
}

/// Of an instance that is known to say much.
bool is_quickly_checked(const Instance& instance) {
  constexpr int most_iterations = 256;
  return instance.run.iterations <= most_iterations &&
         work_with_paths(instance) <= largest_work_of_a_trial;
}

/// Fewer iterations, down to one, where there are too many to follow.
void shorten(Instance& instance) {
  Run& run = instance.run;
  while (run.iterations > 1 && !has_short_run(instance)) {
    run.iterations = run.iterations / 2;
    const auto kept = static_cast<std::size_t>(run.iterations);
    if (run.steps.size() > 1) run.steps.resize(kept);
    if (run.batches.size() > 1) run.batches.resize(kept);
  }
}

// Corners -----------------------------------------------------------------------------------------

struct Corner {
  const char* words;
  const char* problem;  // the members of "problem" and of "run"
  const char* run;
};

// Small problems at which proofs are tight, or break once a hypothesis is gone.
constexpr std::array corners{
    Corner{"a function flat outside of W",
           R"("family": "glm", "dimension": 1, "loss": "huber", "tau": "1", "rows": [["1"]],
              "targets": ["0"], "domain": {"kind": "box", "lower": ["-1"], "upper": ["1"]})",
           R"("start": ["5/4"], "step": "1/4", "batch": 1, "iterations": 1)"},
    Corner{"a kink at the minimum",
           R"("family": "max-affine", "dimension": 1, "functions": [
              {"pieces": [{"a": ["1"]}, {"a": ["-1"]}], "curvature": ["1"]}])",
           R"("start": ["0"], "step": "1/6", "batch": 3, "iterations": 1)"},
    Corner{"a start far out on a flat slope",
           R"("family": "glm", "dimension": 1, "loss": "huber", "tau": "1", "rows": [["1"]],
              "targets": ["0"])",
           R"("start": ["20"], "step": "10", "batch": 4, "iterations": 1)"},
    Corner{"a narrow valley",
           R"("family": "quadratic", "dimension": 2, "functions": [
              {"A": [["1", "0"], ["0", "40"]], "c": ["0", "0"]}])",
           R"("start": ["0", "1"], "step": "1/40", "batch": 20, "iterations": 1)"},
    Corner{"one quadratic",
           R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
           R"("start": ["1"], "step": "1/10", "batch": 1, "iterations": 8)"},
    Corner{"orthogonal functions",
           R"("family": "quadratic", "dimension": 2, "functions": [
              {"A": [["1", "0"], ["0", "0"]], "c": ["0", "0"]},
              {"A": [["0", "0"], ["0", "1"]], "c": ["0", "0"]}])",
           R"("start": ["1", "1"], "step": "1/2", "batch": 2, "iterations": 3)"},
    Corner{"a hill in an interval",
           R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["-1"]], "c": ["-1/10"]}],
              "domain": {"kind": "box", "lower": ["-1"], "upper": ["1"]})",
           R"("start": ["-1/2"], "step": "1/10", "batch": 1, "iterations": 1)"},
    Corner{"the wrong side of a hill",
           R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["-1"]], "c": ["-1/4"]}],
              "domain": {"kind": "box", "lower": ["-1"], "upper": ["1"]})",
           R"("start": ["-1/2"], "step": "1/2", "batch": 1, "iterations": 20)"},
    Corner{"a start outside of W, where F is not convex",
           R"("family": "glm", "dimension": 1, "loss": "geman-mcclure", "rows": [["1"]],
              "targets": ["0"], "domain": {"kind": "box", "lower": ["-1/2"], "upper": ["1/2"]})",
           R"("start": ["20"], "step": "1000", "batch": 6400, "iterations": 1)"},
    Corner{"a wall across the valley",
           R"("family": "least-squares", "dimension": 2, "rows": [["1", "1/10"]],
              "targets": ["0"], "domain": {"kind": "box", "lower": ["0", "0"],
              "upper": ["1", "2"]})",
           R"("start": ["0", "1"], "step": "1/10", "batch": 1, "iterations": 1)"},
    Corner{"a saddle among convex functions",
           R"("family": "quadratic", "dimension": 1, "functions": [
              {"A": [["2"]], "c": ["0"]}, {"A": [["-1"]], "c": ["0"]}])",
           R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 3)"},
    Corner{"slopes that cancel",
           R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["-1"]}],
              "domain": {"kind": "box", "lower": ["-4"], "upper": ["4"]})",
           R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 3)"}};

// Draws -------------------------------------------------------------------------------------------

const std::array other_classes{
    InstanceClass::strongly_convex, InstanceClass::convex,         InstanceClass::indefinite_parts,
    InstanceClass::bounded,         InstanceClass::rank_deficient, InstanceClass::any_quadratic,
    InstanceClass::nonsmooth,       InstanceClass::convex_runs,    InstanceClass::any_rational,
    InstanceClass::smooth_runs,     InstanceClass::convex_steps,   InstanceClass::pl};

/// The file with all other classes in the place of the class of one of its draws: one theorem for
/// every draw that changes its instances, and one for none.
std::vector<Theorem> with_other_classes(const TheoremFile& file) {
  std::vector<TheoremFile::Draw> changes = file.draws;
  changes.emplace_back();
  std::vector<Theorem> result;
  for (const TheoremFile::Draw& draw : changes) {
    TheoremFile other = file;
    other.mutants.clear();
    other.draws.clear();
    for (const InstanceClass one : other_classes)
      other.draws.push_back(with_class(draw, to_string(one)));
    result.push_back(theorem_from(printed(other), file.id));
  }
  return result;
}

std::vector<Trial> known_trials(const Theorem& theorem) {
  std::vector<Trial> known;
  for (Instance& instance : gallery_instances(theorem))
    known.push_back({"gallery", std::move(instance)});
  for (const Mutant& mutant : theorem.mutants) {
    if (!mutant.witness.empty())
      known.push_back(
          {"witness of " + mutant.id, witness_of(mutant, families_and_constructions())});
  }
  return known;
}

class Trials {
 public:
  explicit Trials(const TheoremFile& file) : edges_(edges_of(file)) {}

  /// As it is, where it does not take long.
  void add_known(const Trial& trial) {
    if (is_quickly_checked(trial.instance))
      all_.push_back(trial);
    else
      add(trial);
  }
  void add(Trial trial) {
    shorten(trial.instance);
    if (has_short_run(trial.instance)) all_.push_back(std::move(trial));
  }
  void add_broken(const Trial& trial, std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (auto changed = broken(trial, (first + i) % number_of_breaks())) add(std::move(*changed));
    }
  }
  void add_draws(const Theorem& theorem, std::uint64_t seed, std::int64_t first,
                 std::int64_t count) {
    const auto classes = static_cast<std::int64_t>(theorem.drawn_from.size());
    constexpr std::int64_t changes = 2;
    for (std::int64_t i = first; classes > 0 && i < first + count; ++i) {
      const DrawnFrom& from = theorem.drawn_from[static_cast<std::size_t>(i % classes)];
      const Trial drawn{"random " + from.name, from.instance(seed, i / classes)};
      add(drawn);
      add_broken(drawn, static_cast<std::size_t>(changes * i), changes);
      if (i % 2 == 0) add_at_edge(drawn, i / 2);
    }
  }

  /// Where a hypothesis on the step or on the batch just holds, or just fails.
  void add_at_edge(const Trial& trial, std::int64_t number) {
    Trial changed{trial.origin + ", at the edge of a hypothesis",
                  at_edge(trial.instance, edges_, number)};
    const Run& run = trial.instance.run;
    if (changed.instance.run.steps != run.steps || changed.instance.run.batches != run.batches)
      add(std::move(changed));
  }

  std::vector<Trial> all() { return std::move(all_); }

 private:
  std::vector<Edge> edges_;
  std::vector<Trial> all_;
};

}  // namespace

double work_with_paths(const Instance& instance) {
  double work = work_of_a_check(instance);
  const bool is_listed =
      instance.problem.domain.is_bounded() || !quadratic_objective(instance.problem);
  if (!is_listed) return work;
  const auto n = static_cast<double>(instance.problem.size());
  const auto d = static_cast<double>(instance.problem.dimension());
  double paths = 1;
  for (int k = 0; k < instance.run.iterations; ++k) {
    const auto B = static_cast<double>(instance.run.batch(k));
    paths *= std::exp(std::lgamma(n + B) - std::lgamma(n) - std::lgamma(B + 1));
    work += paths * d;
  }
  return work;
}

std::vector<Trial> long_trials_for(const Theorem& theorem) {
  std::vector<Trial> trials = known_trials(theorem);
  std::erase_if(trials, [](const Trial& t) { return is_quickly_checked(t.instance); });
  return trials;
}

std::vector<Trial> trials_for(const Theorem& theorem, const TheoremFile& file, std::uint64_t seed,
                              std::int64_t draws) {
  std::vector<Trial> known = known_trials(theorem);
  for (const Corner& corner : corners) {
    const auto reader = JsonReader::from_text(witness(corner.problem, corner.run), corner.words);
    known.push_back({corner.words, read_instance(reader, families_and_constructions())});
  }
  constexpr std::int64_t sides_of_an_edge = 3;
  Trials trials(file);
  for (const Trial& trial : known) trials.add_known(trial);
  for (const InstanceFamily& family : search_families()) {
    if (auto first = family.with(family.values)) trials.add({"worst case", std::move(*first)});
  }
  for (const Trial& trial : known) trials.add_broken(trial, 0, number_of_breaks());
  for (const Trial& trial : known)
    for (std::int64_t side = 0; side < sides_of_an_edge; ++side) trials.add_at_edge(trial, side);
  trials.add_draws(theorem, seed, 0, draws);
  const std::vector<Theorem> others = with_other_classes(file);
  const auto share = draws / 2 / static_cast<std::int64_t>(others.size()) + 1;
  for (std::size_t i = 0; i < others.size(); ++i)
    trials.add_draws(others[i], seed, static_cast<std::int64_t>(i) * share, share);
  return trials.all();
}

}  // namespace graddiv::workbench
