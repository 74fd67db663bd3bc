#include "theorems/from_file.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "formula/evaluate.h"
#include "formula/parse.h"
#include "formula/statement_of.h"
#include "instances/classes.h"
#include "json/file.h"
#include "json/input_error.h"
#include "number/exact.h"
#include "sgd/instance.h"

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

/// Shares of a step that a claim allows: the largest itself, and steps well below and just beyond.
Enclosure share_of_step(std::int64_t number) {
  constexpr std::array<std::pair<int, int>, 6> shares{
      {{1, 1}, {1, 2}, {1, 1}, {1, 10}, {9, 10}, {101, 100}}};
  const auto [p, q] = shares.at(static_cast<std::size_t>(number) % shares.size());
  return Enclosure(p) / q;
}

using Json = nlohmann::json;

/// Rows, targets and centres such that w = (1, …, 1) is best for every function; other functions
/// stay as they are.
void interpolate(Json& problem) {
  const std::string family = problem.at("family");
  const auto d = problem.at("dimension").get<std::size_t>();
  if (family == "quadratic") {
    for (Json& f : problem.at("functions")) f["c"] = std::vector<std::string>(d, "1");
  } else if (family == "least-squares" || family == "glm") {
    if (problem.value("loss", "") == "logistic") return;
    std::vector<std::string> targets;
    for (const Json& row : problem.at("rows")) {
      Rational sum = 0;
      for (const Json& x : row)
        sum += parse_rational(x.is_string() ? x.get<std::string>() : x.dump());
      targets.push_back(to_string(sum));
    }
    problem["targets"] = targets;
  }
}

/// A box around the start, or one that has it in a corner. The law of a run with a projection is
/// listed, path by path: few iterations are enough.
void enclose_in_box(Json& instance, bool has_start_in_corner) {
  std::vector<std::string> lower;
  std::vector<std::string> upper;
  for (const Json& x : instance.at("run").at("start")) {
    const Rational at = parse_rational(x.is_string() ? x.get<std::string>() : x.dump());
    lower.push_back(to_string(has_start_in_corner ? at : Rational(at - 3)));
    upper.push_back(to_string(Rational(at + 3)));
  }
  constexpr int most_iterations = 5;
  Json& run = instance.at("run");
  run["iterations"] = std::min(run.at("iterations").get<int>(), most_iterations);
  for (const char* one : {"step", "batch"}) {
    if (run.at(one).is_array()) run[one] = run[one][0];
  }
  instance["problem"]["domain"] = {{"kind", "box"}, {"lower", lower}, {"upper", upper}};
}

Instance changed(const Instance& drawn, const TheoremFile::Draw& draw, std::int64_t number) {
  if (!draw.is_interpolated && !draw.is_in_box && !draw.batch) return drawn;
  Json json = Json::parse(to_text(drawn));
  if (draw.is_interpolated && json.at("problem").contains("family"))
    interpolate(json.at("problem"));
  if (draw.is_in_box) enclose_in_box(json, number % 2 == 1);
  if (draw.batch) json["run"]["batch"] = Json::parse(value_of(*draw.batch, {}).to_string());
  return read_instance(JsonReader::from_text(json.dump(), "drawn"), families());
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
    const bool is_changed = draw.step || draw.batch || draw.is_in_box || draw.is_interpolated;
    if (!is_changed) continue;
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
