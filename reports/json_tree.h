#pragma once

#include <optional>
#include <string>
#include <vector>

namespace graddiv::reports {

/// A JSON value that keeps its scalars as the text that stood there: a report must not print a
/// rounded number.
struct JsonTree {
  enum class Kind { scalar, array, object };
  Kind kind = Kind::scalar;
  std::string text;  ///< of a scalar, strings with their quotes
  struct Member;
  std::vector<Member> members;  ///< in order

  const JsonTree* find(const std::string& key) const;
  /// A scalar without quotes; empty for the other kinds.
  std::string plain() const;
};

struct JsonTree::Member {
  std::string key;  ///< quoted; empty in an array
  JsonTree value;
};

/// Nothing if the text is no JSON.
std::optional<JsonTree> read_json_tree(const std::string& text);

}  // namespace graddiv::reports
