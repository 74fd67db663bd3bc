#include "problem/json_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace graddiv {

using Json = nlohmann::ordered_json;

struct JsonReader::Document {
  std::string file;
  Json root;
  /// The strings in `root` that stand in the file as numbers.
  std::unordered_set<const Json*> numbers;
};

namespace {

constexpr std::size_t largest_file = std::size_t{1} << 28;  // bytes
constexpr std::size_t deepest_nesting = 64;
constexpr int number_out_of_range = 406;   // of nlohmann's errors
constexpr std::size_t longest_quote = 60;  // bytes of a value shown in an error

// The parser of nlohmann with `long double` for decimals: their text is handed on as it stands, but
// what overflows the type is refused, so the widest one serves best. The values themselves are not
// used.
using Parser = nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool,
                                    std::int64_t, std::uint64_t, long double>;

/// Text made fit for one line of a terminal: control characters and bytes that are no UTF-8 as
/// escapes.
std::string printable(const std::string& text) {
  // Only strings that nlohmann accepted, or quotes of bad input, come here; `replace` guards the
  // latter.
  const std::string dumped = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  return dumped.substr(1, dumped.size() - 2);
}

/// Quotes and backslashes as they stood before printable().
std::string without_escapes(std::string text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && (text[i + 1] == '"' || text[i + 1] == '\\')) text.erase(i, 1);
  }
  return text;
}

std::string shortened(std::string text, std::size_t limit = longest_quote) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;  // whole characters
  return text.substr(0, end) + "…";
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

[[noreturn]] void fail_at(const std::string& file, const std::string& where,
                          const std::string& found, const std::string& expected) {
  throw InputError(file + ": " + where + ": found " + found + ", expected " + expected);
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
    fail_at(file_,
            "line " + std::to_string(line) + ", column " + std::to_string(begin - line_start + 1),
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

/// The value as it stands in the file, on one line, cut where it gets long.
void quote(const Json& value, const std::unordered_set<const Json*>& numbers, std::string& out) {
  if (out.size() > longest_quote) return;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    out += numbers.count(&value) != 0 ? text : '"' + printable(text) + '"';
  } else if (value.is_array()) {
    out += '[';
    for (std::size_t i = 0; i < value.size() && out.size() <= longest_quote; ++i) {
      if (i > 0) out += ", ";
      quote(value[i], numbers, out);
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
      quote(member, numbers, out);
    }
    out += '}';
  } else {
    out += value.dump();
  }
}

std::string listed(const std::vector<std::string>& names) {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? " or " : ", ";
    result += '"' + names[i] + '"';
  }
  return result;
}

std::string counted(long count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string read_file(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) throw InputError(path + ": found no such file, expected a JSON file");
  if (fs::is_directory(status))
    throw InputError(path + ": found a directory, expected a JSON file");
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::array<char, 1 << 16> buffer{};
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > largest_file) {
      throw InputError(path + ": found more than 256 MiB, expected a smaller JSON file");
    }
  }
  if (!in.eof()) {
    throw InputError(path + ": found a file that cannot be read, expected a readable JSON file");
  }
  return text;
}

const char* const number_expected =
    "a number: an integer, a decimal, or a string such as \"2/3\", \"0.125\" or \"1e-3\"";

std::optional<Rational> number_in(const Json& value) {
  if (value.is_number_unsigned()) return Rational(value.get<std::uint64_t>());
  if (value.is_number_integer()) return Rational(value.get<std::int64_t>());
  if (!value.is_string()) return std::nullopt;
  try {
    return parse_rational(value.get_ref<const std::string&>());
  } catch (const ParseError&) {
    return std::nullopt;
  }
}

}  // namespace

JsonReader::JsonReader(std::shared_ptr<const Document> document, const Json* value,
                       std::string pointer)
    : document_(std::move(document)), value_(value), pointer_(std::move(pointer)) {}

JsonReader JsonReader::from_file(const std::string& path) {
  return from_text(read_file(path), path);
}

JsonReader JsonReader::from_text(std::string_view text, std::string name) {
  auto document = std::make_shared<Document>();
  Builder builder(text, name);
  document->file = std::move(name);
  Parser::sax_parse(text.begin(), text.end(), &builder);
  document->root = builder.take();
  unpack_numbers(document->root, document->numbers);
  const Json* root = &document->root;
  return {std::move(document), root, ""};
}

bool JsonReader::is_array() const { return value_->is_array(); }
bool JsonReader::is_object() const { return value_->is_object(); }
const Json& JsonReader::json() const { return *value_; }
const std::string& JsonReader::file() const { return document_->file; }

