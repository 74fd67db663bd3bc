#include "claim/place.h"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace graddiv {
namespace {

struct SpotNames {
  std::string_view key;   // in JSON
  std::string_view text;  // what stands before its number, if it has one; formulas marked
  std::string_view end;   // and behind it
};

// In the order of Spot::Kind.
constexpr std::array<SpotNames, 10> spot_names{{{"start", "the start", ""},
                                                {"visited", "point ", ""},
                                                {"after a step", "point ", " after one iteration"},
                                                {"start plus", "the start + $e_", "$"},
                                                {"start minus", "the start − $e_", "$"},
                                                {"origin", "the origin", ""},
                                                {"lower corner", "the lower corner", ""},
                                                {"upper corner", "the upper corner", ""},
                                                {"centre", "the centre of $W$", ""},
                                                {"middle", "the middle of $W$", ""}}};
// In the order of BatchForm.
constexpr std::array<std::string_view, 4> form_names{
    {"", "in expectation", "pointwise on the reachable set", "pointwise on $W$"}};

const SpotNames& names_of(const Spot& spot) {
  return spot_names.at(static_cast<std::size_t>(spot.kind));
}

Text marked(std::string_view text) { return Text::from_marked(std::string(text)); }
Text number(int n) { return Text::words(std::to_string(n)); }

Text to_text(const Spot& spot) {
  const SpotNames& names = names_of(spot);
  return marked(names.text) + (spot.number > 0 ? number(spot.number) : Text()) + marked(names.end);
}

Text to_text(BatchForm form) { return marked(form_names.at(static_cast<std::size_t>(form))); }

void add(Text& text, const Text& part) {
  if (part.empty()) return;
  if (!text.empty()) text += ", ";
  text += part;
}

bool is_start(const Place& place) { return place.point == Spot{} && place.iteration == 0; }

template <class Json>
Json spot_json(const Spot& spot) {
  Json json{{"kind", names_of(spot).key}};
  if (spot.number > 0) json["number"] = spot.number;
  return json;
}

Spot spot_from(const nlohmann::json& json) {
  const auto key = json.at("kind").get<std::string>();
  for (std::size_t i = 0; i < spot_names.size(); ++i) {
    if (spot_names[i].key == key) return {static_cast<Spot::Kind>(i), json.value("number", 0)};
  }
  throw std::out_of_range("no point is called \"" + key + "\"");
}

BatchForm form_from(const std::string& name) {
  for (std::size_t i = 0; i < form_names.size(); ++i) {
    const auto form = static_cast<BatchForm>(i);
    if (to_string(form) == name) return form;
  }
  throw std::out_of_range("no form of H-batch is called \"" + name + "\"");
}

template <class Json>
void write(Json& json, const Place& place, const std::string& part) {
  json = Json::object();
  if (place.iteration) json["iteration"] = *place.iteration;
  if (place.point) json["point"] = spot_json<Json>(*place.point);
  if (place.other) json["other"] = spot_json<Json>(*place.other);
  if (place.on_every_path) json["every_path"] = true;
  if (place.form != BatchForm::none) json["form"] = to_string(place.form);
  if (place.is_surrogate) json["surrogate"] = true;
  if (place.copies != 1) json["copies"] = place.copies;
  if (place.example) json["example"] = *place.example;
  if (!part.empty()) json["part"] = part;
}

}  // namespace

Place Place::at(int k) {
  Place place;
  place.iteration = k;
  return place;
}

Place Place::at(Spot point, std::optional<int> k) {
  Place place;
  place.iteration = k;
  place.point = point;
  return place;
}

Place Place::between(Spot point, Spot other) {
  Place place = at(point);
  place.other = other;
  return place;
}

Place Place::visited(int k, std::size_t i) {
  if (k == 0) return at(Spot{}, 0);
  return at(Spot{Spot::Kind::visited, static_cast<int>(i) + 1}, k);
}

Place Place::of(Text part_of_statement) const {
  Place place = *this;
  place.part = std::move(part_of_statement);
  return place;
}

Place Place::with_copies(int r) const {
  Place place = *this;
  place.copies = r;
  return place;
}

Place Place::with_surrogate() const {
  Place place = *this;
  place.is_surrogate = true;
  return place;
}

Place Place::without_iteration() const {
  Place place = *this;
  place.iteration.reset();
  place.point.reset();
  return place;
}

std::string to_string(BatchForm form) { return to_text(form).plain(); }

Text to_text(const Place& place) {
  Text text;
  if (place.iteration && !is_start(place))
    text = Text::formula("k = " + std::to_string(*place.iteration));
  if (place.point)
    add(text, to_text(*place.point) + (place.other ? " and " + to_text(*place.other) : Text()));
  if (place.on_every_path) add(text, "whatever is drawn");
  add(text, to_text(place.form));
  if (place.is_surrogate) add(text, "at surrogates");
  if (place.copies != 1) add(text, number(place.copies) + " copies");
  add(text, place.part);
  if (place.example) {
    const std::string z = *place.example == 0 ? "z'" : "z_" + std::to_string(*place.example);
    text += " at " + Text::formula("z = " + z);
  }
  return text;
}

std::string to_string(const Place& place) { return to_text(place).plain(); }

void to_json(nlohmann::ordered_json& json, const Place& place) {
  write(json, place, place.part.plain());
}
void to_json(nlohmann::json& json, const Place& place) { write(json, place, place.part.marked()); }

void from_json(const nlohmann::json& json, Place& place) {
  place = {};
  if (json.contains("iteration")) place.iteration = json["iteration"].get<int>();
  if (json.contains("point")) place.point = spot_from(json["point"]);
  if (json.contains("other")) place.other = spot_from(json["other"]);
  place.on_every_path = json.value("every_path", false);
  if (json.contains("form")) place.form = form_from(json["form"].get<std::string>());
  place.is_surrogate = json.value("surrogate", false);
  place.copies = json.value("copies", 1);
  if (json.contains("example")) place.example = json["example"].get<int>();
  place.part = Text::from_marked(json.value("part", ""));
}

}  // namespace graddiv

std::size_t std::hash<graddiv::Place>::operator()(const graddiv::Place& place) const noexcept {
  std::size_t seed = std::hash<std::string>()(place.part.marked());
  const auto mix = [&seed](int value) {
    seed ^= std::hash<int>()(value) + 0x9e3779b97f4a7c15U + (seed << 6U) + (seed >> 2U);
  };
  const auto mix_spot = [&mix](const std::optional<graddiv::Spot>& spot) {
    mix(spot ? static_cast<int>(spot->kind) : -1);
    mix(spot ? spot->number : -1);
  };
  mix(place.iteration.value_or(-1));
  mix_spot(place.point);
  mix_spot(place.other);
  mix(place.on_every_path ? 1 : 0);
  mix(static_cast<int>(place.form));
  mix(place.is_surrogate ? 1 : 0);
  mix(place.copies);
  mix(place.example.value_or(-1));
  return seed;
}
