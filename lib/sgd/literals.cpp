#include "sgd/literals.h"

#include "number/rational.h"

namespace graddiv {

namespace {

void add_literals(const nlohmann::ordered_json& json, const Literal& at,
                  std::vector<Literal>& found) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) add_literals(value, at / key, found);
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) add_literals(json[i], at / i, found);
  } else if (json.is_string()) {
    try {
      parse_rational(json.get<std::string>());
      found.push_back(at);
    } catch (const ParseError&) {  // the name of a family, or the like
    }
  }
}

}  // namespace

std::vector<Literal> literals_in(const nlohmann::ordered_json& json) {
  std::vector<Literal> found;
  add_literals(json, Literal(), found);
  return found;
}

std::optional<Literal> mirrored(const Literal& at) {
  const Literal row = at.parent_pointer();
  const Literal matrix = row.parent_pointer();
  if (matrix.empty() || matrix.back() != "A") return std::nullopt;
  return matrix / at.back() / row.back();
}

}  // namespace graddiv