bool JsonReader::has(std::string_view key) const {
  return value_->is_object() && value_->find(std::string(key)) != value_->end();
}

JsonReader JsonReader::at(std::string_view key) const {
  if (!is_object()) fail("an object with the key \"" + std::string(key) + "\"");
  const std::string pointer = pointer_ + '/' + escaped_for_pointer(key);
  const auto member = value_->find(std::string(key));
  if (member == value_->end())
    fail_at(file(), place(pointer), "nothing", "this key, which is required");
  return {document_, &*member, pointer};
}

JsonReader JsonReader::at(std::size_t index) const {
  if (!is_array()) fail("an array");
  const std::string pointer = pointer_ + '/' + std::to_string(index);
  if (index >= value_->size()) fail_at(file(), place(pointer), "nothing", "one more value");
  return {document_, &(*value_)[index], pointer};
}

std::size_t JsonReader::size() const {
  if (!is_array()) fail("an array");
  return value_->size();
}

std::vector<std::string> JsonReader::keys() const {
  if (!is_object()) fail("an object");
  std::vector<std::string> result;
  for (const auto& member : value_->items()) result.push_back(member.key());
  return result;
}

void JsonReader::allow_only(std::initializer_list<std::string_view> known) const {
  for (const std::string& key : keys()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    fail_at(file(), place(pointer_ + '/' + escaped_for_pointer(key)), "an unknown key",
            "only " + listed({known.begin(), known.end()}));
  }
}

std::string JsonReader::text() const {
  if (!value_->is_string() || document_->numbers.count(value_) != 0) fail("a string");
  return value_->get<std::string>();
}

std::string JsonReader::one_of(const std::vector<std::string>& known) const {
  const bool is_text = value_->is_string() && document_->numbers.count(value_) == 0;
  if (is_text && std::find(known.begin(), known.end(), value_->get<std::string>()) != known.end()) {
    return value_->get<std::string>();
  }
  fail(listed(known));
}

Rational JsonReader::number() const {
  if (const auto value = number_in(*value_)) return *value;
  fail(number_expected);
}

long JsonReader::integer(long smallest, long largest) const {
  const auto value = number_in(*value_);
  if (!value || denominator(*value) != 1 || *value < smallest || *value > largest) {
    fail("an integer from " + std::to_string(smallest) + " to " + std::to_string(largest));
  }
  return static_cast<long>(numerator(*value));
}

Vector<Rational> JsonReader::vector(int length) const {
  const std::string expected =
      "an array of " + (length < 0 ? "at least 1 number" : counted(length, "number"));
  if (!is_array() ||
      (length < 0 ? value_->empty() : value_->size() != static_cast<std::size_t>(length))) {
    fail(expected);
  }
  Vector<Rational> result(static_cast<Eigen::Index>(value_->size()));
  for (std::size_t i = 0; i < value_->size(); ++i) {
    result(static_cast<Eigen::Index>(i)) = at(i).number();
  }
  return result;
}

Matrix<Rational> JsonReader::matrix(int rows, int columns) const {
  const std::string expected =
      "an array of " + (rows < 0 ? "at least 1 row" : counted(rows, "row"));
  if (!is_array() ||
      (rows < 0 ? value_->empty() : value_->size() != static_cast<std::size_t>(rows))) {
    fail(expected);
  }
  Matrix<Rational> result;
  for (std::size_t i = 0; i < value_->size(); ++i) {
    const Vector<Rational> row = at(i).vector(i == 0 ? columns : static_cast<int>(result.cols()));
    if (i == 0) result.resize(static_cast<Eigen::Index>(value_->size()), row.size());
    result.row(static_cast<Eigen::Index>(i)) = row.transpose();
  }
  return result;
}

void JsonReader::fail(const std::string& expected) const {
  std::string found;
  quote(*value_, document_->numbers, found);
  fail_at(file(), place(pointer_), shortened(std::move(found)), expected);
}

Json to_json(const Vector<Rational>& v) {
  Json result = Json::array();
  for (Eigen::Index i = 0; i < v.size(); ++i) result.push_back(to_string(v(i)));
  return result;
}

Json to_json(const Matrix<Rational>& m) {
  Json result = Json::array();
  for (Eigen::Index i = 0; i < m.rows(); ++i) {
    result.push_back(to_json(Vector<Rational>(m.row(i).transpose())));
  }
  return result;
}

}  // namespace graddiv
