#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

// The rational literals of an instance's JSON, for those who change them: shrinking, and the search
// for sharper instances.
namespace graddiv {

using Literal = nlohmann::ordered_json::json_pointer;

/// The places of all rational numbers, which are written as text.
std::vector<Literal> literals_in(const nlohmann::ordered_json& json);

/// The place that must hold the same number, for an entry of a symmetric matrix A (itself on the
/// diagonal); nothing for other places.
std::optional<Literal> mirrored(const Literal& at);

}  // namespace graddiv
