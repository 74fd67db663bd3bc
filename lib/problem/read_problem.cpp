#include <nlohmann/json.hpp>

#include "problem/families.h"
#include "problem/mixed.h"
#include "problem/regularized.h"

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

// Boxes and balls on consecutive coordinates.
Domain read_product(const JsonReader& reader, int dimension) {
  reader.allow_only({"kind", "factors"});
  const JsonReader list = reader.at("factors");
  if (!list.is_array() || list.size() == 0) list.fail("an array of boxes and balls");
  std::vector<Domain> factors;
  int left = dimension;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const JsonReader factor = list.at(i);
    if (!factor.is_object()) factor.fail("an object {\"kind\": …}");
    const bool is_box = factor.at("kind").one_of({"box", "ball"}) == "box";
    const JsonReader first = factor.at(is_box ? "lower" : "center");
    const Eigen::Index size = first.vector(-1).size();
    if (size > left) {
      first.fail(left == 0 ? "no more coordinates: the factors have the " +
                                 std::to_string(dimension) + " of the problem together"
                           : "at most " + std::to_string(left) + " of the " +
                                 std::to_string(dimension) + " coordinates of the problem");
    }
    factors.push_back(is_box ? read_box(factor, static_cast<int>(size))
                             : read_ball(factor, static_cast<int>(size)));
    left -= static_cast<int>(size);
  }
  if (left > 0) {
    list.fail("factors of dimension " + std::to_string(dimension) + " together, not " +
              std::to_string(dimension - left));
  }
  return Domain::product(std::move(factors));
}

Domain read_domain(const JsonReader& reader, int dimension) {
  if (!reader.is_object()) reader.fail("an object {\"kind\": …}");
  const std::string kind = reader.at("kind").one_of({"all", "box", "ball", "product"});
  if (kind == "box") return read_box(reader, dimension);
  if (kind == "ball") return read_ball(reader, dimension);
  if (kind == "product") return read_product(reader, dimension);
  reader.allow_only({"kind"});
  return Domain::all();
}

// ρ of ½ρ‖w‖², added to every function.
std::shared_ptr<const FiniteSum> read_regularized(const JsonReader& reader,
                                                  std::shared_ptr<const FiniteSum> sum) {
  const Rational rho = reader.number();
  if (rho < 0) reader.fail("a number at or above 0");
  return regularized(std::move(sum), rho);
}

}  // namespace

Problem read_problem(const JsonReader& reader, const std::vector<FamilyEntry>& known) {
  if (!reader.is_object()) reader.fail("an object {\"family\": …}");
  std::vector<std::string> names;
  for (const FamilyEntry& entry : known) names.push_back(entry.name);
  const std::string name = reader.at("family").one_of(names);
  for (const FamilyEntry& entry : known) {
    if (entry.name != name) continue;
    Problem problem{name == "sum" ? read_mixed(reader, known) : entry.read(reader)};
    if (reader.has("regularization"))
      problem.sum = read_regularized(reader.at("regularization"), std::move(problem.sum));
    if (reader.has("domain")) {
      problem.domain = read_domain(reader.at("domain"), problem.dimension());
    }
    return problem;
  }
  throw std::logic_error("unreachable: one_of gives one of the names");
}

}  // namespace graddiv
