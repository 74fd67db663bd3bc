#include "json/document.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "json/quote.h"

namespace graddiv::detail {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t deepest_nesting = 64;
constexpr int number_out_of_range = 406;  // of nlohmann's errors

// The parser of nlohmann with `long double` for decimals: their text is handed on as it stands, but
// what overflows the type is refused, so the widest one serves best. The values themselves are not
// used.
using Parser = nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool,
                                    std::int64_t, std::uint64_t, long double>;

/// Quotes and backslashes as they stood before printable().
std::string without_escapes(std::string text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && (text[i + 1] == '"' || text[i + 1] == '\\')) text.erase(i, 1);
  }
  return text;
}

/// Builds an ordered_json from the parser's events. Numbers whose value a 64-bit integer cannot
/// hold are kept as text in binary nodes, which no JSON text can give, until the document is
/// complete.
class Builder {
 public:
  Builder(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  Json take() { return std::move(root_); }

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(long double, const std::string& raw) {
    Json::binary_t::container_type bytes(raw.begin(), raw.end());
    std::replace(bytes.begin(), bytes.end(), std::uint8_t{','}, std::uint8_t{'.'});  // locales
    return add(Json::binary(std::move(bytes)));
  }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }

  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& value) {
    Level& level = levels_.back();
    if (!level.keys.insert(value).second) {
      fail_at(file_, place(pointer()), "the key \"" + shortened(printable(value)) + "\" twice",
              "each key once");
    }
    level.key = value;
    return true;
  }

  // `position` counts the bytes up to and with the one where the parser gave up.
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& error) {
    // "… syntax error while parsing value - CAUSE; last read: …; expected …"
    std::string cause = error.what();
    if (const auto dash = cause.find(" - "); dash != cause.npos) cause = cause.substr(dash + 3);
    if (const auto read = cause.find("; last read:"); read != cause.npos) {
      const auto expected = cause.rfind("; expected ");
      cause = cause.substr(0, read) +
              (expected != cause.npos && expected > read ? cause.substr(expected) : "");
    }
    std::size_t begin = std::min(position > 0 ? position - 1 : 0, text_.size());
    std::string found;
    if (cause.starts_with("unexpected end of input")) {
      begin = text_.size();
      found = "the end";
    } else if (cause.starts_with("invalid string") || cause.starts_with("unexpected string")) {
      found = without_escapes(printable(token));
    } else {
      std::tie(begin, found) = word_around(begin);
    }
    const std::string_view before = text_.substr(0, begin);
    const std::size_t line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto characters = std::ranges::count_if(before.substr(line_start), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // UTF-8: not a byte that goes on
    });
    fail_at(file_, "line " + std::to_string(line) + ", column " + std::to_string(characters + 1),
            shortened(found),
            error.id == number_out_of_range ? "a smaller number, or this one in quotes"
                                            : "JSON (" + cause + ")");
  }

 private:
  struct Level {
    Json value;
    std::string key;  // of the member that comes next
    std::set<std::string> keys;
  };

  bool add(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (Level& level = levels_.back(); level.value.is_array()) {
      level.value.push_back(std::move(value));
    } else {
      // Not operator[], which searches: key() has seen to it that the key is new.
      level.value.get_ref<Json::object_t&>().Container::emplace_back(level.key, std::move(value));
    }
    return true;
  }

  bool open(Json value) {
    if (levels_.size() >= deepest_nesting) {
      fail_at(file_, place(pointer()),
              "arrays and objects nested more than " + std::to_string(deepest_nesting) + " deep",
              "less nesting");
    }
    levels_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    Json value = std::move(levels_.back().value);
    levels_.pop_back();
    return add(std::move(value));
  }

  // Of the innermost open array or object.
  std::string pointer() const {
    std::string result;
    for (std::size_t i = 0; i + 1 < levels_.size(); ++i) {
      const Level& level = levels_[i];
      result += '/';
      result += level.value.is_array() ? std::to_string(level.value.size())
                                       : escaped_for_pointer(level.key);
    }
    return result;
  }

  /// The number or name that the byte at `place` belongs to, else this byte; and where it begins.
  std::pair<std::size_t, std::string> word_around(std::size_t place) const {
    const auto in_word = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '+' || c == '-';
    };
    std::size_t begin = place, end = std::min(place + 1, text_.size());
    if (begin < end && in_word(text_[place])) {
      while (begin > 0 && in_word(text_[begin - 1])) --begin;
      while (end < text_.size() && in_word(text_[end])) ++end;
    }
    return {begin, without_escapes(printable(std::string(text_.substr(begin, end - begin))))};
  }

  std::string_view text_;
  std::string file_;
  std::vector<Level> levels_;
  Json root_;
};

/// Turns the binary nodes into strings and notes where they are.
void unpack_numbers(Json& value, std::unordered_set<const Json*>& numbers) {
  if (value.is_binary()) {
    const auto& bytes = value.get_binary();
    std::string text(bytes.begin(), bytes.end());
    value = std::move(text);
    numbers.insert(&value);
  } else if (value.is_structured()) {
    for (Json& member : value) unpack_numbers(member, numbers);
  }
}

}  // namespace

void parse(std::string_view text, JsonDocument& document) {
  Builder builder(text, document.file);
  Parser::sax_parse(text.begin(), text.end(), &builder);
  document.root = builder.take();
  unpack_numbers(document.root, document.numbers);
}

}  // namespace graddiv::detail
