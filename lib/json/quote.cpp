#include "json/quote.h"

#include <nlohmann/json.hpp>

#include "json/input_error.h"

namespace graddiv::detail {

using Json = nlohmann::ordered_json;

namespace {

/// Appends the value until `out` is as long as a quote may be.
void quote(const Json& value, const JsonDocument& document, std::string& out) {
  if (out.size() > longest_quote) return;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    out += document.is_number(value) ? text : '"' + printable(text) + '"';
  } else if (value.is_array()) {
    out += '[';
    for (std::size_t i = 0; i < value.size() && out.size() <= longest_quote; ++i) {
      if (i > 0) out += ", ";
      quote(value[i], document, out);
    }
    out += ']';
  } else if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : value.items()) {
      if (out.size() > longest_quote) break;
      if (!first) out += ", ";
      first = false;
      out += '"' + printable(key) + "\": ";
      quote(member, document, out);
    }
    out += '}';
  } else {
    out += value.dump();
  }
}

}  // namespace

std::string printable(const std::string& text) {
  // Only strings that nlohmann accepted, or quotes of bad input, come here; `replace` guards the
  // latter.
  const std::string dumped = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  return dumped.substr(1, dumped.size() - 2);
}

std::string shortened(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;  // whole characters
  return text.substr(0, end) + "…";
}

std::string quoted(const JsonDocument& document, const Json& value) {
  std::string found;
  quote(value, document, found);
  return shortened(std::move(found));
}

std::string escaped_for_pointer(std::string_view key) {
  std::string result;
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

std::string place(const std::string& pointer) {
  return pointer.empty() ? "top level" : shortened(printable(pointer), 200);
}

void fail_at(const std::string& file, const std::string& where, const std::string& found,
             const std::string& expected) {
  throw InputError(file + ": " + where + ": found " + found + ", expected " + expected);
}

}  // namespace graddiv::detail
