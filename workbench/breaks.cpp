#include "workbench/breaks.h"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "constructions/catalogue.h"
#include "json/input_error.h"

namespace graddiv::workbench {

namespace {

using Json = nlohmann::ordered_json;

using Numbers = Vector<Rational>;

Numbers all_equal(const Instance& instance, const Rational& value) {
  return Numbers::Constant(instance.problem.dimension(), value);
}

/// W becomes a box about the start.
void put_in_box(Instance& instance, const Rational& below, const Rational& above) {
  instance.problem.domain = Domain::box(Numbers(instance.run.start - all_equal(instance, below)),
                                        Numbers(instance.run.start + all_equal(instance, above)));
}

void leave_domain(Instance& instance) {
  const Domain& domain = instance.problem.domain;
  if (domain.kind() == Domain::Kind::box) {
    instance.run.start = Numbers(domain.upper() + all_equal(instance, 2));
  } else if (domain.kind() == Domain::Kind::ball) {
    instance.run.start = domain.center();
    instance.run.start(0) += 2 * domain.radius() + 1;
  } else {
    put_in_box(instance, Rational(4), Rational(-1));
  }
}

void scale_steps(Run& run, const Rational& factor) {
  if (run.step_rule) run.step_rule->c *= factor;
  for (Rational& step : run.steps) step *= factor;
}

void scale_batches(Run& run, long factor, long more) {
  run.full_batch = false;
  for (long& batch : run.batches) batch = factor * batch + more;
}

void alternate_steps(Run& run, const Rational& factor) {
  std::vector<Rational> steps;
  for (int k = 0; k < run.iterations; ++k)
    steps.push_back(k % 2 == 0 ? run.step(k) : Rational(factor * run.step(k)));
  if (steps.size() > 1) run.steps = std::move(steps);
}

void alternate_batches(Run& run, long factor) {
  run.full_batch = false;
  std::vector<long> batches;
  for (int k = 0; k < run.iterations; ++k)
    batches.push_back(k % 2 == 0 ? run.batch(k) : factor * run.batch(k));
  if (batches.size() > 1) run.batches = std::move(batches);
}

void repeat(Run& run, int iterations) {
  if (run.steps.size() > 1) run.steps.resize(1);
  if (run.batches.size() > 1) run.batches.resize(1);
  run.iterations = iterations;
}

Instance instance_from(const Json& json) {
  return read_instance(JsonReader::from_text(json.dump(), "trial"), families_and_constructions());
}

/// The first function with another curvature, or with its minimum elsewhere.
Instance with_first_function(const Instance& instance, const Rational& curvature,
                             const Rational& shift) {
  Json json = to_json(instance);
  Json& problem = json.at("problem");
  const auto change = [](Json& number, const Rational& factor, const Rational& more) {
    number = to_string(parse_rational(number.get<std::string>()) * factor + more);
  };
  if (problem.contains("functions") && problem["functions"].is_array() &&
      problem["functions"][0].contains("A")) {
    Json& f = problem["functions"][0];
    for (Json& row : f["A"])
      for (Json& entry : row) change(entry, curvature, 0);
    for (Json& entry : f["c"]) change(entry, 1, shift);
  } else if (problem.contains("targets")) {
    change(problem["targets"][0], 1, shift);
  }
  return instance_from(json);
}

void scale(Json& json, const Rational& factor) {
  if (json.is_array()) {
    for (Json& entry : json) scale(entry, factor);
  } else if (json.is_string()) {
    json = to_string(parse_rational(json.get<std::string>()) * factor);
  }
}

/// F in units in which it is 64 times as small, and the step 64 times longer: the run is the same,
/// but formulas in which units do not match are not. Other families as they are.
Instance in_units_of_F(const Instance& instance) {
  const Rational factor(1, 64);
  const Rational root(1, 8);
  Json json = to_json(instance);
  Json& problem = json.at("problem");
  const std::string family = problem.value("family", "");
  if (family == "least-squares" && problem.contains("targets")) {
    for (const char* key : {"rows", "targets"}) scale(problem[key], root);
  } else if ((family == "quadratic" || family == "linear") && problem["functions"].is_array()) {
    for (Json& f : problem["functions"])
      for (const char* key : {"A", "a", "offset"})
        if (f.contains(key)) scale(f[key], factor);
  } else {
    return instance;
  }
  Json& step = json["run"]["step"];
  scale(step.is_object() ? step["c"] : step, 1 / factor);
  return instance_from(json);
}

/// w in units in which it is 8 times as long; F is 64 times as large, and the step the same.
Instance in_units_of_w(const Instance& instance) {
  const Rational factor = 8;
  Json json = to_json(instance);
  Json& problem = json.at("problem");
  const std::string family = problem.value("family", "");
  if (family == "least-squares" && problem.contains("targets")) {
    scale(problem["targets"], factor);
  } else if (family == "quadratic" && problem["functions"].is_array()) {
    for (Json& f : problem["functions"]) scale(f["c"], factor);
  } else {
    return instance;
  }
  scale(json["run"]["start"], factor);
  if (problem.contains("domain"))
    for (const char* key : {"lower", "upper", "center", "radius"})
      if (problem["domain"].contains(key)) scale(problem["domain"][key], factor);
  return instance_from(json);
}

struct Break {
  const char* words;
  Instance (*of)(Instance);
};

template <class Change>
Instance with_change(Instance instance, Change change) {
  change(instance);
  return instance;
}

#define GRADDIV_BREAK(words, change)                                                         \
  Break {                                                                                    \
    words, [](Instance i) { return with_change(std::move(i), [](Instance& x) { change; }); } \
  }

// Each is what some hypothesis forbids, or what a formula with units that do not match gets wrong.
// The numbers are arbitrary, small, and not all the same.
const std::array breaks{
    GRADDIV_BREAK("in other units of F", x = in_units_of_F(x)),
    GRADDIV_BREAK("in other units of w", x = in_units_of_w(x)),
    GRADDIV_BREAK("with its start outside of W", leave_domain(x)),
    GRADDIV_BREAK("in a box with the start at its edge", put_in_box(x, 0, 3)),
    GRADDIV_BREAK("in a small box", put_in_box(x, Rational(1, 4), Rational(1, 4))),
    GRADDIV_BREAK("with twice the step", scale_steps(x.run, 2)),
    GRADDIV_BREAK("with 5/4 of the step", scale_steps(x.run, Rational(5, 4))),
    GRADDIV_BREAK("with four times the step", scale_steps(x.run, 4)),
    GRADDIV_BREAK("with a quarter of the step", scale_steps(x.run, Rational(1, 4))),
    GRADDIV_BREAK("with twice the batch", scale_batches(x.run, 2, 0)),
    GRADDIV_BREAK("with four more in the batch", scale_batches(x.run, 1, 4)),
    GRADDIV_BREAK("with unequal steps", alternate_steps(x.run, Rational(1, 8))),
    GRADDIV_BREAK("with unequal longer steps", alternate_steps(x.run, 3)),
    GRADDIV_BREAK("with unequal batches", alternate_batches(x.run, 4)),
    GRADDIV_BREAK("for one iteration", repeat(x.run, 1)),
    GRADDIV_BREAK("for more iterations", repeat(x.run, 12)),
    GRADDIV_BREAK("with a function of negative curvature",
                  x = with_first_function(x, Rational(-1, 2), 0)),
    GRADDIV_BREAK("with a function of more curvature", x = with_first_function(x, 3, 0)),
    GRADDIV_BREAK("with a minimum elsewhere", x = with_first_function(x, 1, 1)),
    GRADDIV_BREAK("with a step against the gradient", scale_steps(x.run, Rational(-1, 2))),
    GRADDIV_BREAK("with a step of 0", scale_steps(x.run, 0))};

#undef GRADDIV_BREAK

}  // namespace

std::size_t number_of_breaks() { return breaks.size(); }

std::optional<Trial> broken(const Trial& trial, std::size_t how) {
  const Break& one = breaks.at(how);
  try {
    return Trial{trial.origin + ", " + one.words, one.of(trial.instance)};
  } catch (const InputError&) {
    return std::nullopt;
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

}  // namespace graddiv::workbench
