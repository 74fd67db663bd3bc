#include "campaign/free_numbers.h"

#include <algorithm>
#include <map>

#include "json/print.h"

namespace graddiv {

namespace {

/// Numbers with the same key turn together.
std::string key_of(const Literal& at, const Rational& value, FreeNumbers::Ties ties) {
  std::string text = at.to_string();
  constexpr std::string_view schedule = "/run/step/";
  if (ties == FreeNumbers::Ties::equal_values && text.starts_with(schedule))
    return std::string(schedule);
  if (ties == FreeNumbers::Ties::equal_values) {
    const bool in_run = text.starts_with("/run/");
    return (in_run ? text.substr(0, text.find('/', 5)) : "") + "=" + to_string(abs(value));
  }
  const auto other = mirrored(at);
  return other ? std::min(text, other->to_string()) : text;
}

}  // namespace

FreeNumbers::FreeNumbers(const Instance& instance, Ties ties) : json_(to_json(instance)) {
  std::map<std::string, std::size_t> groups;
  for (const Literal& at : literals_in(json_)) {
    const Rational value = parse_rational(json_[at].get<std::string>());
    if (value == 0) continue;
    const auto [group, is_new] = groups.try_emplace(key_of(at, value, ties), values_.size());
    if (is_new) values_.push_back(abs(value));
    places_.push_back({at, group->second, Rational(value / values_[group->second])});
  }
}

std::optional<Instance> FreeNumbers::with(const std::vector<Rational>& values) const {
  nlohmann::ordered_json json = json_;
  for (const Place& place : places_) {
    json[place.at] = to_string(Rational(values.at(place.group) * place.factor));
  }
  try {
    return read_instance(JsonReader::from_text(compact(json), "instance of a search"));
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace graddiv
