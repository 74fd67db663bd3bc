#include "sgd/instance.h"

#include <nlohmann/json.hpp>

#include "json/print.h"
#include "problem/mixed.h"
#include "problem/regularized.h"

namespace graddiv {
namespace {

using Json = nlohmann::ordered_json;

constexpr long most_iterations = 10'000'000;
constexpr int most_iterations_of_a_rule = 100'000;
constexpr long largest_batch = 1'000'000'000;

/// One value for all iterations, or a list with one value for each.
template <class Read>
auto per_iteration(const JsonReader& reader, int iterations, Read read) {
  std::vector<decltype(read(reader))> values;
  if (!reader.is_array()) {
    values.push_back(read(reader));
    return values;
  }
  if (reader.size() != static_cast<std::size_t>(iterations)) {
    reader.fail("one value, or a list of " + std::to_string(iterations) +
                " values, one for each iteration");
  }
  for (std::size_t k = 0; k < reader.size(); ++k) values.push_back(read(reader.at(k)));
  return values;
}

/// One step for all iterations, a list, or a rule that makes one.
void read_steps(const JsonReader& reader, Run& run) {
  if (!reader.is_object()) {
    run.steps = per_iteration(reader, run.iterations,
                              [](const JsonReader& value) { return value.number(); });
    return;
  }
  reader.allow_only({"rule", "c", "offset"});
  const bool is_root = reader.at("rule").one_of({"c/k", "c/sqrt(k)"}) == "c/sqrt(k)";
  if (run.iterations > most_iterations_of_a_rule) {
    reader.fail("a number, as there are more than " + std::to_string(most_iterations_of_a_rule) +
                " iterations");
  }
  StepRule rule{reader.at("c").number()};
  if (is_root) rule.decay = StepRule::Decay::like_root_k;
  if (reader.has("offset")) rule.offset = reader.at("offset").integer(1, largest_batch);
  run.steps = rule.steps(run.iterations);
  run.step_rule = std::move(rule);
}

bool is_number(const std::string& text) {
  try {
    parse_rational(text);
    return true;
  } catch (const ParseError&) {
    return false;
  }
}

/// One batch size for all iterations, a list, or all functions.
void read_batches(const JsonReader& reader, int n, Run& run) {
  if (reader.json() == "full") {
    run.full_batch = true;
    run.batches = {n};
    return;
  }
  if (reader.json().is_string() && !is_number(reader.json().get<std::string>()))
    reader.fail("an integer from 1 to 1000000000, a list of such, or \"full\"");
  run.batches = per_iteration(reader, run.iterations, [](const JsonReader& value) {
    return value.integer(1, largest_batch);
  });
}

Run read_run(const JsonReader& reader, const Problem& problem) {
  reader.allow_only({"start", "step", "batch", "iterations", "mechanism"});
  Run run;
  run.start = reader.at("start").vector(problem.dimension());
  run.iterations = static_cast<int>(reader.at("iterations").integer(0, most_iterations));
  read_steps(reader.at("step"), run);
  read_batches(reader.at("batch"), problem.size(), run);
  if (reader.has("mechanism")) {
    run.mechanism = Mechanism::read(reader.at("mechanism"));
    if (run.full_batch) reader.at("mechanism").fail("no mechanism here, as the batch is \"full\"");
  }
  return run;
}

Neighbour read_neighbour(const JsonReader& reader, const Problem& problem,
                         const std::vector<FamilyEntry>& known) {
  if (!reader.is_object()) reader.fail("an object with \"index\" and \"replacement\"");
  reader.allow_only({"index", "replacement"});
  const auto index = static_cast<int>(reader.at("index").integer(0, problem.size() - 1));
  return {index, read_replacement(reader.at("replacement"), problem, known)};
}

Json to_json(const Run& run) {
  Json result = {{"start", graddiv::to_json(run.start)}};
  if (run.is_by_rule()) {
    const StepRule& rule = *run.step_rule;
    const bool is_root = rule.decay == StepRule::Decay::like_root_k;
    result["step"] = {
        {"rule", is_root ? "c/sqrt(k)" : "c/k"}, {"c", to_string(rule.c)}, {"offset", rule.offset}};
  } else if (run.steps.size() == 1) {
    result["step"] = to_string(run.steps.front());
  } else {
    Json steps = Json::array();
    for (const Rational& step : run.steps) steps.push_back(to_string(step));
    result["step"] = std::move(steps);
  }
  if (run.full_batch) {
    result["batch"] = "full";
  } else if (run.batches.size() == 1) {
    result["batch"] = run.batches.front();
  } else {
    result["batch"] = run.batches;
  }
  result["iterations"] = run.iterations;
  if (!run.mechanism.is_none()) result["mechanism"] = run.mechanism.to_json();
  return result;
}

}  // namespace

Instance read_instance(const std::string& path, const std::vector<FamilyEntry>& known) {
  return read_instance(JsonReader::from_file(path), known);
}

Instance read_instance(const JsonReader& reader, const std::vector<FamilyEntry>& known) {
  if (!reader.is_object()) reader.fail("an object with \"format\", \"problem\" and \"run\"");
  reader.at("format").one_of({"graddiv-instance/1"});
  reader.allow_only({"format", "title", "comment", "problem", "run", "neighbour"});
  for (const char* note : {"title", "comment"}) {
    if (reader.has(note)) reader.at(note).text();  // for people; only checked
  }
  Problem problem = read_problem(reader.at("problem"), known);
  Run run = read_run(reader.at("run"), problem);
  Instance instance{std::move(problem), std::move(run)};
  if (reader.has("neighbour")) {
    instance.neighbour = read_neighbour(reader.at("neighbour"), instance.problem, known);
  }
  return instance;
}

std::shared_ptr<const FiniteSum> read_replacement(const JsonReader& reader, const Problem& problem,
                                                  const std::vector<FamilyEntry>& known) {
  if (reader.has("domain")) {
    reader.at("domain").fail("no \"domain\" here: both data sets have that of \"problem\"");
  }
  if (reader.has("regularization")) {
    reader.at("regularization")
        .fail("no \"regularization\" here: both data sets have that of \"problem\"");
  }
  Problem replacement = read_problem(reader, known);
  // In a sum of several families a function of any family may take the place of another.
  if (parts_of(*problem.sum) != nullptr && replacement.sum->in_doubles() == nullptr)
    replacement.sum = mixed({replacement.sum});
  if (const Regularization* r = regularization_of(*problem.sum))
    replacement.sum = regularized(replacement.sum, r->rho);
  if (replacement.sum->family() != problem.sum->family()) {
    reader.at("family").fail("\"" + problem.sum->family() + "\", the family of \"problem\"");
  }
  if (replacement.dimension() != problem.dimension()) {
    reader.fail("a function of dimension " + std::to_string(problem.dimension()) +
                ", as in \"problem\"");
  }
  if (replacement.size() != 1) {
    reader.fail("one function, in place of one of \"problem\", not " +
                std::to_string(replacement.size()));
  }
  return replacement.sum;
}

Json to_json(const Instance& instance) {
  Json result = {{"format", "graddiv-instance/1"},
                 {"problem", to_json(instance.problem)},
                 {"run", to_json(instance.run)}};
  if (instance.neighbour) {
    Json replacement = instance.neighbour->replacement->to_json();
    replacement.erase("regularization");  // that of the problem
    result["neighbour"] = {{"index", instance.neighbour->index},
                           {"replacement", std::move(replacement)}};
  }
  return result;
}

std::string to_text(const Instance& instance) { return file_text(to_json(instance)); }

}  // namespace graddiv
