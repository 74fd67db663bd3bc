#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "json/document.h"

// How errors show what a JSON file holds, and where.
namespace graddiv::detail {

constexpr std::size_t longest_quote = 60;  // bytes of a value shown in an error

/// Text made fit for one line of a terminal: control characters and bytes that are no UTF-8 as
/// escapes.
std::string printable(const std::string& text);

/// The beginning of the text, in whole characters, and "…" where it is longer than so many bytes.
std::string shortened(std::string text, std::size_t limit = longest_quote);

/// The value as it stands in the file, on one line, cut where it gets long.
std::string quoted(const JsonDocument& document, const nlohmann::ordered_json& value);

/// A key as a part of a JSON pointer.
std::string escaped_for_pointer(std::string_view key);

/// A JSON pointer for people.
std::string place(const std::string& pointer);

/// Throws InputError: `FILE: WHERE: found FOUND, expected EXPECTED`.
[[noreturn]] void fail_at(const std::string& file, const std::string& where,
                          const std::string& found, const std::string& expected);

}  // namespace graddiv::detail
