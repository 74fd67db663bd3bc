#include "campaign/free_numbers.h"

#include <map>

namespace graddiv {

namespace {

using Json = nlohmann::ordered_json;

/// The places of all rational numbers, which are written as text.
void numbers_in(const Json& json, const Json::json_pointer& at,
                std::vector<Json::json_pointer>& found) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) numbers_in(value, at / key, found);
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) numbers_in(json[i], at / i, found);
  } else if (json.is_string()) {
    try {
      parse_rational(json.get<std::string>());
      found.push_back(at);
    } catch (const ParseError&) {  // the name of a family, or the like
    }
  }
}

/// Numbers with the same key turn together.
std::string key_of(const Json::json_pointer& at, const Rational& value, FreeNumbers::Ties ties) {
  const std::string text = at.to_string();
  if (ties == FreeNumbers::Ties::equal_values) {
    const bool in_run = text.starts_with("/run/");
    return (in_run ? text.substr(0, text.find('/', 5)) : "") + "=" + to_string(abs(value));
  }
  const auto row = at.parent_pointer();
  const auto matrix = row.parent_pointer();
  const bool is_in_matrix = !matrix.empty() && matrix.back() == "A";
  if (!is_in_matrix) return text;
  const auto& [i, j] = std::minmax(row.back(), at.back());
  return (matrix / i / j).to_string();
}

}  // namespace

FreeNumbers::FreeNumbers(const Instance& instance, Ties ties) : json_(to_json(instance)) {
  std::vector<Json::json_pointer> found;
  numbers_in(json_, Json::json_pointer(), found);
  std::map<std::string, std::size_t> groups;
  for (const auto& at : found) {
    const Rational value = parse_rational(json_[at].get<std::string>());
    if (value == 0) continue;
    const auto [group, is_new] = groups.try_emplace(key_of(at, value, ties), values_.size());
    if (is_new) values_.push_back(abs(value));
    places_.push_back({at, group->second, value < 0});
  }
}

std::optional<Instance> FreeNumbers::with(const std::vector<Rational>& values) const {
  Json json = json_;
  for (const Place& place : places_) {
    const Rational& value = values.at(place.group);
    json[place.at] = to_string(place.is_negative ? Rational(-value) : value);
  }
  try {
    return read_instance(JsonReader::from_text(json.dump(), "instance of a search"));
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace graddiv
