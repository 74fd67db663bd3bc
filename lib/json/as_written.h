#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace graddiv {

/// A JSON text with a string in the place of every scalar: the JSON text of it that stands there,
/// 0.10 as "0.10" and "1/3" with its quotes, for whoever must not print a rounded number. Throws
/// InputError.
nlohmann::ordered_json scalars_as_written(std::string_view text);

}  // namespace graddiv
