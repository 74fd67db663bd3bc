#include "theorems/from_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "formula/evaluate.h"
#include "formula/parse.h"
#include "formula/statement_of.h"
#include "instances/classes.h"
#include "json/file.h"
#include "json/input_error.h"
#include "number/exact.h"
#include "sgd/instance.h"
#include "theorems/construction_words.h"

namespace graddiv {
namespace {

/// Where a claim that names no class is tried: runs with steps of all kinds on all families.
std::vector<InstanceClass> any_class() {
  return {InstanceClass::strongly_convex,  InstanceClass::convex_runs,
          InstanceClass::smooth_runs,      InstanceClass::pl,
          InstanceClass::convex,           InstanceClass::rank_deficient,
          InstanceClass::indefinite_parts, InstanceClass::generalized_linear,
          InstanceClass::bounded,          InstanceClass::strongly_convex_steps,
          InstanceClass::convex_steps,     InstanceClass::any_rational};
}

InstanceClass class_named(const TheoremFile::Draw& draw) {
  std::vector<std::string> names;
  for (const InstanceClass one : instance_classes()) {
    if (to_string(one) == draw.instance_class) return one;
    names.push_back(to_string(one));
  }
  throw FormulaError(draw.where, "there is no class of instances '" + draw.instance_class + "'" +
                                     suggestion(draw.instance_class, names) +
                                     "; graddiv list shows them");
}

/// A whole number that a draw asks for. Throws FormulaError where it is none.
long count_of(const Formula& formula) {
  constexpr long largest = 1'000'000;
  const Rational value = exact_value(value_of(formula, {}));
  if (denominator(value) == 1 && 1 <= value && value <= largest)
    return static_cast<long>(numerator(value));
  throw FormulaError(formula.where(),
                     "expected a whole number from 1 to " + std::to_string(largest));
}

/// The one of a range that the number-th instance takes.
long count_of(const TheoremFile::Draw::Range& range, std::int64_t number) {
  const long from = count_of(range.from);
  const long to = range.to ? count_of(*range.to) : from;
  if (to < from) throw FormulaError(range.to->where(), "expected a number from the first one on");
  return from + static_cast<long>(number % (to - from + 1));
}

/// Shares of a step that a claim allows: the largest itself, and steps well below and just beyond.
Enclosure share_of_step(std::int64_t number) {
  constexpr std::array<std::pair<int, int>, 6> shares{
      {{1, 1}, {1, 2}, {1, 1}, {1, 10}, {9, 10}, {101, 100}}};
  const auto [p, q] = shares.at(static_cast<std::size_t>(number) % shares.size());
  return Enclosure(p) / q;
}

/// Centres and targets such that w = (1, …, 1) is best for every function; other functions stay as
/// they are.
Instance interpolated(const Instance& drawn) {
  using Json = nlohmann::json;
  Json json = Json::parse(to_text(drawn));
  Json& problem = json.at("problem");
  const std::string family = problem.value("family", "");
  const bool has_targets = family == "least-squares" ||
                           (family == "glm" && problem.at("loss").get<std::string>() != "logistic");
  if (family == "quadratic") {
    const std::vector<std::string> ones(static_cast<std::size_t>(drawn.problem.dimension()), "1");
    for (Json& f : problem.at("functions")) f["c"] = ones;
  } else if (has_targets) {
    const Vector<Rational> targets = drawn.problem.sum->facts().rows->rowwise().sum();
    problem["targets"] = Json::array();
    for (const Rational& y : targets) problem["targets"].push_back(to_string(y));
  }
  return read_instance(JsonReader::from_text(json.dump(), "drawn"), families());
}

/// A box around the start, or one that has it in a corner. The law of a run with a projection is
/// listed, path by path: few iterations are enough.
void enclose_in_box(Instance& instance, bool has_start_in_corner) {
  constexpr int most_iterations = 5;
  Run& run = instance.run;
  const Vector<Rational> reach =
      Vector<Rational>::Constant(instance.problem.dimension(), Rational(3));
  const Vector<Rational> lower = run.start - reach;
  instance.problem.domain =
      Domain::box(has_start_in_corner ? run.start : lower, Vector<Rational>(run.start + reach));
  run.iterations = std::min(run.iterations, most_iterations);
  if (!run.steps.empty()) run.steps.resize(1);
  if (!run.batches.empty()) run.batches.resize(1);
}

/// At most n functions, and no neighbouring data set, which may speak of others.
void keep_first(Instance& instance, long n) {
  if (n >= instance.problem.size()) return;
  std::vector<int> first(static_cast<std::size_t>(n));
  std::iota(first.begin(), first.end(), 0);
  instance.problem.sum = select(instance.problem.sum, first);
  instance.neighbour.reset();
  if (instance.run.full_batch) instance.run.batches = {n};
}

/// K iterations, each with the first step and batch where these vary.
void set_iterations(Run& run, long K) {
  run.iterations = static_cast<int>(K);
  run.steps.resize(1);
  run.batches.resize(1);
  run.step_rule.reset();
}

Instance changed(Instance instance, const TheoremFile::Draw& draw, std::int64_t number) {
  if (draw.is_interpolated) instance = interpolated(instance);
  if (draw.is_in_box) enclose_in_box(instance, number % 2 == 1);
  if (draw.functions) keep_first(instance, count_of(*draw.functions, number));
  if (draw.batch) instance.run.batches = {count_of(*draw.batch, number)};
  if (draw.iterations) set_iterations(instance.run, count_of(*draw.iterations, number));
  return instance;
}

/// A number of few digits at or below a step, so that exact expectations stay short: the step
/// itself where it has few, as thresholds of round problems do.
Rational short_step(const Rational& step) {
  constexpr unsigned few = 16;
  if (msb(numerator(step)) < few && msb(denominator(step)) < few) return step;
  // 2^e ≤ step < 2^(e+2)
  const int e =
      static_cast<int>(msb(numerator(step))) - static_cast<int>(msb(denominator(step))) - 1;
  const int shift = static_cast<int>(few) - e;
  const Integer one = 1;
  const Rational unit = shift >= 0 ? Rational(one, one << static_cast<unsigned>(shift))
                                   : Rational(one << static_cast<unsigned>(-shift));
  const Rational units = step / unit;
  return unit * Rational(Integer(numerator(units) / denominator(units)));
}

/// The drawn instance with its step set to a share of a formula, or with each of its steps set to
/// one, where that can be had. Rounded down, so that a share of 1 is allowed where the formula is
/// irrational.
Instance with_steps(Instance instance, const TheoremFile::Draw& draw, std::int64_t number) {
  if (!draw.step) return instance;
  std::vector<Rational> steps;
  try {
    const Evaluation evaluation(instance);
    const Case c(evaluation);
    const int count = draw.is_schedule ? instance.run.iterations : 1;
    for (int k = 0; k < count; ++k) {
      const Scope scope{.instance = &c, .variables = {{"k", Enclosure(k)}}};
      const Enclosure step = share_of_step(number) * value_of(*draw.step, scope);
      if ((step > 0) != Truth::yes || !step.is_bounded()) return instance;
      steps.push_back(short_step(exact_value(step.is_exact() ? step : step.lower())));
    }
  } catch (const NotCertified&) {
    return instance;  // the claim does not apply there, and says why itself
  } catch (const FormulaError&) {
    throw;
  } catch (const std::logic_error&) {
    return instance;  // nor is there a step: a division by zero
  }
  if (!steps.empty()) instance.run.steps = std::move(steps);
  return instance;
}

void add_draws(Theorem& theorem, const TheoremFile& file) {
  for (const TheoremFile::Draw& draw : file.draws) theorem.drawn_from.push_back(class_named(draw));
  if (theorem.drawn_from.empty()) theorem.drawn_from = any_class();
  std::vector<std::pair<InstanceClass, TheoremFile::Draw>> changes;
  for (std::size_t i = 0; i < file.draws.size(); ++i) {
    TheoremFile::Draw draw = file.draws[i];
    const bool is_changed = draw.step || draw.functions || draw.batch || draw.iterations ||
                            draw.is_in_box || draw.is_interpolated;
    if (!is_changed) continue;
    for (const auto& range : {draw.functions, draw.batch, draw.iterations})
      if (range) count_of(*range, 0);  // throws
    if (draw.step) draw.step = expanded(*draw.step, file, nullptr);
    changes.emplace_back(theorem.drawn_from[i], std::move(draw));
  }
  if (changes.empty()) return;
  theorem.adapted = [changes](InstanceClass drawn_from, Instance instance, std::int64_t number) {
    for (const auto& [one, draw] : changes)
      if (one == drawn_from) return with_steps(changed(instance, draw, number), draw, number);
    return instance;
  };
}

}  // namespace

Theorem theorem_from(const std::string& text, const std::string& path) {
  know_construction_words();
  try {
    const TheoremFile file = parse_theorem(text);
    Theorem theorem;
    theorem.id = file.id;
    theorem.title = Text::words(file.title.empty() ? file.id : file.title);
    theorem.source = Text::words(file.source.empty() ? path : file.source);
    theorem.cites = file.cites;
    theorem.latex = latex_of(file);
    theorem.text = text_of(file);
    theorem.statement = statement_of(file);
    theorem.file_text = text;
    theorem.least_percent_at_positive_delta = file.least_percent_at_positive_delta;
    for (const auto& m : file.mutants) {
      std::string witness = m.witness;
      if (!m.witness_file.empty()) {
        witness = read_file((std::filesystem::path(path).parent_path() / m.witness_file).string());
      }
      theorem.mutants.push_back({m.id, change_of(file, m), statement_of(file, m), witness});
    }
    // Those for which no witness is known come last.
    std::stable_partition(theorem.mutants.begin(), theorem.mutants.end(),
                          [](const Mutant& m) { return !m.witness.empty(); });
    add_draws(theorem, file);
    return theorem;
  } catch (const FormulaError& e) {
    throw InputError(described(e, text, path));
  }
}

Theorem read_theorem_file(const std::string& path) { return theorem_from(read_file(path), path); }

}  // namespace graddiv
