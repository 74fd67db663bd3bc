#include <nlohmann/json.hpp>

#include "problem/families.h"

namespace graddiv {
namespace {

Domain read_box(const JsonReader& reader, int dimension) {
  reader.allow_only({"kind", "lower", "upper"});
  Vector<Rational> lower = reader.at("lower").vector(dimension);
  Vector<Rational> upper = reader.at("upper").vector(dimension);
  for (int j = 0; j < dimension; ++j) {
    if (lower(j) > upper(j)) {
      reader.at("lower")
          .at(static_cast<std::size_t>(j))
          .fail("at most " + to_string(upper(j)) + ", the upper bound of this coordinate");
    }
  }
  return Domain::box(std::move(lower), std::move(upper));
}

Domain read_ball(const JsonReader& reader, int dimension) {
  reader.allow_only({"kind", "center", "radius"});
  Vector<Rational> center = reader.at("center").vector(dimension);
  const JsonReader radius = reader.at("radius");
  Rational r = radius.number();
  if (r < 0) radius.fail("a number at or above 0");
  return Domain::ball(std::move(center), std::move(r));
}

Domain read_domain(const JsonReader& reader, int dimension) {
  if (!reader.is_object()) reader.fail("an object {\"kind\": …}");
  const std::string kind = reader.at("kind").one_of({"all", "box", "ball"});
  if (kind == "box") return read_box(reader, dimension);
  if (kind == "ball") return read_ball(reader, dimension);
  reader.allow_only({"kind"});
  return Domain::all();
}

}  // namespace

Problem read_problem(const JsonReader& reader, const std::vector<FamilyEntry>& known) {
  if (!reader.is_object()) reader.fail("an object {\"family\": …}");
  std::vector<std::string> names;
  for (const FamilyEntry& entry : known) names.push_back(entry.name);
  const std::string name = reader.at("family").one_of(names);
  for (const FamilyEntry& entry : known) {
    if (entry.name != name) continue;
    Problem problem{entry.read(reader)};
    if (reader.has("domain")) {
      problem.domain = read_domain(reader.at("domain"), problem.dimension());
    }
    return problem;
  }
  throw std::logic_error("unreachable: one_of gives one of the names");
}

}  // namespace graddiv
