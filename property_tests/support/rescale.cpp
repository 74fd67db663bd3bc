#include "property_tests/support/rescale.h"

#include <nlohmann/json.hpp>
#include <set>

namespace graddiv {
namespace {

using Json = nlohmann::ordered_json;

/// Multiplies every number under it.
void multiply(Json& json, const Rational& factor) {
  if (json.is_structured()) {
    for (Json& entry : json) multiply(entry, factor);
  } else {
    json = to_string(Rational(
        parse_rational(json.is_string() ? json.get<std::string>() : json.dump()) * factor));
  }
}

void multiply_in(Json& object, const char* key, const Rational& factor) {
  if (object.contains(key)) multiply(object[key], factor);
}

/// What the members of a problem (or of the replacement of one function) are multiplied by.
struct Factors {
  Rational A = 1, c = 1, a = 1, offset = 1;  // of the single functions
  Rational rows = 1, targets = 1, tau = 1;
  Rational domain = 1;
};

void multiply_domain(Json& domain, const Rational& factor) {
  for (const char* key : {"lower", "upper", "center", "radius"}) multiply_in(domain, key, factor);
  if (!domain.contains("factors")) return;
  for (Json& part : domain["factors"]) multiply_domain(part, factor);
}

void multiply_problem(Json& problem, const Factors& by) {
  if (problem.contains("functions")) {
    for (Json& f : problem["functions"]) {
      multiply_in(f, "A", by.A);
      multiply_in(f, "c", by.c);
      multiply_in(f, "a", by.a);
      multiply_in(f, "offset", by.offset);
      multiply_in(f, "curvature", by.A);
      if (!f.contains("pieces")) continue;
      for (Json& piece : f["pieces"]) {
        multiply_in(piece, "a", by.a);
        multiply_in(piece, "offset", by.offset);
      }
    }
  }
  multiply_in(problem, "rows", by.rows);
  multiply_in(problem, "targets", by.targets);
  multiply_in(problem, "tau", by.tau);
  if (problem.contains("domain")) multiply_domain(problem["domain"], by.domain);
}

Instance rescaled(const Instance& instance, const Factors& by, const Rational& start,
                  const Rational& step, const Rational& variance) {
  Json json = to_json(instance);
  multiply_problem(json["problem"], by);
  if (json.contains("neighbour")) multiply_problem(json["neighbour"]["replacement"], by);
  multiply(json["run"]["start"], start);
  multiply(json["run"]["step"], step);
  if (json["run"].contains("mechanism"))
    multiply_in(json["run"]["mechanism"], "variance", variance);
  return read_instance(JsonReader::from_text(json.dump(), "rescaled instance"));
}

}  // namespace

// ½(xᵀw − y)² and Huber's loss are quadrupled by doubling x, y and τ.
std::optional<Instance> with_values_rescaled(const Instance& instance) {
  const Json problem = to_json(instance)["problem"];
  const std::string family = problem["family"];
  const std::string loss = problem.value("loss", "");
  if (family == "glm" && loss != "squared" && loss != "huber") return std::nullopt;
  const Factors by{.A = 4, .a = 4, .offset = 4, .rows = 2, .targets = 2, .tau = 2};
  return rescaled(instance, by, 1, Rational(1, 4), 16);
}

Instance with_points_rescaled(const Instance& instance) {
  const Factors by{
      .A = Rational(1, 4), .c = 2, .a = Rational(1, 2), .rows = Rational(1, 2), .domain = 2};
  return rescaled(instance, by, 2, 4, Rational(1, 4));
}

}  // namespace graddiv
