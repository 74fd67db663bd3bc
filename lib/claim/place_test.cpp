#include "claim/place.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unordered_set>
#include <vector>

namespace graddiv {
namespace {

using enum Spot::Kind;

Place in_form(int k, BatchForm form) {
  Place place = Place::at(k);
  place.form = form;
  return place;
}

Place at_example(int z) {
  Place place = Place::at(2).of("$|E f(w;z) − E f(w';z)|$");
  place.example = z;
  return place;
}

/// Places of all kinds with the text of each.
std::vector<std::pair<Place, std::string>> places() {
  Place path = Place::at(3).of("$‖w − w*‖²$");
  path.on_every_path = true;
  return {
      {Place(), ""},
      {"at most $min(n, d)$", "at most min(n, d)"},
      {Place::at(0), "k = 0"},
      {Place::at(7).of("the law"), "k = 7, the law"},
      {Place::visited(0, 0), "the start"},
      {Place::visited(2, 4), "k = 2, point 5"},
      {Place::visited(2, 4).with_copies(3).of("$B_S$"), "k = 2, point 5, 3 copies, B_S"},
      {Place::visited(2, 4).with_surrogate().with_copies(2),
       "k = 2, point 5, at surrogates, 2 copies"},
      {in_form(7, BatchForm::in_expectation), "k = 7, in expectation"},
      {in_form(7, BatchForm::on_the_reachable_set), "k = 7, pointwise on the reachable set"},
      {in_form(7, BatchForm::on_the_domain).of("the recursion"),
       "k = 7, pointwise on W, the recursion"},
      {path, "k = 3, whatever is drawn, ‖w − w*‖²"},
      {at_example(3), "k = 2, |E f(w;z) − E f(w';z)| at z = z_3"},
      {at_example(0), "k = 2, |E f(w;z) − E f(w';z)| at z = z'"},
      {Place::between({start}, {start_plus, 2}), "the start and the start + e_2"},
      {Place::between({start_minus, 1}, {after_a_step, 3}),
       "the start − e_1 and point 3 after one iteration"},
      {Place::between({lower_corner}, {upper_corner}), "the lower corner and the upper corner"},
      {Place::between({start}, {origin}), "the start and the origin"},
      {Place::between({start}, {centre}).with_surrogate(),
       "the start and the centre of W, at surrogates"},
      {Place::between({start}, {middle}), "the start and the middle of W"},
  };
}

TEST(Place, IsPrintedByOneFunction) {
  for (const auto& [place, text] : places()) EXPECT_EQ(to_string(place), text);
}

TEST(Place, MarksItsFormulas) {
  EXPECT_EQ(to_text(Place::visited(2, 4).of("$B_S$")), "$k = 2$, point 5, $B_S$");
  EXPECT_EQ(to_text(Place::between({start}, {start_plus, 2})), "the start and the start + $e_2$");
  EXPECT_EQ(to_text(in_form(7, BatchForm::on_the_domain)), "$k = 7$, pointwise on $W$");
  EXPECT_EQ(to_text(at_example(0)), "$k = 2$, $|E f(w;z) − E f(w';z)|$ at $z = z'$");
}

TEST(Place, ShowsMachinesNoMarksButKeepsThemToBeReadBack) {
  const Place place = Place("$B_S$");
  EXPECT_EQ(nlohmann::ordered_json(place).dump(), R"({"part":"B_S"})");
  EXPECT_EQ(nlohmann::json(place).dump(), R"({"part":"$B_S$"})");
}

TEST(Place, IsReadBackFromJsonAndDiffersFromAllOthers) {
  std::unordered_set<Place> seen;
  for (const auto& [place, text] : places()) {
    EXPECT_EQ(nlohmann::json(place).get<Place>(), place) << text;
    EXPECT_TRUE(seen.insert(place).second) << text;
    EXPECT_FALSE(seen.insert(nlohmann::json(place).get<Place>()).second) << text;
  }
}

TEST(Place, HasOnlyTheMembersThatSaySomethingInJson) {
  EXPECT_EQ(nlohmann::ordered_json(in_form(7, BatchForm::in_expectation)).dump(),
            R"({"iteration":7,"form":"in expectation"})");
  EXPECT_EQ(nlohmann::ordered_json(Place::visited(2, 4).with_surrogate()).dump(),
            R"({"iteration":2,"point":{"kind":"visited","number":5},"surrogate":true})");
}

TEST(Place, OfUnknownNamesIsAnError) {
  const auto read = [](const char* text) { return nlohmann::json::parse(text).get<Place>(); };
  EXPECT_THROW(read(R"({"point": {"kind": "somewhere"}})"), std::out_of_range);
  EXPECT_THROW(read(R"({"form": "somehow"})"), std::out_of_range);
  EXPECT_THROW(read(R"({"iteration": "many"})"), nlohmann::json::exception);
}

TEST(Place, ForgetsIterationAndPointForACurve) {
  const Place curve = Place::visited(2, 4).with_copies(3).without_iteration();
  EXPECT_EQ(to_string(curve), "3 copies");
  EXPECT_EQ(curve, Place::visited(0, 0).with_copies(3).without_iteration());
}

}  // namespace
}  // namespace graddiv
