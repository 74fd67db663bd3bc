#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "linear/matrix.h"

// The one way in which JSON is written. Bytes that are no UTF-8 are replaced, so that it never
// fails: texts come from exceptions too.
namespace graddiv {

/// On one line and without blanks, for databases and for comparing.
std::string compact(const nlohmann::ordered_json& json);

/// One member a line, for machines and for pagers. Ends with a line break.
std::string indented(const nlohmann::ordered_json& json);

/// As people write a file: rows of numbers, and every value that fits, stand on one line, so that
/// matrices look like matrices. Ends with a line break; reading it back gives the same JSON.
std::string file_text(const nlohmann::ordered_json& json);

/// A file within a file: the members of `head`, one a line, and behind them `key` with the text of
/// the other file, which keeps its layout.
std::string file_text(const nlohmann::ordered_json& head, std::string_view key,
                      std::string_view file);

/// Exact numbers as JSON: strings "p/q".
nlohmann::ordered_json to_json(const Vector<Rational>& v);
nlohmann::ordered_json to_json(const Matrix<Rational>& m);

}  // namespace graddiv
