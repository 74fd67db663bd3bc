#pragma once

#include <compare>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>

#include "claim/spot.h"
#include "number/text.h"

namespace graddiv {

/// In which form H-batch and H-moment were established.
enum class BatchForm { none, in_expectation, on_the_reachable_set, on_the_domain };

/// Where a conclusion speaks of an instance, and which part of its statement it is: no two
/// conclusions of one finding share a place. Text is made of it by to_text alone, for people.
struct Place {
  std::optional<int> iteration;  ///< k
  std::optional<Spot> point;
  std::optional<Spot> other;   ///< of a pair of points
  bool on_every_path = false;  ///< whatever is drawn
  BatchForm form = BatchForm::none;
  bool is_surrogate = false;   ///< decided at exact stand-ins for irrational numbers
  int copies = 1;              ///< of every function
  std::optional<int> example;  ///< z_i by its index i from 1; 0 for the z' of S'
  Text part;                   ///< as the statement names it: "the law"; may be empty

  Place() = default;
  // NOLINTBEGIN(google-explicit-constructor): a part by its name
  Place(Text part_of_statement) : part(std::move(part_of_statement)) {}
  template <std::size_t n>
  Place(const char (&part_of_statement)[n]) : part(part_of_statement) {}
  // NOLINTEND(google-explicit-constructor)
  static Place at(int k);
  static Place at(Spot point, std::optional<int> k = {});
  static Place between(Spot point, Spot other);
  /// The i-th point (from 0) that a run can be at after k iterations: the start for k = 0.
  static Place visited(int k, std::size_t i);

  Place of(Text part_of_statement) const;  ///< the same place, for a part of the statement
  Place with_copies(int r) const;
  Place with_surrogate() const;
  /// What a curve through several iterations has in common: this without its iteration and point.
  Place without_iteration() const;

  friend auto operator<=>(const Place&, const Place&) = default;
};

std::string to_string(BatchForm form);  ///< "in expectation"
/// "$k = 7$, in expectation"; "$k = 2$, point 5, 3 copies"; "the start and the origin".
Text to_text(const Place& place);
std::string to_string(const Place& place);  ///< plain

/// {"iteration": 7, "form": "in expectation"}: the members that say something, for machines.
void to_json(nlohmann::ordered_json& json, const Place& place);
/// The same to be read back: the part with its marks.
void to_json(nlohmann::json& json, const Place& place);
/// Throws nlohmann::json::exception or std::out_of_range for what to_json does not write.
void from_json(const nlohmann::json& json, Place& place);

}  // namespace graddiv

template <>
struct std::hash<graddiv::Place> {
  std::size_t operator()(const graddiv::Place& place) const noexcept;
};
